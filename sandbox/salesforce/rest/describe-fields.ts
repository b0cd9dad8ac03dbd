import type { FieldSchema } from '../org/types.ts';

const SOAP_TYPES: Readonly<Record<string, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  address: 'urn:address',
};

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const BYTES_PER_CHARACTER = 3;

/** A field in the words of `describe`. */
export function describeField(field: FieldSchema, isNameField: boolean): Readonly<Record<string, unknown>> {
  const encrypted = field.type === 'encryptedstring';
  return {
    aggregatable: field.filterable && field.type !== 'boolean',
    aiPredictionField: false,
    autoNumber: field.autoNumber ?? false,
    byteLength:
      field.type === 'id' || field.type === 'reference' ? field.length : field.length * BYTES_PER_CHARACTER,
    calculated: field.calculated,
    calculatedFormula: null,
    cascadeDelete: false,
    caseSensitive: field.caseSensitive,
    compoundFieldName: compoundOf(field),
    controllerName: null,
    createable: field.createable,
    custom: field.custom,
    defaultValue: field.type === 'boolean' ? (field.defaultValue ?? false) : null,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.digits ?? 0,
    displayLocationInDecimal: false,
    encrypted,
    externalId: field.externalId,
    extraTypeInfo: field.type === 'textarea' ? 'plaintextarea' : null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: field.groupable,
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.idLookup,
    inlineHelpText: field.helpText ?? null,
    label: field.label,
    length: field.length,
    mask: encrypted ? '*' : null,
    maskType: encrypted ? 'all' : null,
    name: field.name,
    nameField: isNameField,
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: field.permissionable ?? true,
    picklistValues: field.picklistValues.map((entry) => ({ ...entry, validFor: null })),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: field.precision,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: false,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    sortable: field.sortable,
    type: field.type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
  };
}

const ADDRESS_PART =
  /^(|Billing|Shipping|Mailing|Other)(?:Street|City|State|PostalCode|Country|Latitude|Longitude|GeocodeAccuracy)$/;

function compoundOf(field: FieldSchema): string | null {
  if (field.custom) return null;
  if (field.name === 'FirstName' || field.name === 'LastName' || field.name === 'Salutation') return 'Name';
  const address = ADDRESS_PART.exec(field.name);
  return address === null ? null : `${address[1] ?? ''}Address`;
}
