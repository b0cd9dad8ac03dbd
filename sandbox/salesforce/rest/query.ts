import { IdSequence, toId18 } from '../org/ids.ts';
import type { QueryResult, ResultRecord } from '../org/types.ts';
import { ApiError } from '../org/types.ts';
import type { Answer, Call, Door } from './call.ts';
import { ok } from './call.ts';
import { columnMetadata } from './query-columns.ts';
import { headerOptions } from './save-headers.ts';

const DEFAULT_PAGE = 2_000;
const SMALLEST_PAGE = 200;
/** Cursors an org keeps; the oldest gives way. */
const MOST_CURSORS = 100;

interface Cursor {
  readonly userId: string;
  readonly result: QueryResult;
  readonly pageSize: number;
}

function pageSizeOf(call: Call): number {
  const asked = Number(headerOptions(call.headers['sforce-query-options'])['batchsize'] ?? DEFAULT_PAGE);
  if (!Number.isFinite(asked)) return DEFAULT_PAGE;
  return Math.min(DEFAULT_PAGE, Math.max(SMALLEST_PAGE, Math.floor(asked)));
}

function recordsOf(result: QueryResult, from: number, to: number): readonly ResultRecord[] {
  return result.slice?.(from, to) ?? result.records.slice(from, to);
}

function isAggregate(result: QueryResult): boolean {
  return recordsOf(result, 0, 1)[0]?.attributes.type === 'AggregateResult';
}

/** Open query results, by locator. */
class Cursors {
  private readonly open = new Map<string, Cursor>();
  private readonly ids = new IdSequence('01g');

  first(call: Call, result: QueryResult): Answer {
    const pageSize = pageSizeOf(call);
    if (result.totalSize > pageSize && isAggregate(result)) {
      const message =
        'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
      throw new ApiError(400, 'EXCEEDED_ID_LIMIT', message);
    }
    return this.page(call, { userId: call.user.id, result, pageSize }, undefined, 0);
  }

  more(call: Call): Answer {
    const [, id = '', from = '0'] = /^(\w+)-(\d+)$/.exec(call.params['locator'] ?? '') ?? [];
    const cursor = this.open.get(toId18(id) ?? id);
    const offset = Number(from);
    if (cursor?.userId !== call.user.id || offset > cursor.result.totalSize) {
      throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    return this.page(call, cursor, toId18(id), offset);
  }

  private page(call: Call, cursor: Cursor, known: string | undefined, from: number): Answer {
    const { result, pageSize } = cursor;
    const records = recordsOf(result, from, from + pageSize);
    const reached = from + records.length;
    // COUNT() has a total and no records.
    const done = reached >= result.totalSize || records.length === 0;
    if (done) return ok({ totalSize: result.totalSize, done, records });
    const id = known ?? this.keep(cursor);
    const nextRecordsUrl = `/services/data/${call.version}/query/${id}-${reached}`;
    return ok({ totalSize: result.totalSize, done, nextRecordsUrl, records });
  }

  private keep(cursor: Cursor): string {
    const id = this.ids.take();
    const [oldest] = this.open.keys();
    if (this.open.size >= MOST_CURSORS && oldest !== undefined) this.open.delete(oldest);
    this.open.set(id, cursor);
    return id;
  }
}

/** Query, QueryAll and QueryMore: pages of up to 2,000 records. */
export function queryDoors(): readonly Door[] {
  const cursors = new Cursors();
  const run = (call: Call, all: boolean): Answer => {
    const soql = call.query['q'];
    if (soql === undefined) throw new ApiError(400, 'MALFORMED_QUERY', "unexpected token: '<EOF>'");
    if (call.query['columns']?.toLowerCase() === 'true') return ok(columnMetadata(call, soql));
    return cursors.first(call, call.org.query(call.user, soql, { all }));
  };
  return [
    { method: 'GET', path: '/query', handle: (call) => run(call, false) },
    { method: 'GET', path: '/queryAll', handle: (call) => run(call, true) },
    { method: 'GET', path: '/query/:locator', handle: (call) => cursors.more(call) },
    { method: 'GET', path: '/queryAll/:locator', handle: (call) => cursors.more(call) },
  ];
}
