import { expect, test } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import { createKillWorld } from '../support/kill-world.ts';
import { Mortal } from '../support/mortal.ts';
import { fc } from '../sync/properties.ts';

const world = await createKillWorld(await createTestDatabase());
const minute = 60_000;

const leads = fc.array(
  fc.record({
    /** Nothing: it has the stamp of the one before. */
    after: fc.constantFrom(0, 0, 0, 1, 999, 45_000),
    lateBy: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(10 * minute) }),
  }),
  { maxLength: 6 },
);
const rounds = fc.array(
  fc.record({
    leads,
    pageSize: fc.integer({ min: 1, max: 7 }),
    gap: fc.constantFrom(5_000, 4 * minute, 25 * minute),
    /** The point at which the run is cut, if it comes so far. */
    diesAt: fc.option(fc.integer({ min: 40, max: 200 })),
  }),
  { minLength: 2, maxLength: 4 },
);

test('no record is missed at any page size, with equal stamps, late ones and runs that are cut between pages', async () => {
  let cut = 0;
  let made = 0;
  await fc.assert(
    fc.asyncProperty(rounds, async (plan) => {
      await world.reset();
      let count = 0;
      for (const round of plan) {
        for (const { after, lateBy } of round.leads) {
          world.pass(after);
          count += 1;
          const person = { LastName: `P${count}`, Email: `p${count}@acme.example`, Company: 'Acme' };
          await (lateBy === 0 ? world.create('Lead', person) : world.createLate('Lead', person, lateBy));
        }
        world.pages.size = round.pageSize;
        const mortal = new Mortal(round.diesAt ?? Infinity);
        await world.sync(mortal, ['outbound']);
        if (mortal.isDead) await world.takeOver(new Mortal());
        cut += mortal.isDead ? 1 : 0;
        world.pass(round.gap);
      }
      for (let quiet = 0; quiet < 2; quiet += 1) {
        world.pass(25 * minute);
        await world.sync(new Mortal(), ['outbound']);
      }
      const unseen = await world.query(
        'SELECT Email, SystemModstamp FROM Lead WHERE ActiveCampaign_ID__c = null',
      );
      expect(unseen).toEqual([]);
      expect(await world.rows('SELECT count(*)::int AS links FROM link')).toEqual([{ links: count }]);
      made += count;
    }),
    { numRuns: 8 },
  );
  expect(made).toBeGreaterThan(20);
  expect(cut).toBeGreaterThan(3);
});
