import axios, { type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { z } from 'zod';
import { openVendors } from '../../src/engine/open-vendors.ts';
import { Runner } from '../../src/engine/runner.ts';
import { Vault } from '../../src/lib/vault.ts';
import { createKeyStore } from '../../src/store/data-keys.ts';
import { addHints, type HintReason } from '../../src/store/hints.ts';
import type { Database } from '../../src/store/database.ts';
import type { Scope } from '../../src/store/scope.ts';
import { putSecrets } from '../../src/store/secrets.ts';
import { saveMapping, saveSelection } from '../../src/store/settings.ts';
import { defaultMappings } from '../../src/sync/pairs.ts';
import type { Direction } from '../../src/sync/types.ts';
import { app, connectCustomer, forgetting } from './customer.ts';
import type { TestDatabase } from './database.ts';
import { API_KEY, STANDING_TOKEN } from './doors.ts';
import { headersOf, responseOf } from './exchange.ts';
import { Mortal, MortalDatabase } from './mortal.ts';
import { SmallPages } from './small-pages.ts';
import { startActiveCampaign, startSalesforce } from './vendors.ts';
import { Activity, VirtualTime } from './virtual-time.ts';

const tenantId = '00000000-0000-4000-8000-000000000001';
const salesforceUrl = 'https://acme.my.salesforce.com';
const platformUrl = 'https://acme.api-us1.com';
const config = {
  publicUrl: 'https://sync.example',
  salesforce: {
    loginHosts: ['*.my.salesforce.com'],
    app,
    scope: 'api refresh_token',
    passwordLogin: false,
    dailyShare: 0.8,
  },
  sandbox: undefined,
};
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const createdSchema = z.object({ id: z.string() });
const contactSchema = z.object({ contact: createdSchema });
const accountSchema = z.object({ account: z.object({ id: z.coerce.string() }) });
const rowsSchema = z.object({ records: z.array(z.record(z.string(), z.unknown())) });

/** A run that ended, as the tables tell of it. */
export interface EndedRun {
  readonly state: string;
  readonly outcomes: readonly { readonly kind: string; readonly code: string | null }[];
}

/**
 * Both vendors and a customer of the service in this process and in virtual time, made to be reset and synced many
 * times. What the service sends is led to the vendors' servers without a network.
 */
export interface KillWorld {
  /** Both vendors empty, nothing synced, everybody selected, accounts mapped. */
  readonly reset: () => Promise<void>;
  readonly create: (object: string, fields: Record<string, unknown>) => Promise<string>;
  /** Creates a record with the stamp of so many milliseconds ago: a transaction that took so long. */
  readonly createLate: (object: string, fields: Record<string, unknown>, ago: number) => Promise<string>;
  readonly pages: SmallPages;
  /** Whether the platform keeps to its rate limits; not after a reset. */
  readonly limit: (enforce: boolean) => Promise<unknown>;
  readonly pass: (milliseconds: number) => void;
  readonly change: (object: string, id: string, fields: Record<string, unknown>) => Promise<unknown>;
  readonly query: (soql: string) => Promise<Record<string, unknown>[]>;
  readonly createPerson: (fields: Record<string, unknown>) => Promise<string>;
  /** An account of the platform with a member. */
  readonly employ: (contactId: string, accountName: string) => Promise<void>;
  /** A call to the platform's API. */
  readonly onPlatform: (method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly ask: (reason: HintReason, contactId: string) => Promise<void>;
  /** A run each way, as a process carries them out until they are done or it dies. */
  readonly sync: (mortal: Mortal, directions?: readonly Direction[]) => Promise<EndedRun[]>;
  /** Goes on with the runs that a dead process left, a minute later. */
  readonly takeOver: (mortal: Mortal) => Promise<void>;
  /** The service's calls to the vendors that write, since the last time. */
  readonly takeWrites: () => string[];
  readonly rows: <R extends Record<string, unknown>>(sql: string) => Promise<R[]>;
}

/** To be called once at the top level of a test file. */
export async function createKillWorld(database: TestDatabase): Promise<KillWorld> {
  const activity = new Activity();
  const time = new VirtualTime(Date.parse('2026-03-02T15:00:00Z'), activity);
  const pages = new SmallPages();
  let asOf: number | null = null;
  const salesforce = await startSalesforce({ now: () => asOf ?? time.now() });
  const platform = await startActiveCampaign(time);
  const { database: inner } = database;
  const vault = new Vault([{ id: 'test', key: Buffer.alloc(32, 7) }], createKeyStore(inner));
  const scope = await connect(inner, vault);
  const forget = await forgetting((sql) => database.asOwner<{ name: string }>(sql), database.schema);
  let writes: string[] = [];

  axios.defaults.adapter = (sent) => activity.of(() => carry(sent));

  /** What axios sends: to a vendor for a living process, nowhere for the vendors' own webhooks. */
  async function carry(sent: InternalAxiosRequestConfig): Promise<AxiosResponse<string>> {
    const url = new URL(sent.url ?? '');
    const server = url.origin === salesforceUrl ? salesforce : url.origin === platformUrl ? platform : null;
    const mortal = Mortal.current;
    if (server === null || mortal === undefined) return responseOf(sent, 202, {}, '');
    const method = (sent.method ?? 'GET').toUpperCase();
    mortal.reach(`send ${method} ${url.pathname}`);
    if (method !== 'GET') writes.push(`${method} ${url.pathname}`);
    // Servers date their answers by the machine's clock.
    const date = new Date(time.now()).toUTCString();
    const ready = pages.at(url.pathname);
    if (ready !== undefined) {
      mortal.reach(`answer ${method} ${url.pathname}`);
      return responseOf(sent, 200, { date }, ready);
    }
    const answer = await fetch(server.url + url.pathname + url.search, {
      method,
      headers: headersOf(sent),
      ...(typeof sent.data === 'string' ? { body: sent.data } : {}),
    });
    const text = await answer.text();
    mortal.reach(`answer ${method} ${url.pathname}`, method !== 'GET');
    const shown = server === salesforce && answer.ok ? pages.cut(url.pathname, text) : text;
    return responseOf(sent, answer.status, { ...Object.fromEntries(answer.headers), date }, shown);
  }

  async function call(
    url: string,
    method: string,
    headers: Record<string, string>,
    body: unknown,
  ): Promise<unknown> {
    const answer = await fetch(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  }

  const inSalesforce = (method: string, path: string, body?: unknown) =>
    call(
      `${salesforce.url}/services/data/v67.0${path}`,
      method,
      { authorization: `Bearer ${STANDING_TOKEN}` },
      body,
    );
  const onPlatform: KillWorld['onPlatform'] = (method, path, body) =>
    call(`${platform.url}/api/3${path}`, method, { 'api-token': API_KEY }, body);

  function runnerOf(mortal: Mortal): Runner {
    const db = new MortalDatabase(
      { url: database.url, schema: database.schema },
      { mortal, inner, activity },
    );
    const clock = mortal.clockOf(time);
    const mine = new Vault([{ id: 'test', key: Buffer.alloc(32, 7) }], createKeyStore(db));
    const vendors = openVendors({ db, vault: mine, config, clock, logger: silent });
    return new Runner({ db, clock, logger: silent, vendors });
  }

  /** Lets a process work until it is done or dead. */
  async function live(mortal: Mortal, work: (runner: Runner) => Promise<void>): Promise<void> {
    await time.run(
      mortal.run(() =>
        work(runnerOf(mortal)).catch((error: unknown) => {
          if (!mortal.isDead) throw error;
        }),
      ),
    );
  }

  async function ended(runId: string): Promise<EndedRun> {
    const [run] = await database.asOwner<{ state: string }>(`SELECT state FROM run WHERE id = '${runId}'`);
    const outcomes = await database.asOwner<EndedRun['outcomes'][number]>(
      `SELECT kind, code FROM outcome WHERE run_id = '${runId}' ORDER BY id`,
    );
    return { state: run?.state ?? 'missing', outcomes };
  }

  const limit: KillWorld['limit'] = (enforce) => platform.control('limits', { enforce });
  const create: KillWorld['create'] = async (object, fields) =>
    createdSchema.parse(await inSalesforce('POST', `/sobjects/${object}`, fields)).id;

  return {
    async reset() {
      pages.size = Infinity;
      await Promise.all([salesforce.control('reset', {}), platform.control('reset', {})]);
      await limit(false);
      await database.asOwner(forget);
      await inner.withTenant(tenantId, async (tx) => {
        for (const mapping of defaultMappings()) await saveMapping(tx, scope, { ...mapping, enabled: true });
        for (const object of ['Lead', 'Contact'] as const)
          await saveSelection(tx, scope, object, { mode: 'created', since: '2000-01-01T00:00:00Z' });
      });
      time.pass(1_000);
    },
    create,
    async createLate(object, fields, ago) {
      asOf = time.now() - ago;
      return create(object, fields).finally(() => (asOf = null));
    },
    pages,
    limit,
    pass: (milliseconds) => time.pass(milliseconds),
    change: (object, id, fields) => inSalesforce('PATCH', `/sobjects/${object}/${id}`, fields),
    query: async (soql) =>
      rowsSchema.parse(await inSalesforce('GET', `/query?q=${encodeURIComponent(soql)}`)).records,
    createPerson: async (fields) =>
      contactSchema.parse(await onPlatform('POST', '/contacts', { contact: fields })).contact.id,
    async employ(contactId, name) {
      const made = accountSchema.parse(await onPlatform('POST', '/accounts', { account: { name } }));
      const accountContact = { account: Number(made.account.id), contact: Number(contactId) };
      await onPlatform('POST', '/accountContacts', { accountContact });
    },
    onPlatform,
    ask: (reason, recordId) =>
      inner.withTenant(tenantId, (tx) =>
        addHints(tx, scope, [{ side: 'platform', object: 'contact', recordId, reason }], time.now()),
      ),
    async sync(mortal, directions = ['outbound', 'inbound']) {
      const runs: string[] = [];
      await live(mortal, async (runner) => {
        for (const direction of directions) {
          const { id } = await runner.request(scope, direction, 'manual');
          runs.push(id);
          await runner.work(tenantId, id);
        }
      });
      return Promise.all(runs.map(ended));
    },
    async takeOver(mortal) {
      time.pass(60_000);
      const open = await database.asOwner<{ id: string }>(
        `SELECT id FROM run WHERE state IN ('queued', 'running') ORDER BY queued_at`,
      );
      await live(mortal, async (runner) => {
        for (const { id } of open) await runner.work(tenantId, id);
      });
    },
    takeWrites() {
      const taken = writes;
      writes = [];
      return taken;
    },
    rows: (sql) => database.asOwner(sql),
  };
}

/** A customer whose org and marketing account are connected, logged in for good. */
async function connect(database: Database, vault: Vault): Promise<Scope> {
  const { scope, salesforceConnection } = await connectCustomer(database, vault, {
    tenantId,
    salesforceUrl,
    platformUrl,
  });
  const keys = await vault.unlock(tenantId);
  const secrets = { access_token: STANDING_TOKEN, refresh_token: 'never used' };
  await database.withTenant(tenantId, (tx) => putSecrets(tx, keys, salesforceConnection, secrets));
  return scope;
}
