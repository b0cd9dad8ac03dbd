import type { SalesforceKind } from '../kinds.ts';
import type { PlatformFieldType, SalesforceObject } from '../types.ts';

/** What the person who maps fields is told, in one language: whole sentences, unless it says otherwise. */
export interface MappingWords {
  /** Kinds of fields as parts of a sentence. */
  readonly salesforceKinds: Readonly<Record<SalesforceKind, string>>;
  readonly platformTypes: Readonly<Record<PlatformFieldType, string>>;
  /** What is wrong with a Salesforce type, following the field's label. */
  readonly unsupported: Readonly<Record<string, string>>;
  readonly unsupportedType: (type: string) => string;
  readonly autoNumber: string;
  /** A label with one of those. */
  readonly isUnsupported: (salesforce: string, reason: string) => string;

  readonly deal: (platform: string) => string;
  readonly emailOnly: (platform: string) => string;
  readonly kindsDiffer: (pair: {
    readonly salesforce: string;
    readonly kind: string;
    readonly allowed: readonly string[];
    readonly platform: string;
    readonly type: string;
  }) => string;
  readonly checkboxOption: (platform: string) => string;
  readonly formulaForIdentity: (salesforce: string) => string;
  readonly notForAccountName: (platform: string) => string;

  readonly formulaNote: string;
  readonly readOnlyNote: (salesforce: string) => string;
  readonly optionsNote: string;
  readonly choiceNote: (platform: string) => string;
  readonly dateNote: (salesforce: string) => string;
  readonly numberNote: (platform: string, scale: number) => string;
  readonly restrictedNote: (salesforce: string) => string;

  readonly salesforceFieldUnknown: (field: string, object: SalesforceObject) => string;
  readonly platformFieldUnknown: (field: string) => string;
  readonly notWritable: (salesforce: string) => string;
  readonly consent: (salesforce: string) => string;
  readonly platformFieldRepeated: (field: string) => string;
  readonly salesforceFieldRepeated: (field: string) => string;
  readonly accountNameMissing: string;
  readonly emailMissing: (object: SalesforceObject) => string;
  readonly requiredUnmapped: (object: SalesforceObject, field: string) => string;
  readonly accountsAvailable: string;
  readonly accountsUnavailable: string;
  readonly rowWaitsForAccounts: (field: string) => string;
}
