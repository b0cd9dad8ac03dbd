import type { Outcome, OutcomeKind } from '../store/outcomes.ts';
import type { Pace, Run, RunCounts, RunProgress } from '../store/runs.ts';

/** What a run has done so far. Mutable, owned by one run; counts survive a restart through `from`. */
export class Progress {
  stage = 'starting';
  readonly calls: { salesforce: number; platform: number };
  /** Records that were read, and of which all is stored. */
  readonly observed: { salesforce: number; platform: number };
  readonly #kinds: Record<OutcomeKind, number>;
  conflicts: number;
  /** Whether a complete read brought the records. */
  backfill: boolean;
  /** Outcomes of writes that another batch overtook, by Salesforce id. */
  readonly overtaken = new Map<string | null, Outcome>();
  readonly #claim: number;
  #pace: Pace;

  constructor(from: Pick<Run, 'claim' | 'backfill' | 'calls' | 'pace'> & { counts: Partial<RunCounts> }) {
    this.#claim = from.claim;
    this.backfill = from.backfill;
    this.calls = { salesforce: from.calls.salesforce ?? 0, platform: from.calls.platform ?? 0 };
    this.observed = {
      salesforce: from.counts.observed?.salesforce ?? 0,
      platform: from.counts.observed?.platform ?? 0,
    };
    this.#pace = from.pace ?? { total: null, since: null, done: 0 };
    this.conflicts = from.counts.conflicts ?? 0;
    this.#kinds = {
      created: from.counts.created ?? 0,
      updated: from.counts.updated ?? 0,
      linked: from.counts.linked ?? 0,
      unchanged: from.counts.unchanged ?? 0,
      skipped: from.counts.skipped ?? 0,
      failed: from.counts.failed ?? 0,
      stopped: from.counts.stopped ?? 0,
    };
  }

  count(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) this.#kinds[outcome.kind] += 1;
  }

  /** Records of which it is known what became of them. */
  get done(): number {
    return Object.values(this.#kinds).reduce((sum, count) => sum + count, 0);
  }

  /** Says how many records a first sync is about, before it has read them. */
  expect(total: number): void {
    this.#pace = { ...this.#pace, total };
  }

  /** Says that what is expected is written from now on. */
  beginExpected(now: number): void {
    this.begin((this.#pace.total ?? 0) - this.done, now);
  }

  /** Says that the run writes from now on, and how many records wait for it. */
  begin(waiting: number, now: number): void {
    this.#pace = { total: this.done + waiting, since: now, done: this.done };
  }

  snapshot(): RunProgress {
    return {
      claim: this.#claim,
      backfill: this.backfill,
      stage: this.stage,
      counts: { observed: { ...this.observed }, ...this.#kinds, conflicts: this.conflicts },
      calls: { ...this.calls },
      pace: this.#pace,
    };
  }
}
