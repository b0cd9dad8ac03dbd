import { IdSequence, toId18 } from '../../salesforce/org/ids.ts';
import { ApiError } from '../../salesforce/org/types.ts';
import type {
  Bounds,
  FieldAccess,
  FieldSchema,
  ResultRecord,
  Row,
  SObjectSchema,
  SchemaRegistry,
  Table,
  UserContext,
  Value,
} from '../../salesforce/org/types.ts';
import type { QueryEngine } from '../../salesforce/soql/engine.ts';
import { createQueryEngine } from '../../salesforce/soql/engine.ts';

/** The moment at which the fixtures' queries run: a Sunday. */
const NOW = Date.parse('2026-11-22T10:00:00Z');

type FieldInit = Partial<FieldSchema> & { name: string; type: string };

function field(init: FieldInit): FieldSchema {
  const custom = init.name.endsWith('__c');
  return {
    label: init.name,
    length: 80,
    precision: 0,
    scale: 0,
    nillable: true,
    createable: true,
    updateable: true,
    defaultedOnCreate: false,
    calculated: false,
    custom,
    externalId: false,
    idLookup: false,
    unique: false,
    caseSensitive: false,
    restrictedPicklist: false,
    picklistValues: [],
    referenceTo: [],
    relationshipName: null,
    filterable: true,
    sortable: true,
    groupable: true,
    requiredOnCreate: false,
    ...init,
  };
}

const AUDIT: readonly FieldSchema[] = [
  field({ name: 'Id', type: 'id', nillable: false, permissionable: false }),
  field({ name: 'IsDeleted', type: 'boolean', nillable: false, permissionable: false }),
  field({ name: 'CreatedDate', type: 'datetime', nillable: false, groupable: false, permissionable: false }),
  field({
    name: 'SystemModstamp',
    type: 'datetime',
    nillable: false,
    groupable: false,
    permissionable: false,
  }),
  field({ name: 'OwnerId', type: 'reference', referenceTo: ['User'], relationshipName: 'Owner' }),
];

function object(
  name: string,
  keyPrefix: string,
  fields: readonly FieldSchema[],
  childRelationships: SObjectSchema['childRelationships'] = [],
): SObjectSchema {
  const all = [...AUDIT, ...fields];
  const byName = new Map(all.map((each) => [each.name.toLowerCase(), each]));
  return {
    name,
    label: name,
    labelPlural: `${name}s`,
    keyPrefix,
    custom: false,
    fields: all,
    field: (wanted) => byName.get(wanted.toLowerCase()),
    childRelationships,
  };
}

const OBJECTS = [
  object('Group', '00G', [
    field({ name: 'Name', type: 'string' }),
    field({ name: 'Type', type: 'picklist' }),
  ]),
  object('User', '005', [
    field({ name: 'Name', type: 'string' }),
    field({ name: 'IsActive', type: 'boolean' }),
  ]),
  object(
    'Account',
    '001',
    [
      field({ name: 'Name', type: 'string' }),
      field({ name: 'Industry', type: 'picklist' }),
      field({ name: 'AnnualRevenue', type: 'currency' }),
      field({ name: 'ParentId', type: 'reference', referenceTo: ['Account'], relationshipName: 'Parent' }),
    ],
    [{ childSObject: 'Contact', field: 'AccountId', relationshipName: 'Contacts' }],
  ),
  object('Contact', '003', [
    field({ name: 'LastName', type: 'string' }),
    field({ name: 'Email', type: 'email' }),
    field({ name: 'AccountId', type: 'reference', referenceTo: ['Account'], relationshipName: 'Account' }),
    field({ name: 'MailingCity', type: 'string' }),
    field({ name: 'MailingCountry', type: 'string' }),
    field({ name: 'MailingAddress', type: 'address', filterable: false, sortable: false, groupable: false }),
  ]),
  object('Lead', '00Q', [
    field({
      name: 'HolderId',
      type: 'reference',
      referenceTo: ['Group', 'User'],
      relationshipName: 'Holder',
    }),
    field({ name: 'LastName', type: 'string' }),
    field({ name: 'Email', type: 'email' }),
    field({
      name: 'Status',
      type: 'picklist',
      picklistValues: [{ value: 'Open', label: 'Open - Not Contacted', active: true, defaultValue: true }],
    }),
    field({ name: 'Description', type: 'textarea', filterable: false, sortable: false, groupable: false }),
    field({ name: 'AnnualRevenue', type: 'currency' }),
    field({ name: 'NumberOfEmployees', type: 'int' }),
    field({ name: 'IsConverted', type: 'boolean' }),
    field({ name: 'Birthday__c', type: 'date' }),
    field({ name: 'Interests__c', type: 'multipicklist' }),
    field({ name: 'ActiveCampaign_ID__c', type: 'string', externalId: true, caseSensitive: true }),
    field({ name: 'Secret__c', type: 'string' }),
  ]),
] as const;

const schema: SchemaRegistry = {
  object: (name) => OBJECTS.find((each) => each.name.toLowerCase() === name.toLowerCase()),
  objects: () => OBJECTS,
};

const HASHED = new Set(['Email', 'ActiveCampaign_ID__c', 'AccountId']);
/** Ordered indexes leave rows without a value out. */
const ORDERED = new Set(['Id', 'SystemModstamp', 'CreatedDate', 'Birthday__c']);

/** Rows by object; the Id is made where a row has none. */
export type Rows = Readonly<Record<string, readonly Readonly<Record<string, Value>>[]>>;

export interface FixtureOptions {
  /** Whether tables have indexes; true unless told otherwise. */
  readonly indexed?: boolean;
  readonly now?: number;
}

/** An engine over in-memory tables. `reads` counts the rows handed out by all tables. */
export interface Fixture {
  readonly engine: QueryEngine;
  readonly reads: { count: number };
  /** The records of a query as the admin, or as another user. */
  readonly query: (soql: string, user?: UserContext) => readonly ResultRecord[];
  readonly total: (soql: string) => number;
  /** One field of every record. */
  readonly values: (soql: string, key: string) => unknown[];
  /** Error code and message of a query that fails. */
  readonly failure: (soql: string, user?: UserContext) => { errorCode: string; message: string };
}

export function fixture(rows: Rows, options: FixtureOptions = {}): Fixture {
  const reads = { count: 0 };
  const tables = new Map(
    OBJECTS.map((each) => [each.name, tableOf(each, rows[each.name] ?? [], options.indexed ?? true, reads)]),
  );
  const engine = createQueryEngine({
    schema,
    table: (name) => tables.get(name),
    recordAccess: () => [],
    clock: { now: () => options.now ?? NOW },
  });
  const query: Fixture['query'] = (soql, user = admin()) => engine.query(user, soql).records;
  return {
    engine,
    reads,
    query,
    total: (soql) => engine.query(admin(), soql).totalSize,
    values: (soql, key) => query(soql).map((record) => record[key]),
    failure: (soql, user) => {
      try {
        query(soql, user);
      } catch (error) {
        if (error instanceof ApiError) return { errorCode: error.errorCode, message: error.message };
        throw error;
      }
      throw new Error(`expected a failure: ${soql}`);
    },
  };
}

export function admin(timeZone = 'UTC'): UserContext {
  return { id: '', username: 'admin@sandbox.test', isAdmin: true, timeZone, fieldAccess: () => 'edit' };
}

/** A user who may not see some fields, given as `Object.Field`. */
export function userWithout(...hidden: string[]): UserContext {
  const access = (object: string, name: string): FieldAccess =>
    hidden.includes(`${object}.${name}`) ? 'none' : 'read';
  return { ...admin(), isAdmin: false, fieldAccess: access };
}

/** The n-th id of an object, from 1. */
export function idOf(objectName: string, n: number): string {
  return new IdSequence(schema.object(objectName)?.keyPrefix ?? '', n).take();
}

function tableOf(
  own: SObjectSchema,
  rows: readonly Readonly<Record<string, Value>>[],
  indexed: boolean,
  reads: { count: number },
): Table {
  const stamp = '2026-11-01T00:00:00.000Z';
  const stored = rows.map((row, index): Row => ({
    Id: idOf(own.name, index + 1),
    CreatedDate: stamp,
    SystemModstamp: stamp,
    ...row,
  }));
  const byId = new Map(stored.map((row) => [row.Id, row]));
  function* counted(found: Iterable<Row>): Generator<Row> {
    for (const row of found) {
      reads.count += 1;
      yield row;
    }
  }
  const hashes = new Map<string, Map<Value, Row[]>>();
  const hashOf = (name: string): Map<Value, Row[]> => {
    const built = hashes.get(name);
    if (built) return built;
    const index = new Map<Value, Row[]>();
    for (const row of stored) {
      const key = folded(row[name] ?? null);
      index.set(key, [...(index.get(key) ?? []), row]);
    }
    hashes.set(name, index);
    return index;
  };
  const orders = new Map<string, Row[]>();
  const orderOf = (name: string): Row[] => {
    const built = orders.get(name);
    if (built) return built;
    const sorted = stored
      .filter((row) => typeof row[name] === 'string')
      .sort((one, other) => {
        const key = (row: Row): string => `${String(row[name])} ${row.Id}`;
        return key(one) < key(other) ? -1 : 1;
      });
    orders.set(name, sorted);
    return sorted;
  };
  return {
    schema: own,
    size: stored.length,
    get: (id) => byId.get(toId18(id) ?? id),
    rows: () => counted(stored),
    find(name, value) {
      if (!indexed || !HASHED.has(name)) return undefined;
      return counted(hashOf(name).get(folded(value)) ?? []);
    },
    range(name, bounds, direction) {
      if (!indexed || !ORDERED.has(name)) return undefined;
      return counted(within(orderOf(name), name, bounds, direction));
    },
  };
}

function* within(
  sorted: readonly Row[],
  name: string,
  bounds: Bounds,
  direction: 'asc' | 'desc',
): Generator<Row> {
  const passes = (row: Row): boolean => {
    const key = String(row[name]);
    return (
      (bounds.gte === undefined || key >= String(bounds.gte)) &&
      (bounds.gt === undefined || key > String(bounds.gt)) &&
      (bounds.lte === undefined || key <= String(bounds.lte)) &&
      (bounds.lt === undefined || key < String(bounds.lt))
    );
  };
  const found = sorted.filter(passes);
  yield* direction === 'asc' ? found : found.reverse();
}

function folded(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}
