import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll } from '@jest/globals';
import type { Clock } from '../../src/lib/clock.ts';
import { Database, type DatabaseOptions } from '../../src/store/database.ts';
import type { Tx } from '../../src/store/scope.ts';
import type { Activity } from './virtual-time.ts';

/** What the code of a dead process meets at every door. */
export class Death extends Error {
  override readonly name = 'Death';
}

const current = new AsyncLocalStorage<Mortal>();
// Else every promise of the test files that follow in this process would be followed, too.
afterAll(() => {
  current.disable();
});

/**
 * A process of the service that dies at a chosen point. Points are counted wherever it waits for something outside
 * of it; from its death on it reaches nothing any more, as if it had been killed there.
 */
export class Mortal {
  /** Where it was, in order. */
  readonly points: string[] = [];
  /** Points that came right after something was done that stays, counted from 1: to die there leaves another world. */
  readonly effects: number[] = [];
  readonly #diesAt: number;
  #isDead = false;

  /** @param diesAt the point, counted from 1; none by default */
  constructor(diesAt = Infinity) {
    this.#diesAt = diesAt;
  }

  /** Whose code is running. */
  static get current(): Mortal | undefined {
    return current.getStore();
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  run<T>(work: () => T): T {
    return current.run(this, work);
  }

  /**
   * Comes to a point.
   * @param isEffect whether something was done just now that stays when the process dies
   * @throws Death there and at each later one
   */
  reach(point: string, isEffect = false): void {
    if (!this.#isDead) this.points.push(point);
    if (!this.#isDead && isEffect) this.effects.push(this.points.length);
    this.#isDead ||= this.points.length >= this.#diesAt;
    if (this.#isDead) throw new Death(point);
  }

  /** Its clock: the dead do not wake. */
  clockOf(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      sleep: async (milliseconds, signal) => {
        if (this.#isDead) throw new Death('sleep');
        await clock.sleep(milliseconds, signal);
        if (this.#isDead) throw new Death('sleep');
      },
    };
  }
}

/**
 * The database as a process sees it. It may die before each transaction, between its statements, before COMMIT, which
 * leaves a transaction to be rolled back as PostgreSQL does when a connection breaks, and before it hears of COMMIT.
 */
export class MortalDatabase extends Database {
  readonly #mortal: Mortal;
  readonly #inner: Database;
  readonly #activity: Activity;

  constructor(options: DatabaseOptions, parts: { mortal: Mortal; inner: Database; activity: Activity }) {
    super(options);
    this.#mortal = parts.mortal;
    this.#inner = parts.inner;
    this.#activity = parts.activity;
  }

  override withTenant<T>(tenantId: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#guarded(fn, (guarded) => this.#inner.withTenant(tenantId, guarded));
  }

  override system<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#guarded(fn, (guarded) => this.#inner.system(guarded));
  }

  #guarded<T>(
    fn: (tx: Tx) => Promise<T>,
    transact: (guarded: (tx: Tx) => Promise<T>) => Promise<T>,
  ): Promise<T> {
    return this.#activity.of(async () => {
      this.#mortal.reach('BEGIN');
      let change: string | undefined;
      const note = (statement: string): void => {
        if (isChange(statement)) change ??= statement;
      };
      const result = await transact(async (tx) => {
        const done = await fn(this.#watched(tx, note));
        this.#mortal.reach('COMMIT');
        return done;
      });
      this.#mortal.reach(`COMMIT of ${change ?? 'nothing'}`, change !== undefined);
      return result;
    });
  }

  #watched(tx: Tx, note: (statement: string) => void): Tx {
    return new Proxy(tx, {
      get: (target, property) => {
        if (property !== 'query') return Reflect.get(target, property) as unknown;
        return (...query: Parameters<Tx['query']>) => {
          const statement = String(query[0]).trim().replace(/\s+/g, ' ').slice(0, 60);
          this.#mortal.reach(statement);
          note(statement);
          return target.query(...query);
        };
      },
    });
  }
}

/** Signs of life and calls that are counted: they are stored, and nothing hangs on them. */
const bookkeeping = /\bbudget|^UPDATE run SET stage/;

function isChange(statement: string): boolean {
  return /^(INSERT|UPDATE|DELETE|WITH)\b/.test(statement) && !bookkeeping.test(statement);
}
