import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { errorBodySchema } from '../../backend/src/schemas/error.ts';

/** A call that was not answered with success. The message names it and what the other side said. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

const TOO_MANY = 429;
const BUSY = 503;
const ATTEMPTS = 10;

/** JSON over HTTP to one address, with the same headers every time. Waits where it is told that it calls too often. */
export class Http {
  readonly base: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #callsPerSecond: number;
  #nextAt = 0;

  /** @param callsPerSecond at most, so that others who call the same vendor are not kept waiting */
  constructor(
    base: string,
    headers: Readonly<Record<string, string>> = {},
    { callsPerSecond = Infinity }: { callsPerSecond?: number } = {},
  ) {
    this.base = base;
    this.#headers = headers;
    this.#callsPerSecond = callsPerSecond;
  }

  get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.send('GET', path, undefined, schema);
  }

  /** @throws CallFailed; ZodError when the answer has another shape */
  async send<T>(method: string, path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      await this.#turn();
      const response = await fetch(this.base + path, {
        method,
        headers: {
          ...this.#headers,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isRefused = response.status === TOO_MANY || (response.status === BUSY && method === 'GET');
      if (isRefused && attempt < ATTEMPTS) {
        await delay(1000 * Number(response.headers.get('Retry-After') ?? 1));
      } else if (response.ok) {
        return schema.parse(text === '' ? null : JSON.parse(text));
      } else {
        throw new CallFailed(`${method} ${this.base}${path} answered ${response.status}: ${reason(text)}`);
      }
    }
  }

  async #turn(): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + 1000 / this.#callsPerSecond;
    if (at > now) await delay(at - now);
  }
}

/** The service's own words for an error, else the beginning of the answer. */
function reason(text: string): string {
  try {
    const { error } = errorBodySchema.parse(JSON.parse(text));
    return `${error.code}: ${error.message} ${error.remedy}`;
  } catch {
    return text.slice(0, 300);
  }
}
