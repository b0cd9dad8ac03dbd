import type { CallBudget } from '../lib/budget.ts';
import type { Clock } from '../lib/clock.ts';
import { SyncError } from '../lib/errors.ts';
import {
  createHttpClient,
  HttpError,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
} from '../lib/http.ts';
import type { Logger } from '../lib/logger.ts';
import { sentence } from '../words/told.ts';
import { codeOf, parseErrors, SalesforceRefusal } from './errors.ts';
import { SALESFORCE_HOSTS } from './hosts.ts';
import type { Access, AccessTokens } from './types.ts';

export interface ExchangeOptions {
  readonly tokens: AccessTokens;
  readonly budget: CallBudget;
  readonly clock: Clock;
  /** Sent with every call. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the org may be the sandbox on this machine. */
  readonly allowLoopback: boolean;
  readonly logger?: Logger | undefined;
  /** Jitter, from 0 up to 1. */
  readonly random?: (() => number) | undefined;
}

export interface ExchangeRequest {
  readonly method: HttpRequest['method'];
  /** Under the instance's origin: `/services/data/…`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the call may be sent again when its answer was lost. */
  readonly replayable: boolean;
  /** Milliseconds; without it, as reads and writes usually take. */
  readonly timeoutMs?: number;
}

export interface Exchange {
  /**
   * One call with everything that every call needs: budget, token and its renewal, limits read from the answer,
   * retries of what may be retried.
   * @returns an answer below 400
   * @throws SalesforceRefusal for an error answer, SyncError where the call could not be made
   */
  send(request: ExchangeRequest): Promise<HttpResponse>;
  usage(): { used: number; limit: number } | null;
}

const READ_TIMEOUT_MS = 30_000;
const WRITE_TIMEOUT_MS = 120_000;
const MAX_RETRIES = 4;
/** What another call has just renewed may have ended again. */
const MAX_RENEWALS = 2;
const FIRST_PAUSE_MS = 500;
const BUSY_PAUSE_MS = 30_000;

/** Salesforce over HTTP, with our rules on every call; what is said in it is the callers' matter. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { tokens, budget, clock, logger, random = Math.random } = options;
  let known: { instanceUrl: string; http: HttpClient } | undefined;
  let usage: { used: number; limit: number } | null = null;

  function clientFor(instanceUrl: string): HttpClient {
    if (known?.instanceUrl !== instanceUrl) {
      const http = createHttpClient({
        baseUrl: instanceUrl,
        hosts: SALESFORCE_HOSTS,
        allowLoopback: options.allowLoopback,
        timeoutMs: READ_TIMEOUT_MS,
        headers: options.headers,
      });
      known = { instanceUrl, http };
    }
    return known.http;
  }

  async function observe(response: HttpResponse): Promise<void> {
    const match = /api-usage=(\d+)\/(\d+)/.exec(response.headers['sforce-limit-info'] ?? '');
    if (!match) return;
    usage = { used: Number(match[1]), limit: Number(match[2]) };
    await budget.report({ kind: 'daily', ...usage });
  }

  async function call(request: ExchangeRequest, access: Access): Promise<HttpResponse> {
    await budget.take('daily');
    const response = await clientFor(access.instanceUrl).request({
      method: request.method,
      path: request.path,
      headers: { ...request.headers, Authorization: `Bearer ${access.accessToken}` },
      timeoutMs: request.timeoutMs ?? (isRead(request) ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    await observe(response);
    return response;
  }

  /** @throws HttpError, SalesforceRefusal, SyncError */
  async function authorized(request: ExchangeRequest): Promise<HttpResponse> {
    let access = await tokens.current();
    for (let renewals = 0; ; renewals += 1) {
      const response = await call(request, access);
      if (response.status < 400) return response;
      const refusal = new SalesforceRefusal(response.status, parseErrors(response.status, response.text));
      const hasEnded = response.status === 401 && refusal.has('INVALID_SESSION_ID');
      if (!hasEnded || renewals >= MAX_RENEWALS) throw refusal;
      access = await tokens.renew(access.accessToken);
    }
  }

  return {
    usage: () => usage,
    async send(request) {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await authorized(request);
        } catch (error) {
          if (error instanceof SalesforceRefusal && codeOf(error.errors[0]) === 'SYNC_SALESFORCE_BUSY') {
            await budget.report({ kind: 'refused', retryAfter: BUSY_PAUSE_MS });
          }
          if (attempt >= MAX_RETRIES || !mayRetry(error, request)) throw unreachable(error);
          const pause = FIRST_PAUSE_MS * 2 ** attempt * (0.5 + random() / 2);
          logger?.warn(
            { path: request.path.split('?')[0], attempt, pause, reason: String(error) },
            'Salesforce call is retried',
          );
          await clock.sleep(Math.round(pause));
        }
      }
    },
  };
}

function isRead(request: ExchangeRequest): boolean {
  return request.method === 'GET';
}

function mayRetry(error: unknown, request: ExchangeRequest): boolean {
  if (error instanceof HttpError) {
    return error.reason === 'unsent' || (request.replayable && error.reason !== 'too_large');
  }
  return (
    error instanceof SalesforceRefusal &&
    request.replayable &&
    codeOf(error.errors[0], error.status) === 'SYNC_SALESFORCE_UNAVAILABLE'
  );
}

function unreachable(error: unknown): unknown {
  if (!(error instanceof HttpError)) return error;
  return new SyncError(
    'SYNC_SALESFORCE_UNREACHABLE',
    sentence('Salesforce did not answer: {reason}', { reason: error.told }),
    { reason: error.reason },
    { cause: error },
  );
}
