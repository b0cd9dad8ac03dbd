import axios from 'axios';
import type { HttpExchange, HttpFailure, HttpResult } from '../runtime/http.ts';
import { headerValue } from './credentials.ts';
import type { NamedCredential } from './credentials.ts';

/** Salesforce reads no more of an answer than that. */
const LARGEST_ANSWER = 12 * 1024 * 1024;

export interface CalloutOptions {
  /** The package's named credentials, by lower-case name. */
  readonly named: ReadonlyMap<string, NamedCredential>;
  /** Addresses that stand in for those of named credentials, by lower-case name. */
  readonly urls: ReadonlyMap<string, string>;
  readonly secrets: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

function failure(message: string): HttpFailure {
  return { failure: message };
}

/** Sends a callout over real HTTP. Only named credentials are reached: the package has no remote sites. */
export async function sendCallout(
  request: HttpExchange,
  options: CalloutOptions,
): Promise<HttpResult | HttpFailure> {
  const [, name = '', path = ''] = /^callout:(\w+)(.*)$/s.exec(request.endpoint) ?? [];
  if (name === '')
    return failure(
      `Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${request.endpoint}`,
    );
  const credential = options.named.get(name.toLowerCase());
  if (credential === undefined)
    return failure(`The callout couldn't access the endpoint. Named credential ${name} does not exist.`);
  const base = options.urls.get(name.toLowerCase()) ?? credential.url;
  const headers = new Map(request.headers);
  for (const [header, formula] of credential.headers)
    headers.set(header, headerValue(formula, options.secrets));
  try {
    const answer = await axios.request<ArrayBuffer>({
      url: base.replace(/\/$/, '') + path,
      method: request.method,
      headers: Object.fromEntries(headers),
      ...(request.body.length > 0 && { data: request.body }),
      responseType: 'arraybuffer',
      timeout: request.timeoutMilliseconds,
      maxRedirects: 0,
      maxContentLength: LARGEST_ANSWER,
      validateStatus: () => true,
      transformRequest: (data: unknown) => data,
    });
    const answered = Object.entries(answer.headers).map(([header, value]): [string, string] => [
      header,
      String(value),
    ]);
    return {
      status: answer.status,
      statusText: answer.statusText,
      headers: answered,
      body: Buffer.from(answer.data),
    };
  } catch (error) {
    if (axios.isAxiosError(error) && error.code === 'ECONNABORTED') return failure('Read timed out');
    return failure(error instanceof Error ? error.message : String(error));
  }
}
