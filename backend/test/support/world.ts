import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { createActiveCampaignServer } from '../../../sandbox/activecampaign/server.ts';
import { createSalesforceServer } from '../../../sandbox/salesforce/server.ts';
import { createActiveCampaign } from '../../src/connectors/activecampaign/connector.ts';
import { createDailyBudget, createPacedBudget } from '../../src/engine/governor.ts';
import { Runner } from '../../src/engine/runner.ts';
import type { Vendors } from '../../src/engine/vendors.ts';
import { manifest } from '../../src/connectors/activecampaign/manifest.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createSalesforce } from '../../src/salesforce/gateway.ts';
import { listOutcomes, type StoredOutcome } from '../../src/store/outcomes.ts';
import { highestPlatformId } from '../../src/store/platform-index.ts';
import { readRun, type Run } from '../../src/store/runs.ts';
import type { Scope } from '../../src/store/scope.ts';
import { saveMapping, saveSelection } from '../../src/store/settings.ts';
import { defaultMappings } from '../../src/sync/pairs.ts';
import { chooseConflict, listConflicts, type StoredConflict } from '../../src/store/conflicts.ts';
import { makeDue } from '../../src/store/links.ts';
import { addHints, type HintReason } from '../../src/store/hints.ts';
import type { Direction, ObjectMapping, Side } from '../../src/sync/types.ts';
import type { Selection } from '../../src/sync/selection.ts';
import type { TestDatabase } from './database.ts';

const accessToken = '00D000000000001!sandbox';
const apiKey = 'sandbox-activecampaign-key';

/** Both vendors, a connected tenant, and the engine: everything but the HTTP of the service. */
export interface World {
  readonly scope: Scope;
  readonly runner: Runner;
  readonly salesforceUrl: string;
  readonly platformUrl: string;
  run(direction: Direction): Promise<Run & { outcomes: StoredOutcome[] }>;
  salesforce(method: string, path: string, body?: unknown): Promise<Json>;
  platform(method: string, path: string, body?: unknown): Promise<Json>;
  query(soql: string): Promise<Json[]>;
  /** A control door of a sandbox: faults, limits, merge, convert, … */
  control(side: Side | 'activecampaign', door: string, body: unknown): Promise<Json>;
  stats(side: Side): Promise<Json>;
  /** What a create webhook or a change webhook leaves behind. */
  point(reason: HintReason, contactId: string): Promise<void>;
  lead(fields: Record<string, unknown>): Promise<string>;
  contact(fields: Record<string, unknown>): Promise<string>;
  /** The platform contact under an email; fails when there is not exactly one. */
  person(email: string): Promise<Json>;
  links(): Promise<Json[]>;
  conflicts(): Promise<StoredConflict[]>;
  choose(conflictId: number, winner: Side): Promise<void>;
  /** Makes everything that waits for a retry due now. */
  makeDue(): Promise<void>;
  map(mapping: ObjectMapping): Promise<void>;
  select(object: 'Lead' | 'Contact', selection: Selection): Promise<void>;
  reset(): Promise<void>;
}

// Answers of vendors in tests: read by name, asserted by value.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test that reads a wrong name fails by its assertion
export type Json = any;

export function createWorld(database: TestDatabase): World {
  const apps: FastifyInstance[] = [];
  let salesforceUrl = '';
  let platformUrl = '';
  const tenantId = randomUUID();
  const connectionId = randomUUID();
  const scope = { tenantId, connectionId };

  beforeAll(async () => {
    const salesforce = await createSalesforceServer({ clock: { now: () => Date.now() } });
    const platform = await createActiveCampaignServer({ clock: { now: () => Date.now() } });
    apps.push(salesforce.app, platform.app);
    salesforceUrl = await salesforce.app.listen({ port: 0, host: '127.0.0.1' });
    platformUrl = await platform.app.listen({ port: 0, host: '127.0.0.1' });
    await request(platformUrl, 'POST', '/__sandbox/limits', {}, { enforce: false });
    await database.asOwner(
      `INSERT INTO tenant (tenant_id, state, org_id, instance_url) VALUES ($1, 'active', '00D000000000001EAA', $2)`,
      [tenantId, salesforceUrl],
    );
    await database.asOwner(
      `INSERT INTO connection (tenant_id, id, platform, state, account, base_url, auth_method) VALUES
         ($1, gen_random_uuid(), 'salesforce', 'connected', '00D000000000001EAA', $3, 'web_server'),
         ($1, $2, 'activecampaign', 'connected', 'sandbox', $4, 'api_key')`,
      [tenantId, connectionId, salesforceUrl, platformUrl],
    );
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
  });

  const db = database.database;
  const vendors: Vendors = {
    async open(of, counted) {
      const shared = { db, scope: of, clock: systemClock };
      return {
        salesforce: createSalesforce({
          connection: { id: 'salesforce' },
          tokens: {
            current: async () => ({ accessToken, instanceUrl: salesforceUrl }),
            renew: async () => ({ accessToken, instanceUrl: salesforceUrl }),
          },
          budget: createDailyBudget({ ...shared, share: 0.8, counted: counted.salesforce }),
          clock: systemClock,
          callOptionsClient: 'syncline',
          allowLoopback: true,
        }),
        connector: createActiveCampaign({
          baseUrl: platformUrl,
          apiKey,
          budget: createPacedBudget({
            ...shared,
            perSecond: {
              requests: manifest.limits.requestsPerSecond,
              imports: manifest.limits.importsPerMinute / 60,
            },
            counted: counted.platform,
          }),
          clock: systemClock,
          allowLoopback: true,
          imports: { callbackUrl: () => null, completed: async () => false },
          highestContactId: () => db.withTenant(of.tenantId, (tx) => highestPlatformId(tx, of, 'contact')),
        }),
        packageNamespace: '',
      };
    },
  };
  // What goes wrong is asserted by its outcome; TEST_LOG shows it.
  const show = process.env.TEST_LOG === undefined ? () => undefined : console.error;
  const logger = { debug: () => undefined, info: () => undefined, warn: show, error: show };
  const runner = new Runner({ db, clock: systemClock, logger, vendors });

  const world: World = {
    scope,
    runner,
    get salesforceUrl() {
      return salesforceUrl;
    },
    get platformUrl() {
      return platformUrl;
    },
    async run(direction) {
      const queued = await runner.request(scope, direction, 'manual');
      await runner.work(tenantId, queued.id);
      return db.withTenant(tenantId, async (tx) => {
        const run = await readRun(tx, tenantId, queued.id);
        if (run === null) throw new Error('the run vanished');
        return { ...run, outcomes: await listOutcomes(tx, tenantId, run.id, { limit: 1000 }) };
      });
    },
    salesforce: (method, path, body) =>
      request(
        salesforceUrl,
        method,
        `/services/data/v67.0${path}`,
        { authorization: `Bearer ${accessToken}` },
        body,
      ),
    platform: (method, path, body) =>
      request(platformUrl, method, `/api/3${path}`, { 'api-token': apiKey }, body),
    async query(soql) {
      const answer = await request(
        salesforceUrl,
        'GET',
        `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`,
        { authorization: `Bearer ${accessToken}` },
      );
      return answer.records;
    },
    control: (side, door, body) =>
      request(side === 'salesforce' ? salesforceUrl : platformUrl, 'POST', `/__sandbox/${door}`, {}, body),
    stats: (side) =>
      request(side === 'salesforce' ? salesforceUrl : platformUrl, 'GET', '/__sandbox/stats', {}),
    point: (reason, recordId) =>
      db.withTenant(tenantId, (tx) =>
        addHints(tx, scope, [{ side: 'platform', object: 'contact', recordId, reason }], Date.now()),
      ),
    lead: async (fields) =>
      (await world.salesforce('POST', '/sobjects/Lead', { Company: 'Acme', LastName: 'Ruiz', ...fields })).id,
    contact: async (fields) =>
      (await world.salesforce('POST', '/sobjects/Contact', { LastName: 'Ruiz', ...fields })).id,
    async person(email) {
      const { contacts } = await world.platform(
        'GET',
        `/contacts?email=${encodeURIComponent(email)}&include=contactTags.tag,fieldValues`,
      );
      if (contacts.length !== 1) throw new Error(`${contacts.length} contacts have the email ${email}`);
      const whole = await world.platform('GET', `/contacts/${contacts[0].id}/contactTags?limit=100`);
      const tags = await world.platform('GET', '/tags?limit=100');
      const names = new Map(tags.tags.map((tag: Json) => [tag.id, tag.tag]));
      return { ...contacts[0], tags: whole.contactTags.map((row: Json) => names.get(row.tag)).sort() };
    },
    conflicts: () => db.withTenant(tenantId, (tx) => listConflicts(tx, scope, { limit: 100 })),
    choose: (conflictId, winner) =>
      db.withTenant(tenantId, async (tx) => {
        const chosen = await chooseConflict(tx, tenantId, conflictId, { winner, by: 'test' });
        if (chosen !== null) await makeDue(tx, scope, [chosen.linkId], Date.now());
      }),
    makeDue: async () => {
      await database.asOwner('UPDATE link SET outbound_due = now() WHERE outbound_due IS NOT NULL');
      await database.asOwner('UPDATE link SET inbound_due = now() WHERE inbound_due IS NOT NULL');
    },
    links: () => database.asOwner('SELECT * FROM link ORDER BY id'),
    map: (mapping) => db.withTenant(tenantId, (tx) => saveMapping(tx, scope, mapping)),
    select: (object, selection) =>
      db.withTenant(tenantId, (tx) => saveSelection(tx, scope, object, selection)),
    async reset() {
      await request(salesforceUrl, 'POST', '/__sandbox/reset', {}, {});
      await request(platformUrl, 'POST', '/__sandbox/reset', {}, {});
      await request(platformUrl, 'POST', '/__sandbox/limits', {}, { enforce: false });
      for (const table of [
        'link',
        'platform_index',
        'cursor',
        'hint',
        'conflict',
        'run',
        'outcome',
        'budget',
        'mapping',
        'selection',
        'schedule',
      ]) {
        await database.asOwner(`DELETE FROM ${table}`);
      }
      for (const mapping of defaultMappings()) await world.map(mapping);
      await world.select('Lead', { mode: 'created', since: '2000-01-01T00:00:00Z' });
      await world.select('Contact', { mode: 'created', since: '2000-01-01T00:00:00Z' });
    },
  };
  return world;
}

async function request(
  base: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Json> {
  const response = await fetch(base + path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
  return text === '' ? null : JSON.parse(text);
}
