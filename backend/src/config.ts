import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { MasterKey } from './lib/vault.ts';

/** Everything that the environment decides, checked once at start. */
export interface Config {
  readonly environment: 'development' | 'test' | 'production';
  readonly host: string;
  readonly port: number;
  /** Where browsers and vendors reach the service, without a slash at the end. */
  readonly publicUrl: string;
  /** Whether `X-Forwarded-…` headers are believed. */
  readonly trustProxy: boolean;
  readonly logLevel: string;
  /** Opens `/metrics`; without it only this machine may read them. */
  readonly metricsToken: string | undefined;
  /** Whether `/docs` shows the API. */
  readonly docs: boolean;
  readonly database: { readonly url: string; readonly schema: string; readonly connections: number };
  /** The first one wraps data keys; the others open older ones. */
  readonly masterKeys: readonly [MasterKey, ...MasterKey[]];
  readonly sync: {
    /** Minutes after which a batch starts. */
    readonly intervalMinutes: number;
    /** Waiting records at which a batch starts at once. */
    readonly batchThreshold: number;
    /** Runs that one process works on at the same time. */
    readonly concurrency: number;
    /** Whether the process that serves requests carries runs out, too; if not, workers do. */
    readonly inServer: boolean;
  };
  /** How long what happened is kept: runs, outcomes, settled conflicts, and apart from them runs that found nothing. */
  readonly retention: { readonly keepDays: number; readonly keepIdleHours: number };
  readonly salesforce: {
    /** Hosts whose login page and token endpoint may be used; `*.` stands for one or more labels. */
    readonly loginHosts: readonly string[];
    /** The External Client App of the web server flow; without it only the other flows work. */
    readonly app: { readonly consumerKey: string; readonly consumerSecret: string | undefined } | undefined;
    readonly scope: string;
    /** Whether user name and password may be used: for sandbox orgs alone. */
    readonly passwordLogin: boolean;
    /** The share of an org's daily calls for new connections. */
    readonly dailyShare: number;
  };
  /** The vendors on this machine: set, plain http on loopback passes as a vendor's address. */
  readonly sandbox: { readonly salesforceUrl: string; readonly activecampaignUrl: string } | undefined;
  readonly limits: {
    /** Requests of one org in a minute. */
    readonly requestsPerMinute: number;
    /** Set-ups started, and tokens refused, from one address in a minute. */
    readonly strangersPerMinute: number;
    /** Milliseconds of event loop delay from which requests are turned away; 0 for never. */
    readonly eventLoopDelay: number;
  };
}

/** The environment cannot be used. The message names every problem. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).transform(withoutSlash);
const whole = (minimum: number, maximum: number) => z.coerce.number().int().min(minimum).max(maximum);

const masterKeys = z.string().transform((text, context): [MasterKey, ...MasterKey[]] => {
  const [first, ...rest] = text.split(',').map((item): MasterKey => {
    const [id, encoded] = item.includes(':') ? item.trim().split(':', 2) : ['main', item.trim()];
    return { id: id ?? '', key: Buffer.from(encoded ?? '', 'base64') };
  });
  const keys = first ? [first, ...rest] : [];
  const isUsable = ({ id, key }: MasterKey) => /^[\w-]{1,40}$/.test(id) && key.length === 32;
  if (!first || !keys.every(isUsable) || new Set(keys.map(({ id }) => id)).size < keys.length) {
    context.addIssue('must be 32 bytes in base64, or several as "id:key,id:key" with different ids');
    return z.NEVER;
  }
  return [first, ...rest];
});

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT_SERVICE: whole(0, 65_535).default(3000),
  PUBLIC_URL: url.optional(),
  TRUST_PROXY: flag.default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  DOCS: flag.default(true),
  DATABASE_URL: z
    .string({ error: 'is missing: a postgres:// URL' })
    .regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL'),
  DATABASE_SCHEMA: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be a plain lower-case name')
    .default('syncline'),
  DATABASE_CONNECTIONS: whole(2, 200).default(10),
  MASTER_KEY: masterKeys.optional(),
  SYNC_INTERVAL_MINUTES: z.coerce.number().positive().max(1440).default(10),
  SYNC_BATCH_THRESHOLD: whole(1, 100_000).default(100),
  SYNC_CONCURRENCY: whole(1, 100).default(4),
  WORKER: flag.default(true),
  KEEP_DAYS: whole(1, 3650).default(30),
  KEEP_IDLE_RUN_HOURS: whole(24, 87_600).default(24),
  SALESFORCE_LOGIN_HOSTS: z
    .string()
    .default('login.salesforce.com,test.salesforce.com,*.my.salesforce.com')
    .transform((text) => text.split(',').map((host) => host.trim().toLowerCase())),
  SALESFORCE_CONSUMER_KEY: z.string().min(1).optional(),
  SALESFORCE_CONSUMER_SECRET: z.string().min(1).optional(),
  SALESFORCE_SCOPE: z.string().min(1).default('api refresh_token'),
  SALESFORCE_PASSWORD_LOGIN: flag.default(false),
  SALESFORCE_DAILY_SHARE: z.coerce.number().min(0).max(0.8).default(0.5),
  SANDBOX: flag.default(false),
  SANDBOX_SALESFORCE_URL: url.default('http://127.0.0.1:3001'),
  SANDBOX_ACTIVECAMPAIGN_URL: url.default('http://127.0.0.1:3002'),
  RATE_LIMIT_PER_MINUTE: whole(1, 1_000_000).default(1200),
  RATE_LIMIT_STRANGERS_PER_MINUTE: whole(1, 1_000_000).default(30),
  MAX_EVENT_LOOP_DELAY_MS: whole(0, 60_000).default(3000),
});
type Environment = z.infer<typeof schema>;

/** Every variable that is read. */
export const variables: readonly string[] = Object.keys(schema.shape);

const DATA_FOLDER = join(import.meta.dirname, '..', '..', '.data');

/**
 * Reads the environment.
 * @param dataFolder where development keeps the master key that it makes for itself
 * @throws ConfigError naming everything that is wrong
 */
export function loadConfig(environment: NodeJS.ProcessEnv, dataFolder = DATA_FOLDER): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  const problems = parsed.success
    ? productionProblems(parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(
      `The configuration cannot be used:\n${problems.map((text) => `  - ${text}`).join('\n')}`,
    );
  }
  return toConfig(parsed.data, dataFolder);
}

function productionProblems(env: Environment): string[] {
  if (env.NODE_ENV !== 'production') return [];
  const problems: [boolean, string][] = [
    [!env.MASTER_KEY, 'MASTER_KEY is missing: make one with "openssl rand -base64 32" and keep it safe'],
    [!env.PUBLIC_URL?.startsWith('https:'), 'PUBLIC_URL must be an https URL'],
    [env.SANDBOX, 'SANDBOX must not be true in production'],
    [env.SALESFORCE_PASSWORD_LOGIN, 'SALESFORCE_PASSWORD_LOGIN must not be true in production'],
  ];
  return problems.filter(([isWrong]) => isWrong).map(([, text]) => text);
}

function toConfig(env: Environment, dataFolder: string): Config {
  return {
    environment: env.NODE_ENV,
    host: env.HOST,
    port: env.PORT_SERVICE,
    publicUrl: env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT_SERVICE}`,
    trustProxy: env.TRUST_PROXY,
    logLevel: env.LOG_LEVEL,
    metricsToken: env.METRICS_TOKEN,
    docs: env.DOCS,
    database: {
      url: env.DATABASE_URL,
      schema: env.DATABASE_SCHEMA,
      connections: env.DATABASE_CONNECTIONS,
    },
    masterKeys: env.MASTER_KEY ?? [developmentKey(dataFolder)],
    sync: {
      intervalMinutes: env.SYNC_INTERVAL_MINUTES,
      batchThreshold: env.SYNC_BATCH_THRESHOLD,
      concurrency: env.SYNC_CONCURRENCY,
      inServer: env.WORKER,
    },
    retention: { keepDays: env.KEEP_DAYS, keepIdleHours: env.KEEP_IDLE_RUN_HOURS },
    salesforce: {
      loginHosts: env.SALESFORCE_LOGIN_HOSTS,
      app: env.SALESFORCE_CONSUMER_KEY
        ? { consumerKey: env.SALESFORCE_CONSUMER_KEY, consumerSecret: env.SALESFORCE_CONSUMER_SECRET }
        : undefined,
      scope: env.SALESFORCE_SCOPE,
      passwordLogin: env.SALESFORCE_PASSWORD_LOGIN,
      dailyShare: env.SALESFORCE_DAILY_SHARE,
    },
    sandbox: env.SANDBOX
      ? { salesforceUrl: env.SANDBOX_SALESFORCE_URL, activecampaignUrl: env.SANDBOX_ACTIVECAMPAIGN_URL }
      : undefined,
    limits: {
      requestsPerMinute: env.RATE_LIMIT_PER_MINUTE,
      strangersPerMinute: env.RATE_LIMIT_STRANGERS_PER_MINUTE,
      eventLoopDelay: env.MAX_EVENT_LOOP_DELAY_MS,
    },
  };
}

/** Development's own master key, made at the first start and kept for the next ones. */
function developmentKey(dataFolder: string): MasterKey {
  const file = join(dataFolder, 'master-key');
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // what node:fs throws
  }
  return { id: 'development', key: Buffer.from(readFileSync(file, 'utf8'), 'base64') };
}

function withoutSlash(text: string): string {
  return text.replace(/\/+$/, '');
}
