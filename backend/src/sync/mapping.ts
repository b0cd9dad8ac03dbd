import { sentence, type Sentence } from '../words/told.ts';
import { createLens } from './lens.ts';
import { judgePair, OPT_OUT_FIELD } from './verdict.ts';
import type { SettingsProblem, SettingsProblemCode } from './problems.ts';
import type {
  CompiledField,
  CompiledMapping,
  FieldMapping,
  ObjectMapping,
  PlatformField,
  SalesforceField,
  SalesforceObject,
} from './types.ts';

/** A problem with a mapping. */
export type MappingProblem = SettingsProblem;
export type MappingProblemCode = SettingsProblemCode;

interface CheckedRow {
  /** The row as it can be used; null when it cannot. */
  readonly field: CompiledField | null;
  readonly finding: Finding | null;
}

/** A problem before it is known of which object. */
type Finding = Omit<MappingProblem, 'object'>;

interface Catalogue {
  readonly salesforce: ReadonlyMap<string, SalesforceField>;
  readonly platform: ReadonlyMap<string, PlatformField>;
}

/** What must be filled for a record to be created in Salesforce from the platform. */
const requiredToCreate = { Lead: ['LastName', 'Company'], Contact: ['LastName'] } as const;

const salesforceFieldUnknown = {
  Lead: 'Salesforce has no field “{field}” on Lead, or the integration user may not see it.',
  Contact: 'Salesforce has no field “{field}” on Contact, or the integration user may not see it.',
  Account: 'Salesforce has no field “{field}” on Account, or the integration user may not see it.',
} as const;
const emailMissing = {
  Lead: 'The platform knows people by their email address: map an email field of Lead to it. Until then Lead records are not synced.',
  Contact:
    'The platform knows people by their email address: map an email field of Contact to it. Until then Contact records are not synced.',
} as const;
const requiredFieldUnmapped = {
  Lead: 'Lead needs “{field}”, which takes no values from the platform: a Lead created from there would lack it.',
  Contact:
    'Contact needs “{field}”, which takes no values from the platform: a Contact created from there would lack it.',
} as const;

/** The mapping that setup starts with; Account waits until it is switched on. */
export function defaultMappings(): ObjectMapping[] {
  const person = [
    row('FirstName', 'firstName'),
    row('LastName', 'lastName'),
    row('Email', 'email'),
    row('Phone', 'phone'),
  ];
  return [
    { object: 'Lead', enabled: true, fields: [...person, row('Company', 'account')] },
    { object: 'Contact', enabled: true, fields: person },
    { object: 'Account', enabled: false, fields: [row('Name', 'name')] },
  ];
}

/** Everything that is wrong with a mapping, row by row, then as a whole. Empty when it can be saved as it is. */
export function validateMapping(
  mapping: ObjectMapping,
  salesforceFields: readonly SalesforceField[],
  platformFields: readonly PlatformField[],
): MappingProblem[] {
  return check(mapping, salesforceFields, platformFields).problems;
}

/**
 * The mapping with its lenses. A row that cannot be used (its field vanished, its pair is not supported, it
 * repeats another one) is left out with a problem, so that the other fields go on; a two-way row whose field
 * has become read-only goes one way.
 */
export function compileMapping(
  mapping: ObjectMapping,
  salesforceFields: readonly SalesforceField[],
  platformFields: readonly PlatformField[],
): { mapping: CompiledMapping; problems: MappingProblem[] } {
  const { fields, problems } = check(mapping, salesforceFields, platformFields);
  return { mapping: { object: mapping.object, fields }, problems };
}

function check(
  mapping: ObjectMapping,
  salesforceFields: readonly SalesforceField[],
  platformFields: readonly PlatformField[],
): { fields: CompiledField[]; problems: MappingProblem[] } {
  const catalogue: Catalogue = {
    salesforce: new Map(salesforceFields.map((field) => [field.name.toLowerCase(), field])),
    platform: new Map(platformFields.map((field) => [field.key, field])),
  };
  const fields: CompiledField[] = [];
  const findings: Finding[] = [];
  for (const wanted of mapping.fields) {
    const repetition = findRepetition(wanted, fields);
    const { field, finding } =
      repetition === null
        ? checkRow(wanted, mapping.object, catalogue)
        : { field: null, finding: repetition };
    if (field !== null) fields.push(field);
    if (finding !== null) findings.push(finding);
  }
  if (mapping.enabled) findings.push(...checkObject(mapping.object, fields));
  return { fields, problems: findings.map((finding) => ({ ...finding, object: mapping.object })) };
}

function checkRow(wanted: FieldMapping, object: SalesforceObject, catalogue: Catalogue): CheckedRow {
  const salesforce = catalogue.salesforce.get(wanted.salesforce.toLowerCase());
  if (salesforce === undefined) {
    return unusable(
      wanted,
      'salesforce_field_unknown',
      sentence(salesforceFieldUnknown[object], { field: wanted.salesforce }),
    );
  }
  const platform = catalogue.platform.get(wanted.platform);
  if (platform === undefined) {
    return unusable(
      wanted,
      'platform_field_unknown',
      sentence('The platform has no field “{field}”; it may have been deleted there.', {
        field: wanted.platform,
      }),
    );
  }
  const verdict = judgePair(salesforce, platform, object);
  if (!verdict.allowed) return unusable(wanted, 'pair_unsupported', verdict.reason);

  const lens = createLens(salesforce, platform);
  if (verdict.direction === 'outbound' && wanted.direction !== 'outbound') {
    const finding = findingOn(
      wanted,
      'direction_unsupported',
      sentence('“{field}” cannot be written in Salesforce; map it one way, to the platform.', {
        field: salesforce.label,
      }),
    );
    const field: CompiledField = { ...wanted, salesforce: salesforce.name, direction: 'outbound', lens };
    return { field: wanted.direction === 'both' ? field : null, finding };
  }
  if (salesforce.name === OPT_OUT_FIELD && wanted.policy !== 'most_restrictive') {
    return {
      field: { ...wanted, salesforce: salesforce.name, policy: 'most_restrictive', lens },
      finding: findingOn(
        wanted,
        'consent_policy',
        sentence('“{field}” holds a person’s consent: its conflicts are always decided for the opt-out.', {
          field: salesforce.label,
        }),
      ),
    };
  }
  return { field: { ...wanted, salesforce: salesforce.name, lens }, finding: null };
}

/** A platform field has one source; a Salesforce field may feed several platform fields, but be fed by one. */
function findRepetition(wanted: FieldMapping, taken: readonly CompiledField[]): Finding | null {
  if (taken.some((field) => field.platform === wanted.platform)) {
    return findingOn(
      wanted,
      'platform_field_repeated',
      sentence('The platform field “{field}” is mapped twice; each can be mapped once per object.', {
        field: wanted.platform,
      }),
    );
  }
  const name = wanted.salesforce.toLowerCase();
  const isFed = taken.some(
    (field) => field.direction !== 'outbound' && field.salesforce.toLowerCase() === name,
  );
  if (wanted.direction !== 'outbound' && isFed) {
    return findingOn(
      wanted,
      'salesforce_field_repeated',
      sentence(
        '“{field}” already takes values from another platform field; map it one way, to the platform, here.',
        { field: wanted.salesforce },
      ),
    );
  }
  return null;
}

function checkObject(object: SalesforceObject, fields: readonly CompiledField[]): Finding[] {
  if (object === 'Account') {
    if (fields.some((field) => field.salesforce === 'Name')) return [];
    const message = sentence('Accounts are known by their name: map Account Name.');
    return [objectFinding('account_name_missing', 'error', message)];
  }
  const findings: Finding[] = [];
  if (!fields.some((field) => field.platform === 'email' && field.direction !== 'inbound')) {
    findings.push(objectFinding('email_missing', 'error', sentence(emailMissing[object])));
  }
  for (const name of requiredToCreate[object]) {
    if (fields.some((field) => field.salesforce === name && field.direction !== 'outbound')) continue;
    const message = sentence(requiredFieldUnmapped[object], { field: name });
    findings.push(objectFinding('required_field_unmapped', 'warning', message));
  }
  return findings;
}

function row(salesforce: string, platform: string): FieldMapping {
  return { salesforce, platform, direction: 'both', policy: 'salesforce', emptyWins: false };
}

function unusable(wanted: FieldMapping, code: MappingProblemCode, message: Sentence): CheckedRow {
  return { field: null, finding: findingOn(wanted, code, message) };
}

function findingOn(wanted: FieldMapping, code: MappingProblemCode, message: Sentence): Finding {
  return { code, severity: 'error', salesforce: wanted.salesforce, platform: wanted.platform, message };
}

function objectFinding(
  code: MappingProblemCode,
  severity: MappingProblem['severity'],
  message: Sentence,
): Finding {
  return { code, severity, salesforce: null, platform: null, message };
}
