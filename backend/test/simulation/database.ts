import { Database, type DatabaseOptions } from '../../src/store/database.ts';
import type { Tx } from '../../src/store/scope.ts';
import type { Gate, Machine } from './machine.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** Milliseconds that a transaction takes to begin, and its answer to come back. */
const TRIP = { least: 0, most: 4 };

/**
 * The real PostgreSQL under everybody's transactions, one at a time in the order of the simulation. A transaction
 * that waits for a vendor keeps the others waiting, as its locks may.
 */
export class DatabaseLane implements Gate {
  readonly database: Database;
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  #running: Promise<void> | null = null;
  readonly #waiting: (() => void)[] = [];
  #parked: Promise<void> | null = null;
  #park: (() => void) | null = null;

  constructor(database: Database, scheduler: Scheduler, random: Random) {
    this.database = database;
    this.#scheduler = scheduler;
    this.#random = random;
    scheduler.settle = () => this.#settle();
  }

  get isInside(): boolean {
    return this.#running !== null && this.#parked !== null;
  }

  leave(): void {
    this.#park?.();
    this.#parked = null;
    this.#park = null;
  }

  enter(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#parked = promise;
    this.#park = resolve;
  }

  /** A machine's transaction: begun after a while, and answered after a while, if the machine lives so long. */
  transaction<T>(machine: Machine, work: (database: Database) => Promise<T>): Promise<T> {
    const wait = machine.wait<T>();
    const begin = (): void => {
      if (!machine.isAlive) return;
      if (this.#running !== null) {
        this.#waiting.push(begin);
        return;
      }
      this.enter();
      this.#running = machine
        .run(() => work(this.database))
        .then(
          (value) => this.#scheduler.after(this.#trip(), () => wait.resolve(value)),
          (error: unknown) => this.#scheduler.after(this.#trip(), () => wait.reject(error)),
        )
        .then(() => {
          this.#running = null;
          this.leave();
          for (const next of this.#waiting.splice(0)) this.#scheduler.after(0, next);
        });
    };
    if (machine.isAlive) this.#scheduler.after(this.#trip(), begin);
    return wait.promise;
  }

  #trip(): number {
    return this.#random.whole(TRIP.least, TRIP.most);
  }

  /** Waits for the database as long as a transaction is inside of it. */
  async #settle(): Promise<void> {
    while (this.#running !== null && this.#parked !== null) await Promise.race([this.#running, this.#parked]);
  }
}

/** The database as one machine sees it. */
export class MachineDatabase extends Database {
  readonly #machine: Machine;
  readonly #lane: DatabaseLane;

  constructor(options: DatabaseOptions, machine: Machine, lane: DatabaseLane) {
    super(options);
    this.#machine = machine;
    this.#lane = lane;
  }

  override withTenant<T>(tenantId: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#lane.transaction(this.#machine, (database) => database.withTenant(tenantId, fn));
  }

  override system<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#lane.transaction(this.#machine, (database) => database.system(fn));
  }
}
