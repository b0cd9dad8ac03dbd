import { check, lockError } from './checks.ts';
import type { OrgCore } from './core.ts';
import { derive } from './derived.ts';
import { duplicateError } from './duplicates.ts';
import { InputReader } from './inputs.ts';
import type { SObjectDefinition } from './schema.ts';
import { NO_RECORD_ACCESS } from './sharing.ts';
import type { RecordTable } from './table.ts';
import { stampOf } from './time.ts';
import type { TriggerOperation, TriggerRow } from './triggers.ts';
import type { InputRow, Row, SaveError, SaveOptions, SaveResult, UserContext } from './types.ts';

/** Salesforce saves, and runs triggers on, this many rows at a time. */
export const CHUNK = 200;
/** Attempts a chunk gets when triggers refuse some of its rows. */
const ATTEMPTS = 3;

/** What is to become of one row of a call. */
export type Intent =
  | { readonly kind: 'insert'; readonly row: InputRow }
  | { readonly kind: 'update'; readonly id: string; readonly row: InputRow }
  | { readonly kind: 'refused'; readonly errors: readonly SaveError[] };

interface Draft {
  readonly at: number;
  readonly operation: 'insert' | 'update';
  readonly before: Row | undefined;
  readonly next: Row;
  readonly errors: SaveError[];
}

const ROLLED_BACK: SaveError = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

export function refusal(error: SaveError): SaveResult {
  return { success: false, errors: [error] };
}

/** Gives every row that had succeeded the error of a call taken back as a whole. Each keeps its id. */
export function rolledBack(results: readonly SaveResult[]): SaveResult[] {
  return results.map((result) =>
    result.success ? { success: false, id: result.id, errors: [ROLLED_BACK] } : result,
  );
}

/** Saves rows of one object for one user: the one pipeline behind insert, update and upsert. */
export class Saver {
  private readonly core: OrgCore;
  private readonly user: UserContext;
  private readonly table: RecordTable;
  private readonly schema: SObjectDefinition;
  private readonly options: SaveOptions;
  private readonly readers: Readonly<Record<'insert' | 'update', InputReader>>;

  constructor(core: OrgCore, user: UserContext, table: RecordTable, options: SaveOptions) {
    this.core = core;
    this.user = user;
    this.table = table;
    this.schema = table.schema;
    this.options = options;
    this.readers = {
      insert: new InputReader(core, user, table.schema, 'insert'),
      update: new InputReader(core, user, table.schema, 'update'),
    };
  }

  /** One chunk. With all-or-none the caller takes everything back when a result fails. */
  saveChunk(intents: readonly Intent[]): SaveResult[] {
    const results = intents.map((intent): SaveResult | undefined =>
      intent.kind === 'refused' ? { success: false, errors: intent.errors } : undefined,
    );
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const pending = intents.flatMap((intent, at) =>
        results[at] === undefined && intent.kind !== 'refused' ? [{ intent, at }] : [],
      );
      const drafts = this.core.journal.unit(
        () => this.attempt(pending),
        (tried) => this.options.allOrNone === true || tried.every((draft) => !draft.refusedAfterwards),
      );
      const again = drafts.some((draft) => draft.refusedAfterwards) && this.options.allOrNone !== true;
      for (const draft of drafts) {
        const failed = draft.errors.length > 0;
        if (again && !failed) continue;
        results[draft.at] = failed
          ? { success: false, errors: draft.errors }
          : { success: true, id: draft.next.Id, created: draft.operation === 'insert' };
      }
      if (!again) break;
    }
    return results.map((result) => result ?? refusal(TOO_MANY_RETRIES));
  }

  private attempt(
    pending: readonly { intent: Exclude<Intent, { kind: 'refused' }>; at: number }[],
  ): (Draft & { refusedAfterwards: boolean })[] {
    const drafts = pending.map(({ intent, at }) => this.draft(intent, at));
    this.runTriggers('before', drafts);
    for (const draft of drafts) this.store(draft);
    const stored = new Set(drafts.filter((draft) => draft.errors.length === 0));
    this.runTriggers('after', drafts);
    return drafts.map((draft) => ({
      ...draft,
      refusedAfterwards: stored.has(draft) && draft.errors.length > 0,
    }));
  }

  private draft(intent: Exclude<Intent, { kind: 'refused' }>, at: number): Draft {
    const { values, errors } = this.readers[intent.kind].read(intent.row);
    if (intent.kind === 'insert') {
      const next: Row = { ...this.defaults(), ...values, Id: this.table.nextId() };
      this.fillRequired(next);
      return { at, operation: 'insert', before: undefined, next, errors };
    }
    const before = this.table.get(intent.id);
    const gone = this.cannotUpdate(before);
    if (before === undefined || gone !== undefined) {
      return {
        at,
        operation: 'update',
        before,
        next: { Id: intent.id },
        errors: gone === undefined ? [] : [gone],
      };
    }
    return { at, operation: 'update', before, next: { ...before, ...values }, errors };
  }

  private defaults(): Record<string, Row[string]> {
    const values: Record<string, Row[string]> = {};
    for (const field of this.schema.fields) {
      if (field.defaultValue !== undefined) values[field.name] = field.defaultValue;
    }
    if (this.schema.field('OwnerId')?.createable === true) values['OwnerId'] = this.user.id;
    return values;
  }

  /** A new record cannot hold null where a default stands ready. */
  private fillRequired(next: Row): void {
    for (const field of this.schema.fields) {
      if (!field.nillable && field.defaultValue !== undefined) next[field.name] ??= field.defaultValue;
    }
  }

  private cannotUpdate(before: Row | undefined): SaveError | undefined {
    if (before === undefined) {
      return { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] };
    }
    if (before['IsDeleted'] === true)
      return { statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] };
    if (!this.core.sharing.edits(this.user, this.schema.name, before)) return NO_RECORD_ACCESS;
    if (before['IsConverted'] === true) {
      return {
        statusCode: 'CANNOT_UPDATE_CONVERTED_LEAD',
        message: 'cannot reference converted lead',
        fields: [],
      };
    }
    const since = this.options.unmodifiedSince;
    if (since !== undefined && Date.parse(String(before['LastModifiedDate'])) > since) {
      return {
        statusCode: 'PRECONDITION_FAILED',
        message: 'The record was modified since the given time',
        fields: [],
      };
    }
    return undefined;
  }

  private store(draft: Draft): void {
    if (draft.errors.length > 0) return;
    const { before, next } = draft;
    const isInsert = draft.operation === 'insert';
    if (
      this.schema.name === 'Lead' &&
      this.options.autoAssign !== false &&
      this.core.rules.leadAssignmentOwner !== undefined
    ) {
      next['OwnerId'] = this.core.rules.leadAssignmentOwner;
    }
    this.stamp(next, isInsert);
    if (isInsert) this.number(next);
    derive(this.core, this.schema, next);
    draft.errors.push(...check(this.core, this.user, this.schema, before, next));
    if (draft.errors.length > 0) return;
    const refused =
      duplicateError(this.core, this.schema, before, next, this.options) ??
      lockError(this.core, next, this.parents(next));
    if (refused === undefined) this.core.journal.put(this.table, next);
    else draft.errors.push(refused);
  }

  private parents(next: Row): Row[string][] {
    return this.schema.fields
      .filter((field) => field.type === 'reference' && !field.referenceTo.includes('User'))
      .map((field) => next[field.name] ?? null);
  }

  private stamp(next: Row, isInsert: boolean): void {
    const now = stampOf(this.core.clock.now());
    if (isInsert) {
      next['CreatedDate'] = now;
      next['CreatedById'] = this.user.id;
      if (this.schema.field('IsDeleted') !== undefined) next['IsDeleted'] = false;
    }
    next['LastModifiedDate'] = now;
    next['LastModifiedById'] = this.user.id;
    next['SystemModstamp'] = now;
  }

  private number(next: Row): void {
    const numbered = this.schema.fields.filter((field) => field.autoNumber === true);
    if (numbered.length === 0) return;
    const number = String(this.table.nextAutoNumber()).padStart(6, '0');
    for (const field of numbered) next[field.name] = number;
  }

  private runTriggers(timing: 'before' | 'after', drafts: readonly Draft[]): void {
    const triggers = this.core.triggers;
    if (triggers === undefined) return;
    const { schema, user, options } = this;
    const event = { object: schema.name, user, isBulk: options.isBulk === true };
    for (const operation of ['insert', 'update'] as const satisfies TriggerOperation[]) {
      const rows = drafts
        .filter((draft) => draft.operation === operation && draft.errors.length === 0)
        .map((draft): TriggerRow => triggerRow(draft.before, draft.next, draft.errors));
      if (rows.length > 0) triggers[timing]({ ...event, operation, rows });
    }
  }
}

const TOO_MANY_RETRIES: SaveError = {
  statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
  message: 'Too many batch retries in the presence of Apex triggers and partial failures.',
  fields: [],
};

/** A trigger's view of a record, whose errors land in the given list. */
export function triggerRow(old: Row | undefined, next: Row | undefined, errors: SaveError[]): TriggerRow {
  return {
    old,
    next,
    addError: (message, options) => {
      const fields = options?.field === undefined ? [] : [options.field];
      errors.push({
        statusCode: options?.statusCode ?? 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message,
        fields,
      });
    },
  };
}
