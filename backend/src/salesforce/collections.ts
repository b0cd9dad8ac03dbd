import { z } from 'zod';
import { parseJson } from '../lib/http.ts';
import { chunks, partition } from '../lib/lists.ts';
import type { Outcomes } from '../lib/outcomes.ts';
import {
  codeOf,
  failedOutcome,
  failedRow,
  parseErrors,
  parseRowErrors,
  SalesforceRefusal,
  unexpectedAnswer,
} from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { Item, Row, SaveTarget } from './rows.ts';
import type { SaveOutcome } from './types.ts';

/** Rows of one collection call, and collection calls of one composite call (REST guide, "sObject Collections", "Composite"). */
export const COLLECTION_ROWS = 200;
const COLLECTIONS_PER_CALL = 5;

/** Assignment rules would give synced leads new owners, and they run unless they are declined. */
const NO_ASSIGNMENT = { 'Sforce-Auto-Assign': 'FALSE' };

/** Calls that one save may spend on finding rows that spoil their batch. */
const SEARCH_CALLS = 64;

const resultSchema = z.object({
  id: z.string().nullish(),
  success: z.boolean(),
  created: z.boolean().optional(),
  errors: z.unknown().optional(),
});
const resultsSchema = z.array(resultSchema);

const compositeSchema = z.object({
  compositeResponse: z.array(
    z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() }),
  ),
});

/** Saves rows by sObject Collections: up to 200 in one call, more in composite calls of 1,000. */
export class CollectionSaver {
  readonly #exchange: Exchange;
  readonly #root: string;
  readonly #target: SaveTarget;
  readonly #outcomes: Outcomes<SaveOutcome>;
  #searchCalls = SEARCH_CALLS;

  /** @param root `/services/data/v67.0` */
  constructor(exchange: Exchange, root: string, target: SaveTarget, outcomes: Outcomes<SaveOutcome>) {
    this.#exchange = exchange;
    this.#root = root;
    this.#target = target;
    this.#outcomes = outcomes;
  }

  /** @throws SalesforceRefusal, SyncError where not the rows but the call is the matter */
  async save(items: readonly Item[]): Promise<void> {
    const [readAsReference, plain] = partition(items, hasReference);
    for (const batch of chunks(readAsReference, COLLECTION_ROWS)) await this.#collection(batch);
    const batches = chunks(plain, COLLECTION_ROWS);
    for (const group of chunks(batches, COLLECTIONS_PER_CALL)) {
      const [only] = group;
      if (only && group.length === 1) await this.#collection(only);
      else await this.#composite(group);
    }
  }

  async #collection(items: readonly Item[]): Promise<void> {
    try {
      const response = await this.#exchange.send({
        method: this.#method(),
        path: this.#path(),
        headers: { 'Content-Type': 'application/json', ...NO_ASSIGNMENT },
        body: JSON.stringify(this.#body(items)),
        replayable: this.#isRepeatable(),
      });
      this.#settle(items, parseJson(response.text));
    } catch (error) {
      if (!(error instanceof SalesforceRefusal)) throw error;
      await this.#refused(items, error);
    }
  }

  async #composite(batches: readonly (readonly Item[])[]): Promise<void> {
    const response = await this.#exchange.send({
      method: 'POST',
      path: `${this.#root}/composite`,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        allOrNone: false,
        collateSubrequests: false,
        compositeRequest: batches.map((items, part) => ({
          method: this.#method(),
          url: this.#path(),
          referenceId: `part${part}`,
          httpHeaders: NO_ASSIGNMENT,
          body: this.#body(items),
        })),
      }),
      replayable: this.#isRepeatable(),
    });
    const answer = compositeSchema.safeParse(parseJson(response.text));
    if (!answer.success) throw unexpectedAnswer('composite');
    const parts = new Map(answer.data.compositeResponse.map((part) => [part.referenceId, part]));
    for (const [index, items] of batches.entries()) {
      const part = parts.get(`part${index}`);
      if (!part) continue;
      if (part.httpStatusCode < 400) this.#settle(items, part.body);
      else await this.#refused(items, partRefusal(part.httpStatusCode, part.body));
    }
  }

  /** A batch was refused whole: the rows at fault are found, so that all others go. */
  async #refused(items: readonly Item[], refusal: SalesforceRefusal): Promise<void> {
    if (refusal.status !== 400) throw refusal;
    const outcome = failedRow(refusal.errors);
    if (!outcome.ok && outcome.fields !== undefined) {
      const { fields } = outcome;
      const [guilty, others] = partition(items, ({ row }) => fields.some((field) => hasField(row, field)));
      if (guilty.length > 0) {
        this.#fail(guilty, refusal);
        if (others.length > 0) await this.#collection(others);
        return;
      }
    }
    if (items.length === 1) return this.#fail(items, refusal);
    for (const half of chunks(items, Math.ceil(items.length / 2))) {
      if (this.#searchCalls <= 0) {
        this.#leave(half, refusal);
        continue;
      }
      this.#searchCalls -= 1;
      await this.#collection(half);
    }
  }

  #settle(items: readonly Item[], body: unknown): void {
    const results = resultsSchema.safeParse(body);
    if (!results.success || results.data.length !== items.length) throw unexpectedAnswer('collection');
    for (const [index, item] of items.entries()) {
      const result = results.data[index];
      if (result) this.#outcomes.settle(item.index, this.#toOutcome(result));
    }
  }

  #fail(items: readonly Item[], refusal: SalesforceRefusal): void {
    const outcome = failedRow(refusal.errors);
    for (const item of items) this.#outcomes.settle(item.index, outcome);
  }

  /** Rows that could not be told from the bad ones within the calls allowed: tried again another time. */
  #leave(items: readonly Item[], refusal: SalesforceRefusal): void {
    const [{ vendorCode, message }] = refusal.errors;
    const outcome = {
      ...failedOutcome(codeOf(refusal.errors[0], refusal.status), vendorCode, message),
      retryable: true,
    };
    for (const item of items) this.#outcomes.settle(item.index, outcome);
  }

  /** Only an upsert says whether it created the record. */
  #toOutcome(result: z.output<typeof resultSchema>): SaveOutcome {
    if (!result.success) return failedRow(parseRowErrors(result.errors));
    const created = result.created ?? this.#target.operation === 'create';
    return { ok: true, id: result.id ?? '', created };
  }

  #isRepeatable(): boolean {
    return this.#target.operation !== 'create';
  }

  #method(): 'POST' | 'PATCH' {
    return this.#target.operation === 'create' ? 'POST' : 'PATCH';
  }

  #path(): string {
    const { operation, object, keyField } = this.#target;
    const collections = `${this.#root}/composite/sobjects`;
    return operation === 'upsert' ? `${collections}/${object}/${keyField}` : collections;
  }

  #body(items: readonly Item[]): object {
    const attributes = { type: this.#target.object };
    return { allOrNone: false, records: items.map(({ row }) => ({ attributes, ...row })) };
  }
}

function partRefusal(status: number, body: unknown): SalesforceRefusal {
  return new SalesforceRefusal(status, parseErrors(status, JSON.stringify(body)));
}

/** A composite call would take such a text for a reference to another part of the call. */
function hasReference({ row }: Item): boolean {
  return Object.values(row).some(
    (value) =>
      (typeof value === 'string' && value.includes('@{')) ||
      (typeof value === 'object' && value !== null && JSON.stringify(value).includes('@{')),
  );
}

function hasField(row: Row, field: string): boolean {
  const wanted = field.toLowerCase();
  return Object.keys(row).some((name) => name.toLowerCase() === wanted);
}
