/** Something that happens at a time of the simulation. */
interface Happening {
  readonly at: number;
  readonly order: number;
  readonly work: () => void | Promise<void>;
}

/**
 * The simulation's time, and what happens in it, one thing after the other: a happening is carried out, everything
 * that it set going runs until it waits for another happening, and only then the next one has its turn. So a seed
 * that chooses the times chooses the order of everything.
 */
export class Scheduler {
  #now: number;
  #order = 0;
  readonly #heap: Happening[] = [];
  /** Real work that is under way although no happening is: set by who does it. */
  settle: () => Promise<void> = async () => undefined;
  /** How many happenings there were. */
  steps = 0;

  constructor(now: number) {
    this.#now = now;
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.#now;
  }

  /** Has something happen so many milliseconds from now. */
  after(milliseconds: number, work: Happening['work']): void {
    this.#order += 1;
    push(this.#heap, { at: this.#now + Math.max(0, milliseconds), order: this.#order, work });
  }

  /**
   * Lets time go on until something is so, or nothing is left to happen.
   * @returns whether it is so
   */
  async until(isSo: () => boolean, deadline = Infinity): Promise<boolean> {
    while (!isSo()) {
      const next = this.#heap[0];
      if (next === undefined || next.at > deadline) {
        if (Number.isFinite(deadline)) this.#now = Math.max(this.#now, deadline);
        return isSo();
      }
      pop(this.#heap);
      this.#now = Math.max(this.#now, next.at);
      this.steps += 1;
      await next.work();
      await turn();
      await this.settle();
    }
    return true;
  }

  /** Lets so much time pass. Milliseconds. */
  async pass(milliseconds: number): Promise<void> {
    await this.until(() => false, this.#now + milliseconds);
  }

  /** Lets what was called from outside run until it waits for the simulation. */
  async start<T>(work: () => T): Promise<T> {
    const started = work();
    await turn();
    await this.settle();
    return started;
  }
}

/** Everything that waits for nothing outside of this process runs before this resolves. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isBefore(a: Happening, b: Happening): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Happening[], happening: Happening): void {
  let place = heap.length;
  heap.push(happening);
  while (place > 0) {
    const above = (place - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(happening, parent)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = happening;
}

function pop(heap: Happening[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let place = 0;
  for (;;) {
    let below = 2 * place + 1;
    let child = heap[below];
    const other = heap[below + 1];
    if (child !== undefined && other !== undefined && isBefore(other, child)) {
      below += 1;
      child = other;
    }
    if (child === undefined || !isBefore(child, last)) break;
    heap[place] = child;
    place = below;
  }
  heap[place] = last;
}
