import { z } from 'zod';
import { SyncError } from '../lib/errors.ts';
import { parseJson, type HttpResponse } from '../lib/http.ts';
import { sentence } from '../words/told.ts';
import { parseErrors, SalesforceRefusal, unexpectedAnswer } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { QueryPage, SalesforceRecord } from './types.ts';

const pageSchema = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  // Checked for what they are, not copied value by value.
  records: z.array(z.custom<Record<string, unknown>>(isObject)),
});

const compositeSchema = z.object({
  compositeResponse: z.tuple([z.object({ httpStatusCode: z.number(), body: z.unknown() })]),
});

/** Longer addresses are refused (REST guide, "Status Codes": 414 above 16,384 bytes). */
const MAX_PATH_BYTES = 16_000;

/** `all` is the resource QueryAll, which sees deleted rows. */
export async function query(
  exchange: Exchange,
  root: string,
  soql: string,
  all: boolean,
): Promise<QueryPage> {
  const path = `${root}/${all ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`;
  if (path.length > MAX_PATH_BYTES) return longQuery(exchange, root, path);
  const response = await exchange.send({ method: 'GET', path, replayable: true });
  return toPage(parseJson(response.text), response);
}

/** @param locator `nextRecordsUrl` of a page; nothing else is asked for */
export async function queryMore(exchange: Exchange, locator: string): Promise<QueryPage> {
  if (!/^\/services\/data\/v\d+\.\d+\/query(All)?\/[\w-]+$/.test(locator)) {
    throw new SyncError(
      'SYNC_SALESFORCE_QUERY_REFUSED',
      sentence('This is no place to go on reading from.'),
      {
        locator,
      },
    );
  }
  const response = await exchange.send({ method: 'GET', path: locator, replayable: true });
  return toPage(parseJson(response.text), response);
}

/** A query too long for an address travels in the body of a composite call, as its only part. */
async function longQuery(exchange: Exchange, root: string, path: string): Promise<QueryPage> {
  const response = await exchange.send({
    method: 'POST',
    path: `${root}/composite`,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ compositeRequest: [{ method: 'GET', url: path, referenceId: 'query' }] }),
    replayable: true,
  });
  const answer = compositeSchema.safeParse(parseJson(response.text));
  if (!answer.success) throw unexpectedAnswer('composite');
  const [{ httpStatusCode, body }] = answer.data.compositeResponse;
  if (httpStatusCode >= 400) {
    throw new SalesforceRefusal(httpStatusCode, parseErrors(httpStatusCode, JSON.stringify(body)));
  }
  return toPage(body, response);
}

function toPage(body: unknown, response: HttpResponse): QueryPage {
  const page = pageSchema.safeParse(body);
  if (!page.success) throw unexpectedAnswer('query');
  const { records, totalSize, done, nextRecordsUrl } = page.data;
  if (!done && nextRecordsUrl === undefined) throw unexpectedAnswer('query');
  const serverTime = Date.parse(response.headers.date ?? '');
  if (Number.isNaN(serverTime)) throw unexpectedAnswer('Date header');
  return {
    records: records.map(toRecord),
    totalSize,
    next: done ? null : (nextRecordsUrl ?? null),
    serverTime,
  };
}

/**
 * A record without `attributes`, its parents and child rows likewise. An Id that was not selected is read from
 * the record's address; an aggregate row has neither, and an empty Id here.
 */
export function toRecord(raw: Record<string, unknown>): SalesforceRecord {
  const record = strip(raw);
  const { Id } = record;
  return Object.assign(record, { Id: typeof Id === 'string' ? Id : idFromAddress(raw.attributes) });
}

function idFromAddress(attributes: unknown): string {
  const url = isObject(attributes) ? attributes.url : undefined;
  return typeof url === 'string' ? (/\/([a-zA-Z0-9]{15,18})$/.exec(url)?.[1] ?? '') : '';
}

function strip(raw: Record<string, unknown>): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const name in raw) {
    if (name === 'attributes') continue;
    const value = raw[name];
    record[name] = isObject(value) ? nested(value) : value;
  }
  return record;
}

function nested(value: Record<string, unknown>): unknown {
  const { records } = value;
  return Array.isArray(records)
    ? records.map((child: unknown) => (isObject(child) ? strip(child) : child))
    : strip(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
