import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { buildApp, type App, type Overrides } from '../../src/app.ts';
import { loadConfig, type Config } from '../../src/config.ts';
import { errorBodySchema, type ErrorBody } from '../../src/schemas/error.ts';
import type { TestDatabase } from './database.ts';

export interface TestService {
  readonly app: App;
  readonly config: Config;
  /** Where it listens. */
  readonly origin: string;
  /** Everything that was logged so far. */
  readonly log: () => string;
  /** One HTTP request. `token` is sent as the bearer token, `body` as JSON. */
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
}

export interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
  /** Sent as it stands, in place of `body`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined where it is no JSON. */
  readonly json: unknown;
  /** The error that the body tells of, if it does. */
  readonly error: ErrorBody['error'] | undefined;
}

const testMasterKey = randomBytes(32).toString('base64');

/** The environment of a service for tests: on the sandbox's rules, quiet limits, a log at every level. */
export function testEnvironment(database: TestDatabase, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'test',
    PORT_SERVICE: '0',
    DATABASE_URL: database.url,
    DATABASE_SCHEMA: database.schema,
    DATABASE_CONNECTIONS: '5',
    MASTER_KEY: testMasterKey,
    LOG_LEVEL: 'debug',
    DOCS: 'false',
    SANDBOX: 'true',
    MAX_EVENT_LOOP_DELAY_MS: '0',
    RATE_LIMIT_STRANGERS_PER_MINUTE: '1000',
    ...more,
  };
}

/** A service that listens until the test file's end, on a free port unless PORT_SERVICE names one. */
export async function startService(
  database: TestDatabase,
  more: NodeJS.ProcessEnv = {},
  overrides: Overrides = {},
): Promise<TestService> {
  const lines: string[] = [];
  const logStream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const config = loadConfig(testEnvironment(database, more));
  const app = await buildApp(config, { logStream, ...overrides });
  const origin = await app.listen({ host: '127.0.0.1', port: config.port });
  database.atEnd(() => app.close());
  return {
    app,
    config,
    origin,
    log: () => lines.join(''),
    call: async (method, path, { token, body, raw, headers } = {}) => {
      const sent = body === undefined ? raw : JSON.stringify(body);
      const response = await fetch(origin + path, {
        method,
        redirect: 'manual',
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(sent === undefined ? {} : { body: sent }),
      });
      const text = await response.text();
      const json = parse(text);
      return {
        status: response.status,
        headers: response.headers,
        text,
        json,
        error: errorBodySchema.safeParse(json).data?.error,
      };
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
