import { beforeEach, expect, test } from '@jest/globals';
import { Growth } from '../../src/engine/growth.ts';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const database = await createTestDatabase();
const world = await createWorld(database);
beforeEach(() => world.reset());

test('a complete read is news to the database at its first thousands and each time it has grown fourfold', () => {
  const growth = new Growth();
  const pages = Array.from({ length: 40 }, (_, index) => (index + 1) * 1_000);
  expect(pages.filter((observed) => growth.isNews(observed))).toEqual([2_000, 8_000, 32_000]);
});

test('PostgreSQL has counted what a first sync stored, not what it had read', async () => {
  await world.salesforce.control('load', { leads: 4_100 });
  expect(await world.run('outbound')).toMatchObject({ state: 'succeeded', counts: { created: 4_100 } });
  const [counted] = await database.asOwner<{ links: number }>(
    `SELECT reltuples::integer AS links FROM pg_class WHERE oid = '${database.schema}.link'::regclass`,
  );
  expect(counted?.links).toBeGreaterThanOrEqual(2_000);
});
