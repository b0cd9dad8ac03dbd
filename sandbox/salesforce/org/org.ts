import type { Clock } from '../../common/clock.ts';
import type { QueryEngine } from '../soql/engine.ts';
import { createQueryEngine } from '../soql/engine.ts';
import { convertLead } from './convert.ts';
import type { ConvertOptions, Converted } from './convert.ts';
import type { OrgCore } from './core.ts';
import { deleteRows, undeleteRows } from './deletes.ts';
import { derive, deriveFormulas } from './derived.ts';
import { insertRows, updateRows, upsertRows } from './dml.ts';
import { Journal } from './journal.ts';
import { mergeRecords } from './merge.ts';
import { accessRows } from './record-access.ts';
import { OrgRules } from './rules.ts';
import type { OrgSchema } from './schema.ts';
import { OrgSharing } from './sharing.ts';
import { RecordTable } from './table.ts';
import { stampOf } from './time.ts';
import type { Triggers } from './triggers.ts';
import type {
  InputRow,
  Org,
  QueryResult,
  Row,
  SaveOptions,
  SaveResult,
  Table,
  UserContext,
  Value,
} from './types.ts';

export interface OrgOptions {
  readonly clock: Clock;
  readonly schema: OrgSchema;
  /** 18 characters. */
  readonly id: string;
  /** The context of one of the org's users, for what is asked about somebody else. */
  readonly userById: (id: string) => UserContext | undefined;
  /** The package's Apex triggers, where they run. */
  readonly triggers?: Triggers;
}

/** A row for `bulkLoad`: canonical field names and stored values; `Id` and stamps are made where absent. */
export type LoadRow = Readonly<Record<string, Value>>;

/** The org in memory: what every door saves to and queries from. */
export class SandboxOrg implements Org {
  readonly id: string;
  readonly schema: OrgSchema;
  readonly rules = new OrgRules();
  readonly sharing = new OrgSharing();
  readonly clock: Clock;
  private readonly tables = new Map<string, RecordTable>();
  private readonly core: OrgCore;
  private readonly engine: QueryEngine;

  constructor({ clock, schema, id, userById, triggers }: OrgOptions) {
    this.id = id;
    this.clock = clock;
    this.schema = schema;
    this.core = {
      clock,
      schema,
      rules: this.rules,
      sharing: this.sharing,
      journal: new Journal(),
      triggers,
      table: (name) => this.table(name),
      tableOfId: (recordId) => {
        const object = schema.objectOfPrefix(recordId.slice(0, 3));
        return object === undefined ? undefined : this.table(object.name);
      },
    };
    this.engine = createQueryEngine({
      schema,
      table: (name, user) => this.tableFor(user, name),
      recordAccess: ({ userId, recordIds }, asker) => {
        const user = userById(userId);
        return user === undefined ? [] : accessRows(this.core, asker, user, recordIds);
      },
      clock,
    });
    schema.onFieldAdded((object, field) => {
      if (field.formula !== undefined) this.computeFormulas(object);
    });
  }

  table(name: string): RecordTable | undefined {
    const key = name.toLowerCase();
    const known = this.tables.get(key);
    const object = known === undefined ? this.schema.object(name) : undefined;
    if (object === undefined) return known;
    const table = new RecordTable(object);
    this.tables.set(key, table);
    return table;
  }

  /** The records of an object that a user sees. */
  tableFor(user: UserContext, name: string): Table | undefined {
    const table = this.table(name);
    return table && this.sharing.visible(user, table);
  }

  insert(
    user: UserContext,
    object: string,
    rows: readonly InputRow[],
    options: SaveOptions = {},
  ): SaveResult[] {
    return insertRows(this.core, user, object, rows, options);
  }

  update(
    user: UserContext,
    object: string,
    rows: readonly InputRow[],
    options: SaveOptions = {},
  ): SaveResult[] {
    return updateRows(this.core, user, object, rows, options);
  }

  upsert(
    user: UserContext,
    object: string,
    externalIdField: string,
    rows: readonly InputRow[],
    options: SaveOptions = {},
  ): SaveResult[] {
    return upsertRows(this.core, user, object, externalIdField, rows, options);
  }

  delete(user: UserContext, ids: readonly string[], options: SaveOptions = {}): SaveResult[] {
    return deleteRows(this.core, user, ids, options);
  }

  undelete(user: UserContext, ids: readonly string[]): SaveResult[] {
    return undeleteRows(this.core, user, ids);
  }

  merge(user: UserContext, object: string, master: InputRow, loserIds: readonly string[]): SaveResult {
    return mergeRecords(this.core, user, object, master, loserIds);
  }

  convertLead(user: UserContext, leadId: string, options: ConvertOptions = {}): Converted {
    return convertLead(this.core, user, leadId, options);
  }

  query(user: UserContext, soql: string, options?: { all?: boolean }): QueryResult {
    return this.engine.query(user, soql, options);
  }

  /** Runs saves as one unit: kept when `commits` says so of the outcome, taken back otherwise or when work throws. */
  transaction<T>(work: () => T, commits: (outcome: T) => boolean): T {
    return this.core.journal.unit(work, commits);
  }

  /** Calls back when the running unit of work is kept for good, or `otherwise`; at once where there is none. */
  afterCommit(callback: () => void, otherwise?: () => void): void {
    this.core.journal.afterCommit(callback, otherwise);
  }

  /** Marks a point within a transaction. @returns what takes back all saves since then. */
  savepoint(): () => void {
    return this.core.journal.savepoint();
  }

  /**
   * Changes a record as the platform itself does, without validation or triggers.
   * @throws Error for a record that is not there.
   */
  systemWrite(id: string, values: LoadRow): void {
    const table = this.core.tableOfId(id);
    const row = table?.get(id);
    if (table === undefined || row === undefined) throw new Error(`No such record: ${id}`);
    this.core.journal.put(table, { ...row, ...values, Id: row.Id });
  }

  /** Adds a record as the platform itself does, without validation or triggers. @returns its id. */
  systemInsert(object: string, values: LoadRow): string {
    const table = this.table(object);
    if (table === undefined) throw new Error(`No such object: ${object}`);
    const row: Row = { CreatedDate: stampOf(this.clock.now()), ...values, Id: table.nextId() };
    this.core.journal.put(table, row);
    return row.Id;
  }

  /**
   * Puts rows into a table without validation, rules or triggers: how the sandbox is seeded.
   * @returns the ids, in the rows' order.
   * @throws Error for an unknown object.
   */
  bulkLoad(object: string, rows: Iterable<LoadRow>): string[] {
    const table = this.table(object);
    if (table === undefined) throw new Error(`No such object: ${object}`);
    const { schema } = table;
    const defaults: Record<string, Value> = {};
    for (const field of schema.fields)
      if (field.defaultValue !== undefined) defaults[field.name] = field.defaultValue;
    if (schema.field('IsDeleted') !== undefined) defaults['IsDeleted'] = false;
    const now = stampOf(this.clock.now());
    const ids: string[] = [];
    for (const row of rows) {
      const given = row['Id'];
      const created = row['CreatedDate'] ?? now;
      const modified = row['LastModifiedDate'] ?? created;
      const stored: Row = {
        ...defaults,
        CreatedDate: created,
        LastModifiedDate: modified,
        SystemModstamp: row['SystemModstamp'] ?? modified,
        ...row,
        Id: typeof given === 'string' ? given : table.nextId(),
      };
      derive(this.core, schema, stored);
      table.put(stored);
      ids.push(stored.Id);
    }
    return ids;
  }

  /** Back to an empty org: no records, no rules, and only the fields it started with. */
  reset(): void {
    this.tables.clear();
    this.rules.reset();
    this.sharing.reset();
    this.schema.reset();
  }

  /** A new formula shows at once on records that exist, and leaves their time stamps alone, as in Salesforce. */
  private computeFormulas(object: string): void {
    const table = this.table(object);
    if (table === undefined) return;
    for (const row of [...table.rows()]) {
      const computed = { ...row };
      deriveFormulas(table.schema, computed);
      table.put(computed);
    }
  }
}

export function createOrg(options: OrgOptions): SandboxOrg {
  return new SandboxOrg(options);
}
