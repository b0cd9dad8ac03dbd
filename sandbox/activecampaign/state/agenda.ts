import type { AccountTime } from './time.ts';

interface Task {
  readonly at: number;
  readonly work: () => void;
}

/** What the vendor does by itself later on: tasks in order of their due time, done as if at that time. */
export class Agenda {
  readonly #time: AccountTime;
  #tasks: Task[] = [];

  constructor(time: AccountTime) {
    this.#time = time;
  }

  add(at: number, work: () => void): void {
    const place = this.#tasks.findLastIndex((task) => task.at <= at) + 1;
    this.#tasks.splice(place, 0, { at, work });
  }

  /** Does everything that is due, and what that brings in turn if it is due as well. */
  run(): void {
    const now = this.#time.now();
    let next = this.#tasks[0];
    while (next !== undefined && next.at <= now) {
      this.#tasks.shift();
      this.#time.as(next.at, next.work);
      next = this.#tasks[0];
    }
  }
}
