/**
 * The shapes that the parts of the Salesforce sandbox share: schema, rows, users, saves and queries.
 * Names follow Salesforce's own (SaveResult, StatusCode, describe attributes).
 */

/** A stored field value. Date and DateTime are ISO strings in UTC; multi-select picklists are `a;b`. */
export type Value = string | number | boolean | null;

/** One stored record under canonical field names. Absent and null mean the same. Ids are 18 characters. */
export type Row = { Id: string } & Record<string, Value>;

/** Field attributes as `describe` answers them (REST v67 names), plus what the query engine needs. */
export interface FieldSchema {
  readonly name: string;
  readonly label: string;
  /** Lower-case REST type: string, picklist, multipicklist, email, phone, url, textarea, boolean, int, double, currency, percent, date, datetime, reference, id, address, … */
  readonly type: string;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly calculated: boolean;
  readonly custom: boolean;
  readonly externalId: boolean;
  readonly idLookup: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly restrictedPicklist: boolean;
  readonly picklistValues: readonly {
    value: string;
    label: string;
    active: boolean;
    defaultValue: boolean;
  }[];
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  /** Whether a record cannot be created without it (Lead.LastName, Lead.Company, Contact.LastName, Account.Name). */
  readonly requiredOnCreate: boolean;
  /** Whole digits of an `int`. */
  readonly digits?: number;
  /** What a new record holds where the client says nothing (checkboxes, custom defaults). */
  readonly defaultValue?: Value;
  /** How a calculated field gets its value. */
  readonly formula?: Formula;
  readonly autoNumber?: boolean;
  readonly helpText?: string;
  /** Whether field-level security applies. System and required fields are always visible. Absent means true. */
  readonly permissionable?: boolean;
}

/** The formulas that the sandbox computes: the value of another field, or a text with `{FieldName}` in it. */
export type Formula = { readonly copyOf: string } | { readonly template: string };

export interface SObjectSchema {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string | null;
  readonly custom: boolean;
  readonly fields: readonly FieldSchema[];
  /** Case-insensitive. */
  field(name: string): FieldSchema | undefined;
  readonly childRelationships: readonly { childSObject: string; field: string; relationshipName: string }[];
}

export interface SchemaRegistry {
  /** Case-insensitive. */
  object(name: string): SObjectSchema | undefined;
  objects(): readonly SObjectSchema[];
}

export interface Bounds {
  readonly gte?: Value;
  readonly gt?: Value;
  readonly lte?: Value;
  readonly lt?: Value;
}

/** One sObject's records with their indexes. Deleted rows stay, with IsDeleted true. */
export interface Table {
  readonly schema: SObjectSchema;
  readonly size: number;
  get(id: string): Row | undefined;
  rows(): Iterable<Row>;
  /** Rows whose field equals the value (strings compare case-insensitively), or undefined where the field has no hash index. */
  find(field: string, value: Value): Iterable<Row> | undefined;
  /** Rows within bounds in (field, Id) order, or undefined where the field has no ordered index. */
  range(field: string, bounds: Bounds, direction: 'asc' | 'desc'): Iterable<Row> | undefined;
}

export type FieldAccess = 'none' | 'read' | 'edit';

/** What a user may do with an object's records. */
export interface ObjectAccess {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
}

/** Who calls. Field access already joins profile and permission sets. */
export interface UserContext {
  readonly id: string;
  readonly username: string;
  readonly isAdmin: boolean;
  readonly timeZone: string;
  fieldAccess(object: string, field: string): FieldAccess;
  /** View All (`read`) and Modify All Records (`edit`) of an object; absent where the user has neither on any. */
  readonly othersRecords?: (object: string) => FieldAccess;
  /** Absent where every object is open to the user. */
  readonly objectAccess?: (object: string) => ObjectAccess;
}

export interface SaveError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  /** Only for DUPLICATES_DETECTED: what the single-row door answers beside the message. */
  readonly duplicateResult?: unknown;
}

/** What became of one row. `created` stands on upserts. A rolled-back row keeps its id. */
export type SaveResult =
  | { readonly success: true; readonly id: string; readonly created: boolean }
  | { readonly success: false; readonly id?: string; readonly errors: readonly SaveError[] };

export interface SaveOptions {
  readonly allOrNone?: boolean;
  /** `Sforce-Auto-Assign`; true by default, as in Salesforce. */
  readonly autoAssign?: boolean;
  readonly duplicateRule?: { readonly allowSave: boolean; readonly includeRecordDetails: boolean };
  /** `If-Unmodified-Since`, single rows only. Milliseconds. */
  readonly unmodifiedSince?: number;
  /** Upserts only: a key that no record has is an error, not a new record. */
  readonly updateOnly?: boolean;
  /** A save of a Bulk API job. */
  readonly isBulk?: boolean;
}

/** A row as a client sends it: field names in any letter case; nested objects reference a parent by external id. */
export type InputRow = Readonly<Record<string, unknown>>;

/** A record as REST answers it: `attributes`, selected fields, nested parents and child query results. */
export type ResultRecord = { attributes: { type: string; url?: string } } & Record<string, unknown>;

export interface QueryResult {
  readonly totalSize: number;
  /** Lazily made, so that a page costs only its own rows. `COUNT()` has no records. */
  readonly records: readonly ResultRecord[];
  /** The records of one page, [from, to), made for it alone; without it, slice `records`. */
  slice?(from: number, to: number): readonly ResultRecord[];
}

/** An error that a REST door answers as `[{message, errorCode, fields?}]` with this status. */
export class ApiError extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly fields: readonly string[] | undefined;

  constructor(status: number, errorCode: string, message: string, fields?: readonly string[]) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }
}

/** The org behind every door: REST, SOAP, Bulk and (later) Apex save and query through this alone. */
export interface Org {
  readonly id: string;
  readonly schema: SchemaRegistry;
  table(name: string): Table | undefined;
  insert(user: UserContext, object: string, rows: readonly InputRow[], options?: SaveOptions): SaveResult[];
  /** Every row carries an Id. */
  update(user: UserContext, object: string, rows: readonly InputRow[], options?: SaveOptions): SaveResult[];
  /** @throws ApiError for a field that is no external id. */
  upsert(
    user: UserContext,
    object: string,
    externalIdField: string,
    rows: readonly InputRow[],
    options?: SaveOptions,
  ): SaveResult[];
  delete(user: UserContext, ids: readonly string[], options?: SaveOptions): SaveResult[];
  undelete(user: UserContext, ids: readonly string[]): SaveResult[];
  /** Losers become IsDeleted with MasterRecordId, children are re-parented. */
  merge(user: UserContext, object: string, master: InputRow, loserIds: readonly string[]): SaveResult;
  convertLead(
    user: UserContext,
    leadId: string,
    options?: {
      accountId?: string;
      contactId?: string;
      createOpportunity?: boolean;
      convertedStatus?: string;
    },
  ): { accountId: string; contactId: string; opportunityId?: string };
  /** @throws ApiError MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE. `all` includes deleted rows (queryAll). */
  query(user: UserContext, soql: string, options?: { all?: boolean }): QueryResult;
}

/** Resolves a bearer token or session id to its user; undefined means 401 INVALID_SESSION_ID. */
export interface Sessions {
  resolve(token: string): UserContext | undefined;
}
