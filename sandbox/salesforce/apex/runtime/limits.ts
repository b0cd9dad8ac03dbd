import { LimitFailure } from './errors.ts';

/** What a transaction may use, and what Apex calls it (Execution Governors and Limits). */
const LIMITS = {
  Queries: { most: 100, message: 'Too many SOQL queries' },
  QueryRows: { most: 50_000, message: 'Too many query rows' },
  DmlStatements: { most: 150, message: 'Too many DML statements' },
  DmlRows: { most: 10_000, message: 'Too many DML rows' },
  Callouts: { most: 100, message: 'Too many callouts' },
  QueueableJobs: { most: 50, message: 'Too many queueable jobs added to the queue' },
} as const;

/** Statements that no honest transaction runs within ten seconds. */
const MOST_STATEMENTS = 20_000_000;

export type Limited = keyof typeof LIMITS;

export const LIMITED = Object.keys(LIMITS).filter((name): name is Limited => name in LIMITS);

/** What a transaction has used of its governor limits. */
export class Limits {
  private readonly used = new Map<Limited, number>();
  private steps = 0;
  private readonly most: Partial<Record<Limited, number>>;

  /** @param most limits that differ from those of a synchronous transaction. */
  constructor(most: Partial<Record<Limited, number>> = {}) {
    this.most = most;
  }

  get(name: Limited): number {
    return this.used.get(name) ?? 0;
  }

  limit(name: Limited): number {
    return this.most[name] ?? LIMITS[name].most;
  }

  /**
   * Counts a statement: a stand-in for the CPU time limit that does not hang on the machine's speed.
   * @throws LimitFailure for a transaction that does not end.
   */
  step(): void {
    this.steps += 1;
    if (this.steps > MOST_STATEMENTS) throw new LimitFailure('Apex CPU time limit exceeded');
  }

  /** @throws LimitFailure where that is more than allowed. */
  use(name: Limited, amount = 1): void {
    const next = this.get(name) + amount;
    this.used.set(name, next);
    if (next > this.limit(name)) throw new LimitFailure(`${LIMITS[name].message}: ${next}`);
  }
}

/** Limits of queueables and scheduled jobs. */
export const ASYNC_LIMITS: Partial<Record<Limited, number>> = { Queries: 200, QueueableJobs: 1 };
