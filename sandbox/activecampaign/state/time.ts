import { DateTime, IANAZone } from 'luxon';
import type { Clock } from '../../common/clock.ts';

/** The account's time zone, in which every stamp is written. */
const ACCOUNT_ZONE = 'America/Chicago';

const HOUR = 3_600_000;
const zone = IANAZone.create(ACCOUNT_ZONE);

/** The account's time: the injected clock, or the due moment of a task that is carried out late. */
export class AccountTime implements Clock {
  readonly #clock: Clock;
  #as: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#as ?? this.#clock.now();
  }

  /** Does the work as if it were `at` (ms since the epoch). */
  as(at: number, work: () => void): void {
    this.#as = at;
    try {
      work();
    } finally {
      this.#as = undefined;
    }
  }
}

let cachedHour = Number.NaN;
let cachedOffset = 0;
let cachedAt = Number.NaN;
let cachedText = '';

/** Minutes east of UTC. Time zones change their offset on the hour at most, so one hour's answer is kept. */
function offsetAt(at: number): number {
  const hour = Math.floor(at / HOUR);
  if (hour !== cachedHour) {
    cachedHour = hour;
    cachedOffset = zone.offset(at);
  }
  return cachedOffset;
}

/** "2018-09-28 13:50:41": the account's wall clock, in whole seconds. */
export function wallTime(at: number): string {
  return localIso(at).replace('T', ' ');
}

/** "2018-09-28T13:50:41-05:00": with the account's offset, in whole seconds. */
export function isoTime(at: number): string {
  const offset = offsetAt(at);
  const minutes = Math.abs(offset);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${localIso(at)}${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** "2018-09-28" on the account's calendar. */
export function isoDay(at: number): string {
  return localIso(at).slice(0, 10);
}

/** Reads a date or date and time; without an offset it is the account's. Undefined when it is neither. */
export function parseTime(text: string): number | undefined {
  const parsed = DateTime.fromISO(text.trim().replace(/^(\d{4}-\d\d-\d\d) (\d)/, '$1T$2'), {
    zone: ACCOUNT_ZONE,
  });
  return parsed.isValid ? parsed.toMillis() : undefined;
}

/** Rows that were written at once have one time: the last one's text is kept. */
function localIso(at: number): string {
  if (at !== cachedAt) {
    cachedAt = at;
    cachedText = new Date(at + offsetAt(at) * 60_000).toISOString().slice(0, 19);
  }
  return cachedText;
}
