import type { ErrorCode } from '../../lib/errors.ts';
import { partition } from '../../lib/lists.ts';
import type { Outcomes } from '../../lib/outcomes.ts';
import { sentence, type Told } from '../../words/told.ts';
import type { WriteOutcome } from '../connector.ts';
import type { ActiveCampaignClient } from './client.ts';
import { readContactsByIds } from './contacts.ts';
import { failed } from './errors.ts';
import { toBatches, type ImportItem } from './import-batches.ts';
import { ImportQueue, type Batch, type ImportReports } from './import-queue.ts';
import { manifest } from './manifest.ts';
import type { Newcomers } from './newcomers.ts';
import type { ImportInfo } from './schemas.ts';

export interface ImporterOptions {
  readonly client: ActiveCampaignClient;
  readonly reports: ImportReports;
  readonly newcomers: Newcomers;
}

/** An import that has ended, some of whose new contacts have no known id yet. */
interface Waiting {
  readonly batch: Batch;
  readonly info: ImportInfo | null;
  readonly unfound: Set<ImportItem>;
  readonly foundIds: Set<string>;
}

const REASONS =
  'ActiveCampaign did not take the contact in an import. Its reasons are: the account’s contact limit, an invalid ' +
  'address, one on the exclusion or bounce list, or one that unsubscribed from a list it would be added to.';

/**
 * Writes contacts by bulk imports and learns what became of each (API reference, "Bulk import contacts"). New
 * contacts are read back by whole pages as soon as there is a page of them; linked ones need the import's word alone.
 */
export class Importer {
  readonly #options: ImporterOptions;
  readonly #outcomes: Outcomes<WriteOutcome>;
  readonly #queue: ImportQueue;
  readonly #waiting = new Set<Waiting>();

  constructor(
    options: ImporterOptions,
    outcomes: Outcomes<WriteOutcome>,
    { excludeAutomations }: { excludeAutomations: boolean },
  ) {
    this.#options = options;
    this.#outcomes = outcomes;
    this.#queue = new ImportQueue({
      ...options,
      excludeAutomations,
      onRefused: (item, { reason, refusal }) => this.#fail(item, refusal?.code ?? codeOf(reason), reason),
    });
  }

  /** No email stands twice among the items. @throws SyncError where not the contacts but the connection is the matter */
  async write(items: readonly ImportItem[]): Promise<void> {
    const [created, linked] = partition(items, ({ write }) => write.id === null);
    const { newcomers } = this.#options;
    const emails = created.map(({ email }) => email);
    try {
      await newcomers.expect(emails);
      for await (const batch of this.#queue.submit(toBatches([...created, ...linked]))) {
        const end = await this.#queue.ended(batch);
        if (end) await this.#settle(batch, end.info, newcomers);
        else this.#failUnended(batch.items);
      }
      await this.#findUntil(newcomers, 0);
    } finally {
      newcomers.forget(emails);
    }
  }

  async #settle(batch: Batch, info: ImportInfo | null, newcomers: Newcomers): Promise<void> {
    const [created, linked] = partition(batch.items, ({ write }) => write.id === null);
    const waiting = { batch, info, unfound: new Set(created), foundIds: new Set<string>() };
    if (linked.length > 0) await this.#settleByInfo(waiting, linked);
    this.#waiting.add(waiting);
    await this.#findUntil(newcomers, manifest.limits.readPage - 1);
  }

  /** Reads newcomers until at most so many of the ended imports' contacts are without an id. */
  async #findUntil(newcomers: Newcomers, atMost: number): Promise<void> {
    const missing = (): number => {
      for (const waiting of this.#waiting) this.#takeFound(waiting, newcomers);
      const unfound = [...this.#waiting].reduce((sum, waiting) => sum + waiting.unfound.size, 0);
      return unfound > atMost ? unfound : 0;
    };
    while (missing() > 0) {
      if (!(await newcomers.readOn(missing)) || missing() === 0) continue;
      // There is nobody newer: who was not found was no newcomer.
      for (const waiting of this.#waiting) await this.#settleByInfo(waiting, [...waiting.unfound]);
      this.#waiting.clear();
    }
  }

  #takeFound(waiting: Waiting, newcomers: Newcomers): void {
    for (const item of waiting.unfound) {
      const id = newcomers.take(item.email);
      if (id === undefined) continue;
      this.#written(item, id, true);
      waiting.unfound.delete(item);
      waiting.foundIds.add(id);
    }
    if (waiting.unfound.size === 0) this.#waiting.delete(waiting);
  }

  /** What the import's own report says of contacts that are not newcomers: linked, adopted or refused ones. */
  async #settleByInfo({ batch, info, foundIds }: Waiting, items: readonly ImportItem[]): Promise<void> {
    const report = info ?? (await this.#queue.word(batch));
    if (report === null) return this.#failUnended(items);
    const failures = new Set(report.failure.map((email) => email.toLowerCase()));
    const written = new Set(report.success);
    const unclear: ImportItem[] = [];
    for (const item of items) {
      const { id } = item.write;
      if (failures.has(item.email)) this.#fail(item, 'SYNC_PLATFORM_REFUSED', REASONS);
      else if (id !== null && written.delete(id)) this.#written(item, id, false);
      else unclear.push(item);
    }
    if (unclear.length === 0) return;
    const others = [...written].filter((id) => !foundIds.has(id));
    const contacts = await readContactsByIds(this.#options.client, others);
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

  #failUnended(items: readonly ImportItem[]): void {
    for (const item of items)
      this.#fail(item, 'SYNC_PLATFORM_UNAVAILABLE', sentence('The import did not end in time.'));
  }

  #fail({ index, write }: ImportItem, code: ErrorCode, message: Told): void {
    this.#outcomes.settle(index, failed(write.ref, code, message));
  }
}

function codeOf(reason: string): ErrorCode {
  return /email/i.test(reason) ? 'SYNC_EMAIL_INVALID' : 'SYNC_PLATFORM_REFUSED';
}
