import { allDone } from '../lib/all-done.ts';
import type { Salesforce } from '../salesforce/types.ts';
import { compileMapping, type MappingProblem } from '../sync/pairs.ts';
import { accountName, accountNameRow, withAccountName } from '../sync/account-name.ts';
import { createLens } from '../sync/lens.ts';
import { compileSelection, type Selection } from '../sync/selection.ts';
import type { CompiledMapping, PlatformField, SalesforceField, SalesforceObject } from '../sync/types.ts';
import type { Generation } from '../store/settings.ts';
import type { ObjectMapping } from '../sync/types.ts';
import { countsEdits, selectionNames, type PackageFields } from './marks.ts';
import { noticeOf, type Notice } from './settings-notice.ts';

/** One object's settings, compiled against the fields that both sides have now. */
export interface ObjectSettings {
  readonly object: SalesforceObject;
  readonly mapping: CompiledMapping;
  readonly fields: readonly SalesforceField[];
  readonly platformFields: readonly PlatformField[];
  readonly selection: Selection;
  /** SOQL that picks the selected records; null picks none. */
  readonly selectionWhere: string | null;
  /** Changes with every save that makes a complete read necessary. */
  readonly generation: string;
  /** Platform fields of saved rows that cannot be used now, or in one direction only: when they can, all is read again. */
  readonly missing: readonly string[];
  /** Whether the package counts the edits of this object's records. */
  readonly countsEdits: boolean;
}

export interface SyncSettings extends CompiledSettings {
  /** IANA name of the zone in which Salesforce counts days for the connected user; null where no selection asks. */
  readonly timeZone: string | null;
}

export interface CompiledSettings {
  readonly objects: ReadonlyMap<SalesforceObject, ObjectSettings>;
  /** Mapping rows that cannot be used now, and selections that cannot be compiled. */
  readonly problems: readonly MappingProblem[];
  /** What of the saved settings runs have to do without, for people; null when nothing. */
  readonly notice: Notice | null;
  /** Whether an Account that a platform's contact belongs to is created where there is none. */
  readonly createsAccounts: boolean;
}

/** Both sides' fields as they are now, from calls that are cached by the caller. */
export interface LiveFields {
  readonly salesforce: ReadonlyMap<SalesforceObject, readonly SalesforceField[]>;
  readonly platform: {
    readonly contact: readonly PlatformField[];
    /** Null where the platform's plan has no accounts. */
    readonly account: readonly PlatformField[] | null;
  };
}

/** The value that stands in a required Salesforce field for which the platform has nothing; read back as empty. */
export const notProvided = '[not provided]';

/** Fields that Salesforce demands on every record although describe may call them nillable. */
export const requiredFields: Readonly<Record<SalesforceObject, readonly string[]>> = {
  Lead: ['LastName', 'Company'],
  Contact: ['LastName'],
  Account: ['Name'],
};

export async function readSalesforceFields(
  salesforce: Salesforce,
  objects: readonly SalesforceObject[],
): Promise<LiveFields['salesforce']> {
  const described = objects.map(async (object) => [object, await salesforce.describe(object)] as const);
  return new Map(await allDone(described));
}

export function compileSettings(
  mappings: ReadonlyMap<SalesforceObject, Generation<ObjectMapping>>,
  selections: ReadonlyMap<'Lead' | 'Contact', Generation<Selection>>,
  live: LiveFields,
  names: PackageFields,
): CompiledSettings {
  const objects = new Map<SalesforceObject, ObjectSettings>();
  const problems: MappingProblem[] = [];
  const nameField = accountNameFieldOf(mappings.get('Account')?.value, live);
  for (const [object, { value: saved, generation: savedAs }] of mappings) {
    if (!saved.enabled) continue;
    const platformFields = platformFieldsOf(object, live);
    if (platformFields === null) continue;
    const fields = withRequired(object, live.salesforce.get(object) ?? []);
    const holdsName = object === 'Contact' && nameField !== null;
    const value = holdsName ? withAccountName(saved, nameField) : saved;
    const generation = holdsName ? `${savedAs}+${nameField}` : String(savedAs);
    const compiled = compileMapping(value, holdsName ? [...fields, accountName] : fields, platformFields);
    problems.push(...compiled.problems);
    // Without its key a record is nobody's: its object stands still until the field is back.
    if (compiled.problems.some(({ code }) => code === 'email_missing' || code === 'account_name_missing'))
      continue;
    const selected = object === 'Account' ? undefined : selections.get(object);
    const selection: Selection = selected?.value ?? { mode: 'none' };
    const where = compileSelection(selection, fields, selectionNames(names));
    if (!where.ok) problems.push(...where.problems.map((problem) => ({ ...problem, object })));
    const mapping = object === 'Contact' ? withAccount(compiled.mapping, live) : compiled.mapping;
    const missing = missingFrom(value, mapping);
    objects.set(object, {
      object,
      mapping: { ...mapping, asleep: missing },
      fields,
      platformFields,
      selection,
      selectionWhere: where.ok ? where.where : null,
      generation: withMissing(`${generation}.${selected?.generation ?? 0}`, missing),
      missing,
      countsEdits: countsEdits(fields, names),
    });
  }
  const lacksAccounts =
    live.platform.account === null &&
    ((mappings.get('Account')?.value.enabled === true && nameField === null) ||
      problems.some(({ platform }) => platform === 'account'));
  return {
    objects,
    problems,
    notice: noticeOf(problems, { lacksAccounts }),
    createsAccounts: objects.has('Account') || nameField !== null,
  };
}

/** The contact field that holds a Contact's Account Name; null where accounts do, or nothing is to. */
function accountNameFieldOf(account: ObjectMapping | undefined, { platform }: LiveFields): string | null {
  return account?.enabled === true && platform.account === null ? (account.accountNameField ?? null) : null;
}

/** The platform fields that an object can be mapped to; null where the platform does not have its kind of record. */
function platformFieldsOf(
  object: SalesforceObject,
  { platform }: LiveFields,
): readonly PlatformField[] | null {
  if (object === 'Account') return platform.account;
  return platform.account === null
    ? platform.contact.filter((field) => field.key !== 'account')
    : platform.contact;
}

/** Rows that are saved, and a Contact's account, as far as they cannot be used as they are wanted. */
function missingFrom(wanted: ObjectMapping, { fields }: CompiledMapping): string[] {
  const used = new Map(fields.map((field) => [field.platform, field.direction]));
  const rows = wanted.fields.filter((row) => used.get(row.platform) !== row.direction);
  const keys = rows.map((row) => row.platform);
  return wanted.object === 'Contact' && !used.has('account') ? [...keys, 'account'] : keys;
}

/** A generation that knows which fields it does without. */
function withMissing(generation: string, missing: readonly string[]): string {
  return missing.length === 0 ? generation : `${generation}-${missing.toSorted().join(' ')}`;
}

/** The generation of what is read from the platform, for all objects at once. */
export function platformGeneration({ objects }: CompiledSettings): string {
  return [...objects.values()]
    .map(({ object, generation, missing }) => withMissing(`${object}${generation.split('.')[0]}`, missing))
    .join();
}

/**
 * Whether what was read under one generation still serves under another: the settings are the same, and no field
 * has come back of which nothing is known. A field that went away needs no reading.
 */
export function isCovered(stored: string | undefined, current: string): boolean {
  const known = new Map(
    (stored ?? '').split(',').map((part) => {
      const [base = '', missing = ''] = part.split('-');
      return [base, missing === '' ? [] : missing.split(' ')];
    }),
  );
  return current.split(',').every((part) => {
    const [base = '', lacking = ''] = part.split('-');
    const still = new Set(lacking.split(' '));
    return known.get(base)?.every((field) => still.has(field)) ?? false;
  });
}

function withRequired(object: SalesforceObject, fields: readonly SalesforceField[]): SalesforceField[] {
  return fields.map((field) =>
    requiredFields[object].includes(field.name) ? { ...field, nillable: false } : field,
  );
}

/** Adds the contact's account as one more field, unless the admin mapped the platform's account elsewhere. */
function withAccount(mapping: CompiledMapping, live: LiveFields): CompiledMapping {
  const platform = live.platform.contact.find((field) => field.key === 'account');
  const isUsable = platform !== undefined && live.platform.account !== null;
  if (!isUsable || mapping.fields.some((field) => field.platform === 'account')) return mapping;
  const row = { ...accountNameRow('account'), lens: createLens(accountName, platform) };
  return { ...mapping, fields: [...mapping.fields, row] };
}
