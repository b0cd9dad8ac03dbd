import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { chunks } from '../../lib/lists.ts';
import { expect, type ActiveCampaignClient } from './client.ts';
import { PlatformRefusal } from './errors.ts';
import { importBody, type ImportItem } from './import-batches.ts';
import { importAnswer, importInfo, importRefusal, type ImportInfo } from './schemas.ts';

/** How the engine lets an import be reported on. */
export interface ImportSignals {
  /** Where the vendor shall report the end of the import to; null where it cannot reach us. */
  callbackUrl(ref: string): string | null | Promise<string | null>;
  /** Whether it has. Asked often: answered by our own database. */
  completed(ref: string): Promise<boolean>;
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

  async callbackUrl(ref: string): Promise<string | null> {
    return this.#areLost ? null : this.#signals.callbackUrl(ref);
  }

  completed(ref: string): Promise<boolean> {
    return this.#signals.completed(ref);
  }
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
  #isStopped = false;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** The imports in the order of their submission; the reader may take its time. */
  async *submit(batches: readonly (readonly ImportItem[])[]): AsyncGenerator<Batch> {
    const underWay: Promise<Batch[]>[] = [];
    let next = 0;
    const fill = (): void => {
      for (; next < batches.length && underWay.length < UNDER_WAY; next += 1) {
        const items = batches[next] ?? [];
        const submitted = this.#parallel(() => this.#submit(items));
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
      if (batch.hasCallback && (await reports.completed(batch.ref))) return { info: null };
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
  async #submit(items: readonly ImportItem[]): Promise<Batch[]> {
    if (items.length === 0 || this.#isStopped) return [];
    const { client, reports, excludeAutomations } = this.#options;
    const ref = randomUUID();
    const callback = await reports.callbackUrl(ref);
    try {
      const { body } = await client.send({
        method: 'POST',
        path: '/import/bulk_import',
        body: importBody(items, { callback, excludeAutomations }),
        repeatable: true,
        window: 'imports',
      });
      const { batchId } = expect(importAnswer, body, 'bulk import');
      return [{ items, ref, id: batchId, hasCallback: callback !== null, takenAt: client.clock.now() }];
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
    if (good.length < items.length) return this.#submit(good);
    const [only] = items;
    if (only && items.length === 1) {
      onRefused(only, { reason: refusal.message, refusal });
      return [];
    }
    const batches: Batch[] = [];
    for (const half of chunks(items, Math.ceil(items.length / 2)))
      batches.push(...(await this.#submit(half)));
    return batches;
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
