import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { makeChosenDue } from '../../src/store/conflicts.ts';
import { linksByPlatformIds, linksBySalesforceIds, liveLinks } from '../../src/store/links.ts';
import type { Scope, Tx } from '../../src/store/scope.ts';
import { refreshStatistics } from '../../src/store/statistics.ts';
import { createTestDatabase } from '../support/database.ts';

const { database } = await createTestDatabase();

interface Readings {
  /** How often the whole table of links was read. */
  readonly whole: number;
  /** Links that were read by an index, or with the whole table. */
  readonly links: number;
}

/** What is read of the table of links for what `look` asks. */
async function readings(scope: Scope, look: (tx: Tx) => Promise<unknown>): Promise<Readings> {
  return database.withTenant(scope.tenantId, async (tx) => {
    const before = await countReadings(tx);
    await look(tx);
    const after = await countReadings(tx);
    return { whole: after.whole - before.whole, links: after.links - before.links };
  });
}

async function countReadings(tx: Tx): Promise<Readings> {
  const { rows } = await tx.query<Readings>(
    `SELECT seq_scan AS whole, seq_tup_read + idx_tup_fetch AS links
     FROM pg_stat_xact_user_tables WHERE relid = 'link'::regclass`,
  );
  return rows[0] ?? { whole: NaN, links: NaN };
}

function addLinks(scope: Scope, from: number, to: number) {
  return database.withTenant(scope.tenantId, (tx) =>
    tx.query(
      `INSERT INTO link (tenant_id, connection_id, object, salesforce_id, platform_id, state, attempts, agreed)
       SELECT $1::uuid, $2::uuid, 'Lead', '00Q' || n, n::text, 'linked', 0, jsonb_build_object('email', repeat('x', 300))
       FROM generate_series($3::integer, $4::integer) AS n`,
      [scope.tenantId, scope.connectionId, from, to],
    ),
  );
}

test('of all links only those that somebody chose on are read for choices, and none where nobody has chosen', async () => {
  const scope = { tenantId: randomUUID(), connectionId: randomUUID() };
  const look = (tx: Tx) => makeChosenDue(tx, scope, { direction: 'outbound', objects: ['Lead'], now: 1_000 });
  await addLinks(scope, 1, 20_000);
  // PostgreSQL has not counted these links yet, and might think that they are few.
  expect((await readings(scope, look)).links).toBe(0);
  await refreshStatistics(database);
  await database.withTenant(scope.tenantId, (tx) =>
    tx.query(
      `INSERT INTO conflict (tenant_id, connection_id, link_id, field, policy, state, winner)
       SELECT tenant_id, connection_id, id, 'phone', 'ask', 'chosen', 'salesforce' FROM link LIMIT 1`,
    ),
  );
  expect((await readings(scope, look)).links).toBe(1);
});

test('a group of pages finds its links by an index, whatever the size of the table now and when it was first asked', async () => {
  const scope = { tenantId: randomUUID(), connectionId: randomUUID() };
  // Nobody has them: every link that is read is one too many.
  const ids = Array.from({ length: 1_000 }, (_, index) => String(30_000 + index));
  const lookups = [
    (tx: Tx) => liveLinks(tx, scope, 'contact', ids),
    (tx: Tx) => linksByPlatformIds(tx, scope, 'contact', ids),
    (tx: Tx) => linksBySalesforceIds(tx, scope, 'Lead', ids),
  ];
  await addLinks(scope, 1, 10);
  await refreshStatistics(database);
  // PostgreSQL keeps a plan from the sixth time on.
  for (const look of lookups) for (let time = 0; time < 7; time += 1) await readings(scope, look);
  await addLinks(scope, 11, 20_000);
  await refreshStatistics(database);
  for (const look of lookups) expect(await readings(scope, look)).toEqual({ whole: 0, links: 0 });
});
