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

export type Limited = keyof typeof LIMITS;

export const LIMITED = Object.keys(LIMITS).filter((name): name is Limited => name in LIMITS);

/** What a transaction has used of its governor limits. */
export class Limits {
  private readonly used = new Map<Limited, number>();
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

  /** @throws LimitFailure where that is more than allowed. */
  use(name: Limited, amount = 1): void {
    const next = this.get(name) + amount;
    this.used.set(name, next);
    if (next > this.limit(name)) throw new LimitFailure(`${LIMITS[name].message}: ${next}`);
  }
}

/** Limits of queueables and scheduled jobs. */
export const ASYNC_LIMITS: Partial<Record<Limited, number>> = { Queries: 200, QueueableJobs: 1 };
