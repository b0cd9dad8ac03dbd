import { PassThrough } from 'node:stream';
// The parts that are used alone: all of jsforce would take 8 MB of every worker's memory more.
import type { HttpRequest, HttpResponse } from 'jsforce';
import 'jsforce/lib/api/bulk2.js';
import { Connection } from 'jsforce/lib/connection.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import { Transport } from 'jsforce/lib/transport.js';
import type { Exchange, ExchangeRequest } from './exchange.ts';

/** jsforce builds absolute addresses; the exchange alone knows the real instance and takes only the path. */
const ANY_INSTANCE = 'https://instance.my.salesforce.com';

/** A job's data and its results are files of up to 100 MB. */
const JOB_DATA = /\/jobs\/ingest\/\w+\/(?:batches|\w+results|unprocessedrecords)$/i;
const JOB_DATA_TIMEOUT_MS = 10 * 60_000;

/** jsforce's view of the network: our exchange, so that its own retries, redirects and token refresh never run. */
class ExchangeTransport extends Transport {
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    super();
    this.#exchange = exchange;
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.#send(request) }));
  }

  async #send(request: HttpRequest): Promise<HttpResponse> {
    const { status, headers, text } = await this.#exchange.send(toExchange(request));
    return { statusCode: status, headers: { ...headers }, body: text };
  }
}

function toExchange({ method, url, headers = {}, body }: HttpRequest): ExchangeRequest {
  if (method === 'HEAD' || method === 'OPTIONS') throw new Error(`${method} is not a call of ours.`);
  if (body !== undefined && body !== null && typeof body !== 'string') {
    throw new Error('Only text is sent to Salesforce.');
  }
  const { pathname, search } = new URL(url);
  const sent = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length');
  return {
    method,
    path: pathname + search,
    headers: Object.fromEntries(sent),
    replayable: !startsOrFillsJob(method, pathname),
    ...(JOB_DATA.test(pathname) ? { timeoutMs: JOB_DATA_TIMEOUT_MS } : {}),
    ...(typeof body === 'string' ? { body } : {}),
  };
}

/** A second job would stand beside the first, and a job takes its data once: both are the bulk saver's to repeat. */
function startsOrFillsJob(method: string, path: string): boolean {
  return (
    (method === 'POST' && path.endsWith('/jobs/ingest')) || (method === 'PUT' && path.endsWith('/batches'))
  );
}

/** A jsforce connection whose every call goes through the exchange. @param version as in `67.0` */
export function createConnection(exchange: Exchange, version: string): Connection {
  const connection = new Connection({ instanceUrl: ANY_INSTANCE, version, logLevel: 'NONE' });
  connection._transport = new ExchangeTransport(exchange);
  return connection;
}
