import type { Connector } from '../connectors/connector.ts';
import type { Salesforce } from '../salesforce/types.ts';
import { compileMapping, type MappingProblem } from '../sync/pairs.ts';
import { createLens } from '../sync/lens.ts';
import { compileSelection, type Selection } from '../sync/selection.ts';
import type { CompiledMapping, PlatformField, SalesforceField, SalesforceObject } from '../sync/types.ts';
import type { Generation } from '../store/settings.ts';
import type { ObjectMapping } from '../sync/types.ts';
import { syncStatus, type PackageFields } from './marks.ts';

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
}

export interface SyncSettings {
  readonly objects: ReadonlyMap<SalesforceObject, ObjectSettings>;
  /** Mapping rows that cannot be used now, and selections that cannot be compiled. */
  readonly problems: readonly MappingProblem[];
}

/** Both sides' fields as they are now, from calls that are cached by the caller. */
export interface LiveFields {
  readonly salesforce: ReadonlyMap<SalesforceObject, readonly SalesforceField[]>;
  readonly platform: {
    readonly contact: readonly PlatformField[];
    readonly account: readonly PlatformField[];
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

/** A Contact's account, which travels by name. */
export const accountPath = 'Account.Name';

export async function readSalesforceFields(
  salesforce: Salesforce,
  objects: readonly SalesforceObject[],
): Promise<LiveFields['salesforce']> {
  const described = new Map<SalesforceObject, readonly SalesforceField[]>();
  for (const object of objects) described.set(object, await salesforce.describe(object));
  return described;
}

export async function readPlatformFields(
  connector: Connector,
  objects: readonly SalesforceObject[],
): Promise<LiveFields['platform']> {
  return {
    contact: await connector.describe('contact'),
    account: objects.includes('Account') ? await connector.describe('account') : [],
  };
}

export function compileSettings(
  mappings: ReadonlyMap<SalesforceObject, Generation<ObjectMapping>>,
  selections: ReadonlyMap<'Lead' | 'Contact', Generation<Selection>>,
  live: LiveFields,
  names: PackageFields,
): SyncSettings {
  const objects = new Map<SalesforceObject, ObjectSettings>();
  const problems: MappingProblem[] = [];
  for (const [object, { value, generation }] of mappings) {
    if (!value.enabled) continue;
    const fields = withRequired(object, live.salesforce.get(object) ?? []);
    const platformFields = object === 'Account' ? live.platform.account : live.platform.contact;
    const compiled = compileMapping(value, fields, platformFields);
    problems.push(...compiled.problems);
    const selected = object === 'Account' ? undefined : selections.get(object);
    const selection: Selection = selected?.value ?? { mode: 'none' };
    const where = compileSelection(selection, fields, {
      syncStatus: names.status,
      waitingValue: syncStatus.waiting,
    });
    if (!where.ok) problems.push(...where.problems.map((problem) => ({ ...problem, object })));
    objects.set(object, {
      object,
      mapping: object === 'Contact' ? withAccount(compiled.mapping, live) : compiled.mapping,
      fields,
      platformFields,
      selection,
      selectionWhere: where.ok ? where.where : null,
      generation: `${generation}.${selected?.generation ?? 0}`,
    });
  }
  return { objects, problems };
}

function withRequired(object: SalesforceObject, fields: readonly SalesforceField[]): SalesforceField[] {
  return fields.map((field) =>
    requiredFields[object].includes(field.name) ? { ...field, nillable: false } : field,
  );
}

/** Adds the contact's account as one more field, unless the admin mapped the platform's account elsewhere. */
function withAccount(mapping: CompiledMapping, live: LiveFields): CompiledMapping {
  const platform = live.platform.contact.find((field) => field.key === 'account');
  if (platform === undefined || mapping.fields.some((field) => field.platform === 'account')) return mapping;
  const name: SalesforceField = {
    name: accountPath,
    label: 'Account Name',
    type: 'string',
    length: 255,
    precision: 0,
    scale: 0,
    nillable: true,
    createable: true,
    updateable: true,
    calculated: false,
    custom: false,
    filterable: true,
    restrictedPicklist: false,
    picklistValues: [],
  };
  return {
    ...mapping,
    fields: [
      ...mapping.fields,
      {
        salesforce: accountPath,
        platform: 'account',
        direction: 'both',
        policy: 'salesforce',
        emptyWins: false,
        lens: createLens(name, platform),
      },
    ],
  };
}
