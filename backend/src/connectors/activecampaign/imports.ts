import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { ErrorCode } from '../../lib/errors.ts';
import { chunks } from '../../lib/lists.ts';
import type { Outcomes } from '../../lib/outcomes.ts';
import type { WriteOutcome } from '../connector.ts';
import { expect, type ActiveCampaignClient } from './client.ts';
import { readContactsByIds } from './contacts.ts';
import { failed, PlatformRefusal } from './errors.ts';
import { importBody, toBatches, type ImportItem } from './import-batches.ts';
import { highestContactId, Newcomers } from './newcomers.ts';
import { importAnswer, importInfo, importRefusal, type ImportInfo } from './schemas.ts';

/** How the engine lets an import be reported on. */
export interface ImportSignals {
  /** Where the vendor shall report the end of the import to; null where it cannot reach us. */
  callbackUrl(ref: string): string | null | Promise<string | null>;
  /** Whether it has. Asked often: answered by our own database. */
  completed(ref: string): Promise<boolean>;
}

export interface ImporterOptions {
  readonly client: ActiveCampaignClient;
  readonly signals: ImportSignals;
  /** The highest contact id known to the caller; null where it knows none. */
  readonly highestContactId: () => Promise<string | null>;
}

interface Batch {
  readonly items: readonly ImportItem[];
  readonly ref: string;
  readonly id: string;
  readonly hasCallback: boolean;
  info: ImportInfo | null;
}

/** Imports under way before the first of them is waited for: 2,000 contacts. */
const GROUP = 8;
const PARALLEL = 4;
const FIRST_LISTEN_MS = 100;
const MAX_LISTEN_MS = 2_000;
const FIRST_POLL_MS = 500;
const MAX_POLL_MS = 10_000;
const POLL_GROWTH = 1.5;
/** A report that has not come by then may never come: the vendor sends it once. */
const CALLBACK_PATIENCE_MS = 30_000;
const PATIENCE_MS = 30 * 60_000;
const ENDED: ReadonlySet<string> = new Set(['completed', 'failed', 'interrupted']);

const REASONS =
  'ActiveCampaign did not take the contact in an import. Its reasons are: the account’s contact limit, an invalid ' +
  'address, one on the exclusion or bounce list, or one that unsubscribed from a list it would be added to.';

/**
 * Writes contacts by bulk imports (API reference, "Bulk import contacts"). While one group of imports is waited for
 * and read back, the next is submitted, so that the vendor's limits are the only bound.
 */
export class Importer {
  readonly #options: ImporterOptions;
  readonly #outcomes: Outcomes<WriteOutcome>;
  readonly #excludeAutomations: boolean;
  readonly #parallel = pLimit(PARALLEL);

  constructor(
    options: ImporterOptions,
    outcomes: Outcomes<WriteOutcome>,
    { excludeAutomations }: { excludeAutomations: boolean },
  ) {
    this.#options = options;
    this.#outcomes = outcomes;
    this.#excludeAutomations = excludeAutomations;
  }

  /** No email stands twice among the items. @throws SyncError where not the contacts but the connection is the matter */
  async write(items: readonly ImportItem[]): Promise<void> {
    // New ones first: batches without any need no reading back.
    const ordered = items.toSorted((a, b) => Number(a.write.id !== null) - Number(b.write.id !== null));
    const newcomers = new Newcomers(this.#options.client, await this.#highestId(ordered));
    let settled: Promise<void> = Promise.resolve();
    for (const group of chunks(toBatches(ordered), GROUP)) {
      const submitted = this.#submitAll(group, newcomers);
      const [batches] = await bothEnd(submitted, settled);
      settled = this.#settle(batches, newcomers);
    }
    await settled;
  }

  async #highestId(items: readonly ImportItem[]): Promise<string> {
    if (items.every(({ write }) => write.id !== null)) return '0';
    return (await this.#options.highestContactId()) ?? highestContactId(this.#options.client);
  }

  async #submitAll(group: readonly (readonly ImportItem[])[], newcomers: Newcomers): Promise<Batch[]> {
    for (const { write, email } of group.flat()) if (write.id === null) newcomers.expect(email);
    const submitted = await Promise.allSettled(
      group.map((items) => this.#parallel(() => this.#submit(items))),
    );
    return submitted.flatMap((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }

  /** The import of these contacts; several where it was refused whole and those at fault had to be found. */
  async #submit(items: readonly ImportItem[]): Promise<Batch[]> {
    if (items.length === 0) return [];
    const ref = randomUUID();
    const callback = await this.#options.signals.callbackUrl(ref);
    try {
      const { body } = await this.#options.client.send({
        method: 'POST',
        path: '/import/bulk_import',
        body: importBody(items, { callback, excludeAutomations: this.#excludeAutomations }),
        repeatable: true,
        window: 'imports',
      });
      const { batchId } = expect(importAnswer, body, 'bulk import');
      return [{ items, ref, id: batchId, hasCallback: callback !== null, info: null }];
    } catch (error) {
      if (!(error instanceof PlatformRefusal) || error.status !== 400) throw error;
      return this.#withoutBad(items, error);
    }
  }

  /** One bad contact refuses them all: it is named by its place, or else looked for by halves. */
  async #withoutBad(items: readonly ImportItem[], refusal: PlatformRefusal): Promise<Batch[]> {
    const named = importRefusal.safeParse(refusal.body);
    const reasons = new Map<number, string>();
    for (const reason of named.success ? named.data.failureReasons : []) {
      if (typeof reason !== 'string') reasons.set(reason.contact - 1, reason.failureReason);
    }
    const good = items.filter((item, place) => {
      const reason = reasons.get(place);
      if (reason !== undefined) this.#fail(item, codeOf(reason), reason);
      return reason === undefined;
    });
    if (good.length < items.length) return this.#submit(good);
    const [only] = items;
    if (only && items.length === 1) {
      this.#fail(only, refusal.code, refusal.message);
      return [];
    }
    const halves = chunks(items, Math.ceil(items.length / 2));
    const batches: Batch[] = [];
    for (const half of halves) batches.push(...(await this.#submit(half)));
    return batches;
  }

  async #settle(batches: readonly Batch[], newcomers: Newcomers): Promise<void> {
    const ended: Batch[] = [];
    for (const batch of batches) {
      if (await this.#hasEnded(batch)) ended.push(batch);
      else this.#failAll(batch.items, 'SYNC_PLATFORM_UNAVAILABLE', 'The import did not end in time.');
    }
    const emails = ended.flatMap(({ items }) =>
      items.filter(({ write }) => write.id === null).map(({ email }) => email),
    );
    const ids = await newcomers.find(emails);
    for (const batch of ended) {
      const open = batch.items.filter((item) => {
        const id = ids.get(item.email);
        if (id !== undefined) this.#written(item, id, true);
        return id === undefined;
      });
      if (open.length > 0) await this.#settleByInfo(batch, open, ids);
    }
  }

  async #hasEnded(batch: Batch): Promise<boolean> {
    const { clock } = this.#options.client;
    const since = clock.now();
    let [listen, poll] = [FIRST_LISTEN_MS, FIRST_POLL_MS];
    let nextPoll = since + (batch.hasCallback ? CALLBACK_PATIENCE_MS : poll);
    while (clock.now() < since + PATIENCE_MS) {
      if (batch.hasCallback && (await this.#options.signals.completed(batch.ref))) return true;
      if (clock.now() >= nextPoll) {
        batch.info = await this.#info(batch);
        if (batch.info && ENDED.has(batch.info.status)) return true;
        poll = Math.min(poll * POLL_GROWTH, MAX_POLL_MS);
        nextPoll = clock.now() + poll;
      }
      const untilPoll = nextPoll - clock.now();
      await clock.sleep(Math.round(batch.hasCallback ? Math.min(listen, Math.max(untilPoll, 1)) : untilPoll));
      listen = Math.min(listen * POLL_GROWTH, MAX_LISTEN_MS);
    }
    return false;
  }

  async #info(batch: Batch): Promise<ImportInfo | null> {
    return this.#options.client.get('/import/info', [['batchId', batch.id]], importInfo);
  }

  /** What the batch's own report says of those that were not found among the newcomers: linked, adopted or refused ones. */
  async #settleByInfo(
    batch: Batch,
    items: readonly ImportItem[],
    found: ReadonlyMap<string, string>,
  ): Promise<void> {
    const info = batch.info && ENDED.has(batch.info.status) ? batch.info : await this.#info(batch);
    const failures = new Set(info?.failure.map((email) => email.toLowerCase()));
    const written = new Set(info?.success);
    const unclear: ImportItem[] = [];
    for (const item of items) {
      const { id } = item.write;
      if (failures.has(item.email)) this.#fail(item, 'SYNC_PLATFORM_REFUSED', REASONS);
      else if (id !== null && written.delete(id)) this.#written(item, id, false);
      else unclear.push(item);
    }
    if (unclear.length === 0) return;
    for (const item of batch.items) written.delete(found.get(item.email) ?? '');
    const contacts = await readContactsByIds(this.#options.client, [...written]);
    const byEmail = new Map(contacts.map(({ id, email }) => [email?.toLowerCase(), id]));
    for (const item of unclear) {
      const id = byEmail.get(item.email);
      if (id !== undefined) this.#written(item, id, false);
      else this.#fail(item, 'SYNC_PLATFORM_ANSWER_UNEXPECTED', 'The import said nothing of this contact.');
    }
  }

  #written({ index, write }: ImportItem, id: string, created: boolean): void {
    this.#outcomes.settle(index, { ref: write.ref, kind: 'written', id, created });
  }

  #fail({ index, write }: ImportItem, code: ErrorCode, message: string): void {
    this.#outcomes.settle(index, failed(write.ref, code, message));
  }

  #failAll(items: readonly ImportItem[], code: ErrorCode, message: string): void {
    for (const item of items) this.#fail(item, code, message);
  }
}

/** Waits for both, and only then throws what failed: nothing goes on behind the caller's back. */
async function bothEnd<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([a, b]);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
  return [first.value, second.value];
}

function codeOf(reason: string): ErrorCode {
  return /email/i.test(reason) ? 'SYNC_EMAIL_INVALID' : 'SYNC_PLATFORM_REFUSED';
}
