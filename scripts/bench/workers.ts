import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { z } from 'zod';
import { buildApp, type App } from '../../backend/src/app.ts';
import { loadConfig } from '../../backend/src/config.ts';
import type { Scope } from '../../backend/src/store/scope.ts';
import { putSecrets } from '../../backend/src/store/secrets.ts';
import { saveSchedule } from '../../backend/src/store/settings.ts';
import { startChild, type Child } from '../stack/child.ts';
import { Closing } from '../stack/closing.ts';
import { freePorts, HOST } from '../stack/ports.ts';
import { recreateSchema } from '../stack/schema.ts';
import { SERVER_ENVIRONMENT } from '../stack/server.ts';
import { credentials, Vendors } from '../stack/vendors.ts';
import { makeTenant, openOwner } from './bench-tenant.ts';
import type { Field } from './bed.ts';
import { cpuSecondsOf } from './meter.ts';
import type { TableData } from './report.ts';

const SCHEMA = 'syncline_bench';
const FIRST_PORT = 23_000;
const WORKER = join(import.meta.dirname, '..', '..', 'backend', 'src', 'worker.ts');
const PARK = join(import.meta.dirname, 'vendor-park.ts');

export interface WorkersPlan {
  readonly tenants: number;
  /** Leads that each tenant sends to its platform. */
  readonly leads: number;
  /** Milliseconds that each vendor call takes longer. */
  readonly latency: number;
  /** Runs that a worker carries at a time. */
  readonly concurrency: number;
}

interface Tenant {
  readonly scope: Scope;
  readonly vendors: Vendors;
}

/** Many tenants' runs, carried out by one worker and by four. */
export async function workers(field: Field, plan: WorkersPlan): Promise<TableData> {
  const rows: string[][] = [];
  let alone: number | undefined;
  for (const count of [1, 4]) {
    const result = await withWorkers(field, plan, count);
    alone ??= result.perSecond;
    rows.push([
      String(count),
      String(plan.concurrency),
      String(plan.tenants),
      String(plan.leads),
      String(plan.latency),
      result.seconds.toFixed(1),
      result.perSecond.toFixed(1),
      (result.perSecond / alone).toFixed(2),
      result.cpuSeconds.toFixed(1),
    ]);
  }
  return {
    head: [
      'workers',
      'runs at a time in each',
      'tenants',
      'leads of each',
      'latency, ms',
      'seconds',
      'runs/s',
      'of one worker',
      'CPU of the workers, s',
    ],
    rows,
  };
}

async function withWorkers(field: Field, plan: WorkersPlan, count: number) {
  const closing = new Closing();
  try {
    await recreateSchema(field.url, SCHEMA);
    const owner = await openOwner(field.url, SCHEMA);
    closing.add(() => owner.end());
    const { service } = await freePorts();
    const environment = {
      PORT_SERVICE: String(service),
      ...SERVER_ENVIRONMENT,
      NODE_ENV: 'test',
      DATABASE_URL: field.url,
      DATABASE_SCHEMA: SCHEMA,
      MASTER_KEY: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'error',
      SANDBOX: 'true',
      SYNC_CONCURRENCY: String(plan.concurrency),
      SALESFORCE_CONSUMER_KEY: 'sandbox-consumer-key',
      SALESFORCE_CONSUMER_SECRET: 'sandbox-consumer-secret',
    };
    await startPark(closing, plan.tenants);
    const app = await buildApp(loadConfig(environment));
    closing.add(() => app.close());
    // Imports report their end to it.
    await app.listen({ host: HOST, port: service });
    const tenants: Tenant[] = [];
    for (let pair = 0; pair < plan.tenants; pair += 1) tenants.push(await connectTenant(app, owner, pair));
    const processes: Child[] = [];
    for (let index = 0; index < count; index += 1) {
      const child = await startChild({ name: `worker ${index}`, file: WORKER, environment });
      closing.add(() => child.stop());
      processes.push(child);
    }
    for (const { vendors } of tenants) {
      const faults = [{ match: '* /', latencyMs: plan.latency }];
      await vendors.door('salesforce', 'faults', faults, z.unknown());
      await vendors.door('activecampaign', 'faults', faults, z.unknown());
    }
    // Fields are described, connections are open, and each worker's code is as compiled as that of one alone.
    const unmeasured = 2 * count;
    for (let round = 0; round < unmeasured; round += 1) {
      await loadLeads(tenants, plan.leads);
      await runAll(app, owner, tenants);
    }
    await loadLeads(tenants, plan.leads);
    const cpuBefore = await cpuOf(processes);
    const seconds = await runAll(app, owner, tenants);
    const cpuSeconds = (await cpuOf(processes)) - cpuBefore;
    await expectCreated(owner, tenants.length * plan.leads * (unmeasured + 1));
    return { seconds, perSecond: tenants.length / seconds, cpuSeconds };
  } finally {
    await closing.all();
  }
}

async function loadLeads(tenants: readonly Tenant[], leads: number): Promise<void> {
  for (const { vendors } of tenants) await vendors.door('salesforce', 'load', { leads }, z.unknown());
}

async function startPark(closing: Closing, pairs: number): Promise<void> {
  const park = await startChild({
    name: 'vendor park',
    file: PARK,
    environment: { PAIRS: String(pairs), FIRST_PORT: String(FIRST_PORT) },
  });
  closing.add(() => park.stop());
  const last = new Vendors(addresses(pairs - 1));
  for (;;) {
    try {
      await last.stats();
      return;
    } catch {
      await delay(100);
    }
  }
}

function addresses(pair: number) {
  const port = FIRST_PORT + 2 * pair;
  return { salesforce: `http://${HOST}:${port}`, activecampaign: `http://${HOST}:${port + 1}` };
}

async function connectTenant(app: App, owner: pg.Client, pair: number): Promise<Tenant> {
  const scope = await makeTenant(owner, app.database);
  const vendors = new Vendors(addresses(pair), { callsPerSecond: Infinity });
  await vendors.door('salesforce', 'limits', { enforce: false }, z.unknown());
  await vendors.door('activecampaign', 'limits', { enforce: false, importDelayMs: 0 }, z.unknown());
  const keys = await app.vault.unlock(scope.tenantId);
  const { rows } = await owner.query<{ id: string; platform: string }>(
    'SELECT id, platform FROM connection WHERE tenant_id = $1',
    [scope.tenantId],
  );
  for (const { id, platform } of rows) {
    const isOrg = platform === 'salesforce';
    await owner.query(
      `UPDATE connection SET base_url = $3, auth_method = $4, auth_facts = '{"consumerKey":"sandbox-consumer-key"}'
       WHERE tenant_id = $1 AND id = $2`,
      [
        scope.tenantId,
        id,
        isOrg ? addresses(pair).salesforce : addresses(pair).activecampaign,
        isOrg ? 'web_server' : 'api_key',
      ],
    );
    await app.database.withTenant(scope.tenantId, (tx) =>
      putSecrets(
        tx,
        keys,
        id,
        isOrg
          ? { access_token: credentials.salesforceToken, refresh_token: randomUUID() }
          : { api_key: credentials.activecampaignKey },
      ),
    );
  }
  // Runs come when they are asked for here.
  for (const direction of ['outbound', 'inbound'] as const) {
    await app.database.withTenant(scope.tenantId, (tx) =>
      saveSchedule(tx, scope, { direction, schedule: null, timeZone: 'UTC', paused: true }),
    );
  }
  return { scope, vendors };
}

/** Asks for a run of every tenant. @returns seconds until the last one has ended */
async function runAll(app: App, owner: pg.Client, tenants: readonly Tenant[]): Promise<number> {
  const start = performance.now();
  for (const { scope } of tenants)
    await app.queue.send(scope.tenantId, await app.runner.request(scope, 'outbound', 'manual'));
  for (;;) {
    const { rows } = await owner.query<{ open: number; failed: number }>(
      `SELECT count(*) FILTER (WHERE state IN ('queued', 'running'))::int AS open,
         count(*) FILTER (WHERE state IN ('failed', 'paused'))::int AS failed FROM run`,
    );
    if (rows[0]?.failed !== 0) throw new Error(`${rows[0]?.failed} runs failed.`);
    if (rows[0].open === 0) return (performance.now() - start) / 1000;
    await delay(20);
  }
}

async function expectCreated(owner: pg.Client, expected: number): Promise<void> {
  const { rows } = await owner.query<{ linked: number }>(
    "SELECT count(*)::int AS linked FROM link WHERE state = 'linked'",
  );
  if (rows[0]?.linked !== expected)
    throw new Error(`${rows[0]?.linked} instead of ${expected} leads were linked.`);
}

async function cpuOf(processes: readonly Child[]): Promise<number> {
  const each = await Promise.all(processes.map(({ pid }) => cpuSecondsOf(pid)));
  return each.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0);
}
