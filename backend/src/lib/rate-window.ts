import type { Clock } from './clock.ts';

const SECOND_MS = 1_000;

/** How long after its sending a call may come to the vendor's count at the latest, if its answer does not show sooner. */
const GRACE_MS = 500;

/** Rates above this are no bound on anyone. */
const UNBOUNDED = 100;

interface Sending {
  readonly sentAt: number;
  endedAt: number | undefined;
}

/**
 * Keeps one process within a vendor's "so many calls in any second" where a call is punished for being a moment early.
 * A budget paces what is sent; but a stall of a machine or of the network can push calls together that were sent
 * apart. What is certain is that a call was counted before its answer came: the next but so many waits until a second
 * after that, less the time that the way there and back takes at the least.
 */
export class RateWindow {
  /** Calls in any second that the vendor allows. */
  perSecond: number;
  readonly #clock: Clock;
  #last: Promise<Sending | null>[] = [];
  #shortestTrip = GRACE_MS;

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.perSecond = perSecond;
  }

  /**
   * Waits until a call may be sent.
   * @param takeSlot - Waits for the call's slot in the budget that all processes share. It comes last: a call that waited
   *   for anything else after that would be late, and together with another process's calls too many.
   * @returns what to call when its answer is there, or it has failed
   */
  async enter(takeSlot: () => Promise<void>): Promise<() => void> {
    const blocker = this.perSecond > UNBOUNDED ? undefined : this.#last.at(-this.perSecond);
    const sending = this.#sendAfter(blocker, takeSlot);
    const known = sending.catch(() => null);
    this.#last = [...this.#last, known].slice(-Math.min(this.perSecond, UNBOUNDED));
    const sent = await sending;
    return () => {
      sent.endedAt = this.#clock.now();
      this.#shortestTrip = Math.min(this.#shortestTrip, sent.endedAt - sent.sentAt);
    };
  }

  async #sendAfter(
    blocker: Promise<Sending | null> | undefined,
    takeSlot: () => Promise<void>,
  ): Promise<Sending> {
    const before = await blocker;
    if (before != null) {
      // By then its answer is there, or else it was counted long ago.
      await this.#sleepUntil(before.sentAt + SECOND_MS - this.#shortestTrip);
      const counted = Math.min(before.endedAt ?? Infinity, before.sentAt + GRACE_MS);
      await this.#sleepUntil(counted + SECOND_MS - this.#shortestTrip);
    }
    await takeSlot();
    return { sentAt: this.#clock.now(), endedAt: undefined };
  }

  async #sleepUntil(time: number): Promise<void> {
    const rest = time - this.#clock.now();
    if (rest > 0) await this.#clock.sleep(rest);
  }
}

const windows = new WeakMap<Clock, Map<string, RateWindow>>();

/** The process's one window for an account, whoever calls it. @param account what the vendor counts by */
export function rateWindowOf(clock: Clock, account: string, perSecond: number): RateWindow {
  const ofClock = windows.get(clock) ?? new Map<string, RateWindow>();
  windows.set(clock, ofClock);
  const known = ofClock.get(account) ?? new RateWindow(clock, perSecond);
  ofClock.set(account, known);
  return known;
}
