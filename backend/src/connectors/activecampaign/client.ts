import type { z } from 'zod';
import type { CallBudget } from '../../lib/budget.ts';
import type { Clock } from '../../lib/clock.ts';
import { SyncError } from '../../lib/errors.ts';
import {
  createHttpClient,
  HttpError,
  parseJson,
  type HttpClient,
  type HttpResponse,
} from '../../lib/http.ts';
import type { Logger } from '../../lib/logger.ts';
import { rateWindowOf, type RateWindow } from '../../lib/rate-window.ts';
import { sentence } from '../../words/told.ts';
import { PlatformRefusal, unexpectedAnswer } from './errors.ts';
import { manifest } from './manifest.ts';

export interface ClientOptions {
  /** The account's own address, as its developer settings show it. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly budget: CallBudget;
  readonly clock: Clock;
  /** Whether the account may be the sandbox on this machine. */
  readonly allowLoopback: boolean;
  readonly logger?: Logger | undefined;
  /** Jitter, from 0 up to 1. */
  readonly random?: (() => number) | undefined;
}

export type Query = readonly (readonly [name: string, value: string])[];

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/3`, or from the root where `v1` says so. */
  readonly path: string;
  readonly query?: Query;
  /** JSON text, or form text for v1. */
  readonly body?: string;
  /** Whether the call may be sent again when its answer was lost: it says the same twice. */
  readonly repeatable: boolean;
  /** The older API, which takes forms. */
  readonly v1?: boolean;
  /** The window of the budget that every attempt costs: `requests` unless it has one of its own. */
  readonly window?: string;
  /**
   * Whether the call is still to be made: it may have waited for its turn. Asked right before each attempt until one
   * may have been carried out.
   */
  readonly isMeant?: (() => Promise<boolean>) | undefined;
}

/** A call that was not meant any more, and was not made. */
export class NotMeant extends Error {
  override readonly name = 'NotMeant';
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The vendor's time of the answer, milliseconds. */
  readonly serverTime: number;
}

const READ_TIMEOUT_MS = 30_000;
const WRITE_TIMEOUT_MS = 60_000;
const MAX_RETRIES = 4;
const MAX_RATE_WAITS = 5;
const FIRST_PAUSE_MS = 500;
const FORBIDDEN_PAUSE_MS = 1_000;
/** The first wait where `Retry-After` says nothing: calls are counted by the second. Each further one is twice as long. */
const FIRST_RATE_PAUSE_MS = 1_000;
/** Imports are counted by the minute. */
const IMPORT_PAUSE_MS = 20_000;

/** What a failed attempt leads to. */
type Verdict =
  { readonly kind: 'again'; readonly pause: number } | { readonly kind: 'fail'; readonly error: unknown };

/** ActiveCampaign over HTTP, with our rules on every call; what is said in it is the callers' matter. */
export class ActiveCampaignClient {
  readonly #options: ClientOptions;
  readonly #http: HttpClient;
  readonly #rateWindow: RateWindow;
  readonly #random: () => number;
  /** Calls that have been allowed before, by method and path without ids. */
  readonly #allowed = new Set<string>();
  #reportedRate: number | undefined;

  /** @throws SyncError SYNC_HOST_NOT_ALLOWED */
  constructor(options: ClientOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
    const baseUrl = options.baseUrl.replace(/(\/api\/3)?\/*$/, '');
    this.#rateWindow = rateWindowOf(options.clock, baseUrl, manifest.limits.requestsPerSecond);
    this.#http = createHttpClient({
      baseUrl,
      hosts: manifest.hosts,
      allowLoopback: options.allowLoopback,
      timeoutMs: READ_TIMEOUT_MS,
      headers: { 'Api-Token': options.apiKey },
    });
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  get logger(): Logger | undefined {
    return this.#options.logger;
  }

  async get<S extends z.ZodType>(path: string, query: Query, schema: S): Promise<z.output<S>> {
    const { body } = await this.send({ method: 'GET', path, query, repeatable: true });
    return expect(schema, body, path);
  }

  /** Pages of 100 until one has fewer rows than that (API reference, "Pagination"). */
  async *pages<S extends z.ZodType>(
    path: string,
    query: Query,
    schema: S,
    rowsOf: (page: z.output<S>) => readonly unknown[],
  ): AsyncGenerator<z.output<S>> {
    const { readPage } = manifest.limits;
    for (let offset = 0; ; offset += readPage) {
      const paging = [
        ['limit', String(readPage)],
        ['offset', String(offset)],
      ] as const;
      const page = await this.get(path, [...query, ...paging], schema);
      yield page;
      if (rowsOf(page).length < readPage) return;
    }
  }

  async write<S extends z.ZodType>(
    method: 'POST' | 'PUT' | 'PATCH',
    path: string,
    content: unknown,
    schema: S,
    how: Pick<Call, 'repeatable' | 'isMeant'>,
  ): Promise<{ status: number; body: z.output<S> }> {
    const { status, body } = await this.send({ method, path, body: JSON.stringify(content), ...how });
    return { status, body: expect(schema, body, path) };
  }

  /**
   * One call: budget, limits read from the answer, retries of what may be retried.
   * @throws PlatformRefusal where the vendor refused what was said, NotMeant; SyncError for everything else
   */
  async send(call: Call): Promise<Answer> {
    let rateWaits = 0;
    let wasForbidden = false;
    for (let attempt = 0; ; attempt += 1) {
      // A call that was over the rate was surely not carried out.
      const isFirst = attempt === rateWaits;
      const response = await this.#attempt(call, isFirst ? call.isMeant : undefined);
      if (!(response instanceof HttpError) && response.status < 300) return this.#answer(call, response);
      const rate = rateRefusal(response, rateWaits);
      let verdict: Verdict;
      if (rate !== undefined) {
        await this.#options.budget.report({ kind: 'refused', retryAfter: rate });
        verdict = rateWaits < MAX_RATE_WAITS ? { kind: 'again', pause: rate } : rateFailure(rate);
        rateWaits += 1;
      } else if (response instanceof HttpError) verdict = this.#lost(call, response, attempt);
      else if (isPassing(response.status)) verdict = this.#unavailable(call, response, attempt);
      else {
        verdict = this.#refused(call, response, wasForbidden);
        wasForbidden = true;
      }
      if (verdict.kind === 'fail') throw verdict.error;
      this.logger?.warn(
        { call: routeOf(call), attempt, pause: verdict.pause },
        'ActiveCampaign call is retried',
      );
      await this.clock.sleep(verdict.pause);
    }
  }

  async #attempt(call: Call, isMeant: Call['isMeant']): Promise<HttpResponse | HttpError> {
    const { window = 'requests' } = call;
    const takeSlot = (): Promise<void> => this.#options.budget.take(window);
    const leave = window === 'requests' ? await this.#rateWindow.enter(takeSlot) : undefined;
    if (leave === undefined) await takeSlot();
    try {
      if (isMeant !== undefined && !(await isMeant())) throw new NotMeant();
      const response = await this.#http.request({
        method: call.method,
        path: (call.v1 ? call.path : `/api/3${call.path}`) + queryText(call.query),
        timeoutMs: call.method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS,
        ...(call.body === undefined ? {} : { body: call.body, headers: contentType(call) }),
      });
      await this.#observe(response);
      return response;
    } catch (error) {
      if (error instanceof HttpError) return error;
      throw error;
    } finally {
      leave?.();
    }
  }

  async #observe({ headers }: HttpResponse): Promise<void> {
    const perSecond = Number(headers['ratelimit-limit']);
    if (!(perSecond > 0) || perSecond === this.#reportedRate) return;
    this.#reportedRate = perSecond;
    this.#rateWindow.perSecond = perSecond;
    await this.#options.budget.report({ kind: 'rate', requestsPerSecond: perSecond });
  }

  #answer(call: Call, { status, text, headers }: HttpResponse): Answer {
    this.#allowed.add(routeOf(call));
    const body = text === '' ? {} : parseJson(text);
    if (body === undefined) throw unexpectedAnswer(call.path);
    const serverTime = Date.parse(headers.date ?? '');
    return { status, body, serverTime: Number.isNaN(serverTime) ? this.clock.now() : serverTime };
  }

  #lost(call: Call, error: HttpError, attempt: number): Verdict {
    const mayRepeat = error.reason === 'unsent' || (call.repeatable && error.reason !== 'too_large');
    if (mayRepeat && attempt < MAX_RETRIES) return this.#again(attempt);
    const message = sentence('ActiveCampaign did not answer: {reason}', { reason: error.told });
    return fail(
      new SyncError('SYNC_PLATFORM_UNREACHABLE', message, { reason: error.reason }, { cause: error }),
    );
  }

  #unavailable(call: Call, { status, text }: HttpResponse, attempt: number): Verdict {
    if (call.repeatable && attempt < MAX_RETRIES) return this.#again(attempt);
    const { message } = new PlatformRefusal(status, parseJson(text));
    return fail(new SyncError('SYNC_PLATFORM_UNAVAILABLE', `ActiveCampaign: ${message}`, { status }));
  }

  /** The vendor sometimes forbids what it allowed a moment ago; once is not believed. */
  #refused(call: Call, { status, text }: HttpResponse, wasForbidden: boolean): Verdict {
    // The whole account is meant, whatever the call was about (API reference, "Errors").
    if (status === 402) return fail(new SyncError('SYNC_PLATFORM_PAYMENT_DUE', undefined, { status }));
    const body = parseJson(text);
    const isDenial = status === 401 || status === 403;
    if (status < 400 || (body === undefined && !isDenial)) {
      return fail(new SyncError('SYNC_PLATFORM_ANSWER_UNEXPECTED', undefined, { status, path: call.path }));
    }
    const refusal = new PlatformRefusal(status, body);
    const isMomentary = status === 403 && !refusal.isNotFound && this.#allowed.has(routeOf(call));
    if (isMomentary && !wasForbidden) return { kind: 'again', pause: FORBIDDEN_PAUSE_MS };
    return fail(refusal);
  }

  #again(attempt: number): Verdict {
    return { kind: 'again', pause: Math.round(FIRST_PAUSE_MS * 2 ** attempt * (0.5 + this.#random() / 2)) };
  }
}

/** @throws SyncError SYNC_PLATFORM_ANSWER_UNEXPECTED */
export function expect<S extends z.ZodType>(schema: S, body: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw unexpectedAnswer(what);
}

function fail(error: unknown): Verdict {
  return { kind: 'fail', error };
}

/**
 * For how long the vendor asks to be left alone, undefined where rate is not the matter. Imports say it by a 400.
 * @param waits how often the call has waited for its rate
 */
function rateRefusal(response: HttpResponse | HttpError, waits: number): number | undefined {
  if (response instanceof HttpError) return undefined;
  const { status, headers, text } = response;
  if (status === 400 && /"rate limit exceeded/i.test(text)) return IMPORT_PAUSE_MS;
  if (status !== 429) return undefined;
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return seconds >= 0 ? seconds * 1_000 : FIRST_RATE_PAUSE_MS * 2 ** waits;
}

function rateFailure(retryAfter: number): Verdict {
  return fail(new SyncError('SYNC_PLATFORM_RATE_LIMITED', undefined, { retryAfter }));
}

/** The server's own trouble, or a call that did not reach it in time. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 408;
}

function routeOf({ method, path }: Call): string {
  return `${method} ${path.replace(/\/\d+/g, '/:id')}`;
}

function queryText(query: Query | undefined): string {
  if (query === undefined || query.length === 0) return '';
  const params = new URLSearchParams();
  for (const [name, value] of query) params.append(name, value);
  return `?${params.toString()}`;
}

function contentType({ v1 }: Call): Record<string, string> {
  return { 'Content-Type': v1 ? 'application/x-www-form-urlencoded' : 'application/json' };
}
