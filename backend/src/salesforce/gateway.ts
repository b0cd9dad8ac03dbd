import type { CallBudget } from '../lib/budget.ts';
import type { Clock } from '../lib/clock.ts';
import { chunks } from '../lib/lists.ts';
import type { Logger } from '../lib/logger.ts';
import { createConnection } from './connection.ts';
import { describeSchema } from './describe.ts';
import { asSyncErrors, unexpectedAnswer } from './errors.ts';
import { createExchange } from './exchange.ts';
import { query, queryMore, toRecord } from './query.ts';
import { save, type SaveContext } from './save.ts';
import type { AccessTokens, Salesforce, SalesforceRecord } from './types.ts';

export interface SalesforceOptions {
  /** For the log. */
  readonly connection: { readonly id: string };
  readonly tokens: AccessTokens;
  readonly budget: CallBudget;
  readonly clock: Clock;
  /** Our name in `Sforce-Call-Options`, which change events carry as their origin. */
  readonly callOptionsClient: string;
  readonly apiVersion?: string;
  /** Whether the org may be the sandbox on this machine. */
  readonly allowLoopback?: boolean;
  readonly logger?: Logger;
  /** Jitter, from 0 up to 1. */
  readonly random?: () => number;
}

const DEFAULT_VERSION = '67.0';

/** Ids of one retrieve call (REST guide, "sObject Collections: Get Records with Body"). */
const RETRIEVE_IDS = 2_000;

/** One org, as the engine sees it. Safe to use from several places at once. */
export function createSalesforce(options: SalesforceOptions): Salesforce {
  const { apiVersion = DEFAULT_VERSION, random = Math.random, clock } = options;
  const logger = options.logger && withConnection(options.logger, options.connection.id);
  const exchange = createExchange({
    tokens: options.tokens,
    budget: options.budget,
    clock,
    headers: { 'Sforce-Call-Options': `client=${options.callOptionsClient}` },
    allowLoopback: options.allowLoopback ?? false,
    logger,
    random,
  });
  const connection = createConnection(exchange, apiVersion);
  const root = `/services/data/v${apiVersion}`;
  const context: SaveContext = { exchange, connection, root, clock, logger, random };

  return {
    async describe(object) {
      const described = describeSchema.safeParse(await asSyncErrors(connection.describe(object)));
      if (!described.success) throw unexpectedAnswer('describe');
      return described.data.fields;
    },
    query: (soql, { all = false } = {}) => asSyncErrors(query(exchange, root, soql, all)),
    queryMore: (locator) => asSyncErrors(queryMore(exchange, locator)),
    async retrieve(object, ids, fields) {
      const found: (SalesforceRecord | null)[] = [];
      for (const chunk of chunks(ids, RETRIEVE_IDS)) {
        const records = await asSyncErrors(connection.retrieve(object, chunk, { fields: [...fields] }));
        if (!Array.isArray(records) || records.length !== chunk.length) throw unexpectedAnswer('retrieve');
        // jsforce's type leaves out that a record which is not found is null.
        for (const record of records as (Record<string, unknown> | null)[]) {
          found.push(record && toRecord(record));
        }
      }
      return found;
    },
    update: (object, rows) => save(context, { object, operation: 'update', keyField: 'Id' }, rows),
    create: (object, rows) => save(context, { object, operation: 'create', keyField: null }, rows),
    upsert: (object, keyField, rows) => save(context, { object, operation: 'upsert', keyField }, rows),
    usage: () => exchange.usage(),
  };
}

function withConnection(logger: Logger, connection: string): Logger {
  return {
    debug: (fields, message) => logger.debug({ connection, ...fields }, message),
    info: (fields, message) => logger.info({ connection, ...fields }, message),
    warn: (fields, message) => logger.warn({ connection, ...fields }, message),
    error: (fields, message) => logger.error({ connection, ...fields }, message),
  };
}
