import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { chunks } from '../../lib/lists.ts';
import { expect, type ActiveCampaignClient } from './client.ts';
import { PlatformRefusal } from './errors.ts';
import { importBody, type ImportItem } from './import-batches.ts';
import { importAnswer, importInfo, importRefusal, type ImportInfo } from './schemas.ts';

/** How the engine lets an import be reported on. */
export interface ImportSignals {
  /** Where the vendor shall report the ends of these imports to, by their refs; none where it cannot reach us. */
  expect(refs: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Which of them it has reported. Asked often: answered by our own database. */
  completed(refs: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Imports' reports, as long as they reach us: where one was missed, all further imports are asked about instead. */
export class ImportReports {
  readonly #signals: ImportSignals;
  #areLost = false;

  constructor(signals: ImportSignals) {
    this.#signals = signals;
  }

  get areLost(): boolean {
    return this.#areLost;
  }

  /** An import ended that was not reported. */
  miss(): void {
    this.#areLost = true;
  }

  async expect(refs: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#areLost ? new Map() : this.#signals.expect(refs);
  }

  completed(refs: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#signals.completed(refs);
  }
}

/** An import that is to be submitted. */
interface Draft {
  readonly items: readonly ImportItem[];
  readonly ref: string;
}

/** An import that the vendor has taken in. */
export interface Batch {
  readonly items: readonly ImportItem[];
  readonly ref: string;
  readonly id: string;
  readonly hasCallback: boolean;
  /** Epoch milliseconds. */
  readonly takenAt: number;
}

export interface QueueOptions {
  readonly client: ActiveCampaignClient;
  readonly reports: ImportReports;
  readonly excludeAutomations: boolean;
  /** Told of each contact that the vendor would not even take in. */
  readonly onRefused: (
    item: ImportItem,
    refusal: { reason: string; refusal: PlatformRefusal | null },
  ) => void;
}

/** Imports that are under way while the first of them is waited for. */
const UNDER_WAY = 12;
const PARALLEL = 4;
/** Short, as a small import has ended by then and a batch of ours waits for it. */
const FIRST_LISTEN_MS = 10;
const MAX_LISTEN_MS = 2_000;
const FIRST_POLL_MS = 500;
const MAX_POLL_MS = 10_000;
const GROWTH = 1.5;
/** A report that has not come so long after the import was taken in may never come: the vendor sends it once. */
const CALLBACK_PATIENCE_MS = 30_000;
const PATIENCE_MS = 30 * 60_000;
const ENDED: ReadonlySet<string> = new Set(['completed', 'failed', 'interrupted']);

/** Submits imports ahead of the one that is waited for, so that neither the vendor nor we stand idle. */
export class ImportQueue {
  readonly #options: QueueOptions;
  readonly #parallel = pLimit(PARALLEL);
  /** Imports under way whose report is still to come, and those whose report was heard before it was waited for. */
  readonly #awaited = new Set<string>();
  readonly #reported = new Set<string>();
  #isStopped = false;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** The imports in the order of their submission; the reader may take its time. */
  async *submit(batches: readonly (readonly ImportItem[])[]): AsyncGenerator<Batch> {
    const underWay: Promise<Batch[]>[] = [];
    const drafts = batches.map((items) => ({ items, ref: randomUUID() }));
    const urls = await this.#options.reports.expect(drafts.map(({ ref }) => ref));
    const fill = (): void => {
      while (underWay.length < UNDER_WAY) {
        const draft = drafts.shift();
        if (draft === undefined) return;
        const submitted = this.#parallel(() => this.#submit(draft, urls));
        // Whoever takes it from the list hears of a failure; until then it is not unhandled.
        submitted.catch(() => undefined);
        underWay.push(submitted);
      }
    };
    try {
      fill();
      for (let first = underWay.shift(); first !== undefined; first = underWay.shift()) {
        const taken = await first;
        fill();
        yield* taken;
      }
    } finally {
      this.#isStopped = true;
      await Promise.allSettled(underWay);
    }
  }

  /** Waits for the import's end. @returns the vendor's word on it where that was asked; null where it did not end */
  async ended(batch: Batch): Promise<{ info: ImportInfo | null } | null> {
    const { client, reports } = this.#options;
    const { clock } = client;
    const since = clock.now();
    let [listen, poll] = [FIRST_LISTEN_MS, FIRST_POLL_MS];
    const listens = batch.hasCallback && !reports.areLost;
    let nextPoll = listens ? batch.takenAt + CALLBACK_PATIENCE_MS : since + poll;
    while (clock.now() < since + PATIENCE_MS) {
      if (batch.hasCallback && (await this.#isReported(batch.ref))) return { info: null };
      if (clock.now() >= nextPoll) {
        const info = await this.#info(batch);
        if (info) {
          if (batch.hasCallback) reports.miss();
          return { info };
        }
        poll = Math.min(poll * GROWTH, MAX_POLL_MS);
        nextPoll = clock.now() + poll;
      }
      const untilPoll = Math.max(1, nextPoll - clock.now());
      await clock.sleep(Math.round(batch.hasCallback ? Math.min(listen, untilPoll) : untilPoll));
      listen = Math.min(listen * GROWTH, MAX_LISTEN_MS);
    }
    return null;
  }

  /** Whether the import's end was reported; asked for all at once that are waited for. */
  async #isReported(ref: string): Promise<boolean> {
    if (!this.#reported.has(ref)) {
      for (const heard of await this.#options.reports.completed([...this.#awaited])) {
        this.#awaited.delete(heard);
        this.#reported.add(heard);
      }
    }
    return this.#reported.has(ref);
  }

  /**
   * The vendor's word on an import that was reported to have ended; null where it did not end. The report may be that
   * of an earlier sending, whose answer was lost: the one that is asked about is then still under way.
   */
  async word(batch: Batch): Promise<ImportInfo | null> {
    const { clock } = this.#options.client;
    const until = clock.now() + PATIENCE_MS;
    for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * GROWTH, MAX_POLL_MS)) {
      const info = await this.#info(batch);
      if (info !== null || clock.now() >= until) return info;
      await clock.sleep(Math.round(pause));
    }
  }

  /** What the vendor says of an import, null while it has not ended (API reference, "Bulk import status info"). */
  async #info({ id }: Batch): Promise<ImportInfo | null> {
    const info = await this.#options.client.get('/import/info', [['batchId', id]], importInfo);
    return info && ENDED.has(info.status) ? info : null;
  }

  /** The import of these contacts; several where it was refused whole and those at fault had to be found. */
  async #submit({ items, ref }: Draft, urls: ReadonlyMap<string, string>): Promise<Batch[]> {
    if (items.length === 0 || this.#isStopped) return [];
    const { client, reports, excludeAutomations } = this.#options;
    const callback = reports.areLost ? null : (urls.get(ref) ?? null);
    try {
      const { body } = await client.send({
        method: 'POST',
        path: '/import/bulk_import',
        body: importBody(items, { callback, excludeAutomations }),
        repeatable: true,
        window: 'imports',
      });
      const { batchId } = expect(importAnswer, body, 'bulk import');
      const hasCallback = callback !== null;
      if (hasCallback) this.#awaited.add(ref);
      return [{ items, ref, id: batchId, hasCallback, takenAt: client.clock.now() }];
    } catch (error) {
      if (!(error instanceof PlatformRefusal) || error.status !== 400) throw error;
      return this.#withoutBad(items, error);
    }
  }

  /** One bad contact refuses them all: it is named by its place, or else looked for by halves. */
  async #withoutBad(items: readonly ImportItem[], refusal: PlatformRefusal): Promise<Batch[]> {
    const { onRefused } = this.#options;
    const reasons = namedReasons(refusal);
    const good = items.filter((item, place) => {
      const reason = reasons.get(place);
      if (reason !== undefined) onRefused(item, { reason, refusal: null });
      return reason === undefined;
    });
    if (good.length < items.length) return this.#submitAnew(good);
    const [only] = items;
    if (only && items.length === 1) {
      onRefused(only, { reason: refusal.message, refusal });
      return [];
    }
    const batches: Batch[] = [];
    for (const half of chunks(items, Math.ceil(items.length / 2)))
      batches.push(...(await this.#submitAnew(half)));
    return batches;
  }

  async #submitAnew(items: readonly ImportItem[]): Promise<Batch[]> {
    const ref = randomUUID();
    return this.#submit({ items, ref }, await this.#options.reports.expect([ref]));
  }
}

/** Reasons by the contact's place in the import, from 0. */
function namedReasons({ body }: PlatformRefusal): Map<number, string> {
  const named = importRefusal.safeParse(body);
  const reasons = new Map<number, string>();
  for (const reason of named.success ? named.data.failureReasons : []) {
    if (typeof reason !== 'string') reasons.set(reason.contact - 1, reason.failureReason);
  }
  return reasons;
}
