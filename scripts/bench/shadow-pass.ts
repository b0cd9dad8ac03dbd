/**
 * Usage: node shadow-pass.ts <database url> <schema> <records>. In a process of its own, so that its memory is that of
 * one worker: reads every record of both sides again and compares it with the stored links, of which none has changed.
 * Prints what it took as JSON.
 */
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { z } from 'zod';
import { Runner } from '../../backend/src/engine/runner.ts';
import { systemClock } from '../../backend/src/lib/clock.ts';
import { Database } from '../../backend/src/store/database.ts';
import { readRun } from '../../backend/src/store/runs.ts';
import type { Scope } from '../../backend/src/store/scope.ts';
import { makeTenant, openOwner } from './bench-tenant.ts';
import { CHANGED_AT, generatedPlatform, generatedSalesforce } from './generated.ts';
import { peakMemory } from './meter.ts';

const [url, schema, count] = z
  .tuple([z.string(), z.string(), z.coerce.number().int().positive()])
  .parse(parseArgs({ allowPositionals: true }).positionals);

const database = new Database({ url, schema });
const owner = await openOwner(url, schema);
const scope = await makeTenant(owner, database);
await insertSynced(owner, scope, count);

const times = { salesforce: NaN, platform: NaN };
const runner = new Runner({
  db: database,
  clock: systemClock,
  logger: { debug: nothing, info: nothing, warn: nothing, error: console.error },
  vendors: {
    open: () =>
      Promise.resolve({
        salesforce: generatedSalesforce(count, { areSynced: true, onRead: () => began('salesforce') }),
        connector: generatedPlatform(count, () => began('platform')),
        packageNamespace: '',
      }),
  },
});
const cpu = process.cpuUsage();
// A run outbound that has no cursor yet would read the platform first.
const run = await runner.request(scope, 'inbound', 'manual');
const state = await runner.work(scope.tenantId, run.id);
const end = performance.now();
const { user, system } = process.cpuUsage(cpu);
const ended = await database.withTenant(scope.tenantId, (tx) => readRun(tx, scope.tenantId, run.id));
const { rows: sizes } = await owner.query<{ name: string; bytes: string }>(
  `SELECT name, pg_total_relation_size(name::regclass) AS bytes FROM unnest(ARRAY['link', 'platform_index']) AS name`,
);
console.log(
  JSON.stringify({
    state,
    counts: ended?.counts,
    salesforceSeconds: (times.platform - times.salesforce) / 1000,
    platformSeconds: (end - times.platform) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMemory: await peakMemory(process.pid),
    bytes: Object.fromEntries(sizes.map(({ name, bytes }) => [name, Number(bytes) / count])),
  }),
);
await owner.end();
await database.close();

function began(side: keyof typeof times): void {
  if (Number.isNaN(times[side])) times[side] = performance.now();
}

function nothing(): void {
  return undefined;
}

/** Links as they stand when everything is in step, of the people of generated.ts. */
async function insertSynced(
  client: pg.Client,
  { tenantId, connectionId }: Scope,
  people: number,
): Promise<void> {
  const at = new Date(CHANGED_AT);
  await client.query(
    `INSERT INTO link (tenant_id, connection_id, object, salesforce_id, platform_id, state, agreed,
       salesforce_changed_at, platform_changed_at, salesforce_created_at, salesforce_marks, platform_account_id)
     SELECT $1, $2, 'Lead', '00Q' || lpad(i::text, 12, '0') || 'AAA', i::text, 'linked',
       jsonb_build_object('email', 'person' || i || '@example.com', 'firstName', 'First ' || i % 1000,
         'lastName', 'Last ' || i, 'phone', '+49 30 ' || i, 'account', 'Company ' || ceil(i / 20.0)),
       $3, $3, $3, jsonb_build_object('status', 'Synced successfully', 'id', i::text, 'relation', NULL),
       ceil(i / 20.0)::text
     FROM generate_series(1, $4::int) AS i`,
    [tenantId, connectionId, at, people],
  );
  await client.query(
    `INSERT INTO platform_index (tenant_id, connection_id, object, platform_id, key)
     SELECT $1, $2, 'contact', i::text, 'person' || i || '@example.com' FROM generate_series(1, $3::int) AS i`,
    [tenantId, connectionId, people],
  );
  await client.query('ANALYZE link, platform_index');
}
