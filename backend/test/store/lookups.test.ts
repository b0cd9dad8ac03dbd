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
    await look(tx);
    const { rows } = await tx.query<{ count: number }>(
      "SELECT seq_scan AS count FROM pg_stat_xact_user_tables WHERE relid = 'link'::regclass",
    );
    return rows[0]?.count ?? NaN;
  });
}

test('a group of pages finds its links by an index, whatever the size of the table', async () => {
  await database.withTenant(scope.tenantId, (tx) =>
    tx.query(
      `INSERT INTO link (tenant_id, connection_id, object, salesforce_id, platform_id, state, attempts, agreed)
       SELECT $1::uuid, $2::uuid, 'Lead', '00Q' || n, n::text, 'linked', 0, jsonb_build_object('email', repeat('x', 300))
       FROM generate_series(1, 20000) AS n`,
      [scope.tenantId, scope.connectionId],
    ),
  );
  await refreshStatistics(database);
  const ids = Array.from({ length: 1_000 }, (_, index) => String(30_000 + index));
  expect(await wholeReads((tx) => liveLinks(tx, scope, 'contact', ids))).toBe(0);
  expect(await wholeReads((tx) => linksByPlatformIds(tx, scope, 'contact', ids))).toBe(0);
  expect(await wholeReads((tx) => linksBySalesforceIds(tx, scope, 'Lead', ids))).toBe(0);
});
