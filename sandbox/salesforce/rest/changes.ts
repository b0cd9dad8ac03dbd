import { DateTime, Duration } from 'luxon';
import { stampOf, wireDateTime } from '../org/time.ts';
import type { Row, Table } from '../org/types.ts';
import { ApiError } from '../org/types.ts';
import type { Answer, Call, Door } from './call.ts';
import { notFound, objectOf, ok } from './call.ts';

const MOST_IDS = 600_000;
const UPDATED_WINDOW = Duration.fromObject({ days: 30 }).toMillis();
const DELETED_WINDOW = Duration.fromObject({ days: 15 }).toMillis();
const MINUTE = 60_000;

interface Window {
  readonly table: Table;
  readonly start: string;
  readonly end: string;
  /** To the minute, and never in the future. */
  readonly covered: string;
}

function momentOf(call: Call, name: string): number {
  // A plus sign that the client did not escape arrives as a space.
  const text = (call.query[name] ?? '').replace(/ (?=\d{2}:?\d{2}$)/, '+');
  const moment = DateTime.fromISO(text, { zone: 'utc' });
  if (moment.isValid) return moment.toMillis();
  throw new ApiError(400, 'INVALID_REPLICATION_DATE', `${name} is missing or is not an ISO 8601 date`);
}

function windowOf(call: Call, longest: number): Window {
  const table = call.org.tableFor(call.user, objectOf(call).name);
  if (table?.schema.field('SystemModstamp') === undefined) throw notFound();
  const start = momentOf(call, 'start');
  const end = momentOf(call, 'end');
  const now = call.org.clock.now();
  if (start >= end) throw new ApiError(400, 'INVALID_REPLICATION_DATE', 'startDate must come before endDate');
  if (start < now - longest) {
    const days = longest / Duration.fromObject({ days: 1 }).toMillis();
    throw new ApiError(400, 'INVALID_REPLICATION_DATE', `startDate cannot be more than ${days} days ago`);
  }
  const covered = stampOf(Math.floor(Math.min(end, now) / MINUTE) * MINUTE);
  return { table, start: stampOf(start), end: stampOf(end), covered };
}

function* changedRows({ table, start, end }: Window): Generator<Row> {
  yield* table.range('SystemModstamp', { gte: start, lt: end }, 'asc') ?? [];
}

function limited<T>(items: T[]): T[] {
  if (items.length <= MOST_IDS) return items;
  throw new ApiError(400, 'EXCEEDED_ID_LIMIT', `${MOST_IDS} is the most ids that one call answers`);
}

function updated(call: Call): Answer {
  const window = windowOf(call, UPDATED_WINDOW);
  const ids = [...changedRows(window)].filter((row) => row['IsDeleted'] !== true).map((row) => row.Id);
  return ok({ ids: limited(ids), latestDateCovered: wireDateTime(window.covered) });
}

function deleted(call: Call): Answer {
  const window = windowOf(call, DELETED_WINDOW);
  const deletedRecords = [...changedRows(window)]
    .filter((row) => row['IsDeleted'] === true)
    .map((row) => ({ id: row.Id, deletedDate: wireDateTime(String(row['SystemModstamp'])) }));
  return ok({
    deletedRecords: limited(deletedRecords),
    earliestDateAvailable: wireDateTime(stampOf(call.org.clock.now() - DELETED_WINDOW)),
    latestDateCovered: wireDateTime(window.covered),
  });
}

/** sObject Get Updated and Get Deleted. */
export const changeDoors: readonly Door[] = [
  { method: 'GET', path: '/sobjects/:object/updated', handle: updated },
  { method: 'GET', path: '/sobjects/:object/deleted', handle: deleted },
];
