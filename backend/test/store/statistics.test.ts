import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { indexPlatform } from '../../src/store/platform-index.ts';
import { refreshStatistics } from '../../src/store/statistics.ts';
import { createTestDatabase } from '../support/database.ts';

const { database, asOwner, schema } = await createTestDatabase();

test('PostgreSQL counts rows of a tenant that it has not seen yet when it is asked to', async () => {
  const scope = { tenantId: randomUUID(), connectionId: randomUUID() };
  const known = async () => {
    const rows = await asOwner<{ count: number }>(
      "SELECT reltuples::integer AS count FROM pg_class WHERE oid = ($1 || '.platform_index')::regclass",
      [schema],
    );
    return rows[0]?.count;
  };
  await database.withTenant(scope.tenantId, (tx) =>
    indexPlatform(
      tx,
      scope,
      'contact',
      Array.from({ length: 3_000 }, (_, index) => ({ platformId: String(index), key: `${index}@acme.com` })),
    ),
  );
  expect(await known()).not.toBe(3_000);
  await refreshStatistics(database);
  expect(await known()).toBe(3_000);
});
