import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { linksByPlatformIds, linksBySalesforceIds, liveLinks } from '../../src/store/links.ts';
import type { Tx } from '../../src/store/scope.ts';
import { refreshStatistics } from '../../src/store/statistics.ts';
import { createTestDatabase } from '../support/database.ts';

const { database } = await createTestDatabase();
const scope = { tenantId: randomUUID(), connectionId: randomUUID() };

/** How often the whole table of links is read for what `look` asks. */
async function wholeReads(look: (tx: Tx) => Promise<unknown>): Promise<number> {
  return database.withTenant(scope.tenantId, async (tx) => {
    const before = await countWholeReads(tx);
    await look(tx);
    return (await countWholeReads(tx)) - before;
  });
}

async function countWholeReads(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    "SELECT seq_scan AS count FROM pg_stat_xact_user_tables WHERE relid = 'link'::regclass",
  );
  return rows[0]?.count ?? NaN;
}

function addLinks(from: number, to: number) {
  return database.withTenant(scope.tenantId, (tx) =>
    tx.query(
      `INSERT INTO link (tenant_id, connection_id, object, salesforce_id, platform_id, state, attempts, agreed)
       SELECT $1::uuid, $2::uuid, 'Lead', '00Q' || n, n::text, 'linked', 0, jsonb_build_object('email', repeat('x', 300))
       FROM generate_series($3::integer, $4::integer) AS n`,
      [scope.tenantId, scope.connectionId, from, to],
    ),
  );
}

test('a group of pages finds its links by an index, whatever the size of the table now and when it was first asked', async () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => String(30_000 + index));
  const lookups = [
    (tx: Tx) => liveLinks(tx, scope, 'contact', ids),
    (tx: Tx) => linksByPlatformIds(tx, scope, 'contact', ids),
    (tx: Tx) => linksBySalesforceIds(tx, scope, 'Lead', ids),
  ];
  await addLinks(1, 10);
  await refreshStatistics(database);
  // PostgreSQL keeps a plan from the sixth time on.
  for (const look of lookups) for (let time = 0; time < 7; time += 1) await wholeReads(look);
  await addLinks(11, 20_000);
  await refreshStatistics(database);
  for (const look of lookups) expect(await wholeReads(look)).toBe(0);
});
