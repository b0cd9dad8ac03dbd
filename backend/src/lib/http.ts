import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios from 'axios';
import { inEnglish, sentence, type Told } from '../words/told.ts';
import { SyncError } from './errors.ts';
import { assertAllowedUrl, isLoopbackAddress, isPrivateAddress } from './hosts.ts';

export interface HttpClientOptions {
  /** Where the account lives; checked against `hosts` before the client exists. A path in it is kept. */
  readonly baseUrl: string;
  /** Hosts that may be called; see `assertAllowedUrl`. */
  readonly hosts: readonly string[];
  /** Whether this machine may be called: for the sandbox, never in production. */
  readonly allowLoopback: boolean;
  /** Milliseconds from the call to the answer's last byte; a request may name its own. */
  readonly timeoutMs: number;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Appended to the base URL, with its query, already encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it stands; say what it is in `headers`. */
  readonly body?: string | Buffer;
  readonly timeoutMs?: number;
}

/** An answer of any status; a redirect is an answer like others and is never followed. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; a repeated header is joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface HttpClient {
  /** @throws HttpError when there is no whole answer; SyncError SYNC_HOST_NOT_ALLOWED for a forbidden address. */
  request(request: HttpRequest): Promise<HttpResponse>;
}

/**
 * No whole answer came. With `timeout` and `connection` the vendor may or may not have done the work;
 * with `unsent` it never heard of it.
 */
export class HttpError extends Error {
  readonly reason: 'timeout' | 'connection' | 'unsent' | 'too_large';
  /** What happened; `message` is the same in English. */
  readonly told: Told;
  override readonly name = 'HttpError';

  constructor(reason: HttpError['reason'], told: Told, options?: ErrorOptions) {
    super(inEnglish(told), options);
    this.reason = reason;
    this.told = told;
  }
}

const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;
const SOCKETS_PER_HOST = 16;

/**
 * The service's one way out: keep-alive connections, a bound on time and size, no redirects, no environment proxy,
 * and the address that was checked is the address that is connected to.
 *
 * @throws SyncError SYNC_HOST_NOT_ALLOWED when the base URL is not allowed
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const base = assertAllowedUrl(options.baseUrl, options.hosts, options.allowLoopback);
  const origin = base.origin;
  const prefix = origin + base.pathname.replace(/\/+$/, '');
  const agents = options.allowLoopback ? openAgents : pinnedAgents;
  const client = axios.create({
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MAX_RESPONSE_BYTES,
    maxBodyLength: MAX_RESPONSE_BYTES,
    responseType: 'text',
    transformResponse: (data: unknown) => data,
    transformRequest: (data: unknown) => data,
    validateStatus: () => true,
    httpAgent: agents.http,
    httpsAgent: agents.https,
  });

  return {
    async request(request) {
      const url = prefix + request.path;
      if (new URL(url).origin !== origin) {
        throw new SyncError('SYNC_HOST_NOT_ALLOWED', sentence('The path leads to another host.'));
      }
      const timeoutMs = request.timeoutMs ?? options.timeoutMs;
      try {
        const response = await client.request<string>({
          method: request.method,
          url,
          headers: { Accept: 'application/json', ...options.headers, ...request.headers },
          ...(request.body === undefined ? {} : { data: request.body }),
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { status: response.status, headers: flatten(response.headers), text: response.data ?? '' };
      } catch (error) {
        throw failure(error, timeoutMs);
      }
    },
  };
}

/** The body as JSON, or undefined where it is none (an HTML error page, nothing at all). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function flatten(headers: object): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers) as [string, unknown][]) {
    if (typeof value === 'string') flat[name.toLowerCase()] = value;
    else if (Array.isArray(value)) flat[name.toLowerCase()] = value.join(', ');
  }
  return flat;
}

/** Codes of a connection that was never made, so that not a byte of the request left. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function failure(error: unknown, timeoutMs: number): Error {
  if (!axios.isAxiosError(error)) {
    return axios.isCancel(error)
      ? timedOut(timeoutMs)
      : error instanceof Error
        ? error
        : new Error(String(error));
  }
  if (error.cause instanceof SyncError) return error.cause;
  if (error.code === 'ERR_CANCELED' || error.code === 'ECONNABORTED' || error.code === 'ETIMEDOUT') {
    return timedOut(timeoutMs);
  }
  const cause = error.code === undefined ? error.message : `${error.code} ${error.message}`;
  if (error.message.includes('maxContentLength')) return new HttpError('too_large', cause);
  return new HttpError(UNSENT.has(error.code ?? '') ? 'unsent' : 'connection', cause, { cause: error.cause });
}

function timedOut(timeoutMs: number): HttpError {
  return new HttpError('timeout', sentence('No answer within {ms} ms.', { ms: timeoutMs }));
}

interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * Resolves a name for the socket itself and refuses it if any of its addresses is not public, so that a name cannot
 * be checked as one address and connected to as another.
 */
function pinningLookup(allowLoopback: boolean) {
  return (hostname: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const inward = addresses.find(
        ({ address }) => isPrivateAddress(address) && !(allowLoopback && isLoopbackAddress(address)),
      );
      const [first] = addresses;
      if (inward || !first) {
        return callback(
          new SyncError('SYNC_HOST_NOT_ALLOWED', sentence('The host name leads into a private network.'), {
            hostname,
          }),
          [],
        );
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

function createAgents(allowLoopback: boolean): Agents {
  const options = {
    keepAlive: true,
    maxSockets: SOCKETS_PER_HOST,
    scheduling: 'lifo' as const,
    lookup: pinningLookup(allowLoopback),
  };
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}

const pinnedAgents = createAgents(false);
const openAgents = createAgents(true);
