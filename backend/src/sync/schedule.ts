import { DateTime } from 'luxon';

/** When outbound batches start. */
export type Schedule =
  | { readonly kind: 'continuous' }
  | { readonly kind: 'hourly'; readonly every: 1 | 2 | 3 | 4 | 6 | 8 | 12 }
  /** Once a day at `HH:MM` of the org's time zone. */
  | { readonly kind: 'daily'; readonly at: string };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DEFAULT_INTERVAL_MINUTES = 10;
/** How late a daily schedule that never ran is still started: nobody looks at the exact moment. */
const GRACE = HOUR;

/**
 * When the next batch is due by the clock alone; `now` when it is overdue. A run that was missed is made up
 * for once. A first run is due at once, a daily one at its time or up to an hour after it.
 *
 * Days follow the time zone: a time that the change to summer time skips is taken an hour later, one that the
 * change back repeats counts once, the first time.
 *
 * @param lastRunAt - Start of the last run, milliseconds; null when there was none.
 * @param now - Milliseconds.
 * @param timeZone - IANA name; unknown ones count as UTC.
 * @param intervalMinutes - Of the continuous schedule.
 */
export function nextRun(
  schedule: Schedule,
  lastRunAt: number | null,
  now: number,
  timeZone: string,
  intervalMinutes = DEFAULT_INTERVAL_MINUTES,
): number {
  switch (schedule.kind) {
    case 'continuous':
      return lastRunAt === null ? now : Math.max(now, lastRunAt + intervalMinutes * MINUTE);
    case 'hourly':
      return lastRunAt === null ? now : Math.max(now, lastRunAt + schedule.every * HOUR);
    case 'daily':
      return Math.max(now, firstDailyAfter(schedule.at, lastRunAt ?? now - GRACE, timeZone));
  }
}

/** What decides whether a batch starts now. Times are milliseconds. */
export interface DueQuestion {
  readonly schedule: Schedule;
  readonly lastStartedAt: number | null;
  readonly now: number;
  readonly timeZone: string;
  /** Records that wait to be written. */
  readonly waiting: number;
  /** So many waiting records start a continuous batch before its interval has passed. */
  readonly threshold: number;
  readonly intervalMinutes: number;
}

/** Whether a batch starts now. The threshold counts for the continuous schedule only: others are kept as set. */
export function isDue(question: DueQuestion): boolean {
  const { schedule, lastStartedAt, now, timeZone, waiting, threshold, intervalMinutes } = question;
  if (schedule.kind === 'continuous' && waiting > 0 && waiting >= threshold) return true;
  return nextRun(schedule, lastStartedAt, now, timeZone, intervalMinutes) <= now;
}

/** A notice starts no batch sooner than this after the last one began, whoever sends how many. Milliseconds. */
const NOTICE_GAP = 30_000;

/**
 * When a batch is due because somebody said that there is something to read; null where no notice waits, as a batch
 * that began since answers it. What people edit waits for no schedule. Times are milliseconds.
 */
export function nextNoticed(
  noticedAt: number | null,
  lastStartedAt: number | null,
  now: number,
): number | null {
  if (noticedAt === null) return null;
  if (lastStartedAt === null) return now;
  return noticedAt > lastStartedAt ? Math.max(now, lastStartedAt + NOTICE_GAP) : null;
}

/** The first moment after `after` at which the zone's clocks show `at`. */
function firstDailyAfter(at: string, after: number, timeZone: string): number {
  const time = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at);
  if (time === null) throw new RangeError(`"${at}" is not a time of day; write it as HH:MM.`);
  const zoned = DateTime.fromMillis(after, { zone: timeZone });
  const start = zoned.isValid ? zoned : DateTime.fromMillis(after, { zone: 'utc' });
  for (let day = start.startOf('day'); ; day = day.plus({ days: 1 })) {
    const moment = day.set({ hour: Number(time[1]), minute: Number(time[2]) }).toMillis();
    if (moment > after) return moment;
  }
}
