import { expect, test } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import { createKillWorld } from '../support/kill-world.ts';
import { Mortal } from '../support/mortal.ts';

const world = await createKillWorld(await createTestDatabase());

/** How many live calls the platform's account saw since the last one of a backfill. */
async function liveRun(): Promise<number> {
  const [budget] = await world.rows<{ live_run: number }>(
    `SELECT live_run FROM budget WHERE call_window = 'requests'`,
  );
  return budget?.live_run ?? -1;
}

test('a run that reads everything calls as a backfill, also when another worker goes on with it; later runs are live', async () => {
  await world.reset();
  await world.limit(true);
  const lead = await world.create('Lead', { LastName: 'Lund', Email: 'lu@beta.example', Company: 'Beta' });
  world.pass(30_000);
  const doomed = new Mortal(250);
  await world.sync(doomed, ['outbound']);
  expect(doomed.isDead).toBe(true);
  expect(await liveRun()).toBe(0);
  await world.takeOver(new Mortal());
  expect(await liveRun()).toBe(0);

  await world.change('Lead', lead, { Phone: '1' });
  world.pass(30_000);
  await world.sync(new Mortal(), ['outbound']);
  expect(await liveRun()).toBeGreaterThan(2);
});
