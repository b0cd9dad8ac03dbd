import { expect } from '@jest/globals';
import { z } from 'zod';
import type { KillWorld } from './kill-world.ts';
import { Mortal } from './mortal.ts';

/** What a process is to do while it may die: the world before its first run. */
export type Scenario = (world: KillWorld) => Promise<void>;

/** A point at which a process may die. */
export interface Cut {
  readonly at: number;
  readonly where: string;
}

/** Where a scenario's process is cut. */
export interface Cuts {
  readonly cuts: readonly Cut[];
  /** All that it does and that stays, in order, whichever of it is cut. */
  readonly effects: readonly string[];
}

/**
 * Every point where a process that syncs a scenario may die and leave a world of its own: after each transaction that
 * changed something and each call that a vendor carried out. To die at a point in between leaves the same world, as
 * a transaction that is not committed has done nothing. `KILL_POINTS=every` goes through those as well, and
 * `KILL_POINTS=300-599` through those of a range, as all of them take a while.
 */
export async function cutsOf(world: KillWorld, scenario: Scenario): Promise<Cuts> {
  const mortal = new Mortal();
  await begin(world, scenario);
  await world.sync(mortal);
  const whereOf = (at: number): string => mortal.points[at - 1] ?? '';
  return {
    effects: mortal.effects.map(whereOf),
    cuts: chosen(mortal, process.env['KILL_POINTS']).map((at) => ({ at, where: whereOf(at) })),
  };
}

/** @param which `every`, or two numbers, the last of which may be beyond the end */
function chosen({ points, effects }: Mortal, which: string | undefined): number[] {
  if (which === undefined) return [1, ...effects];
  const [from = 1, to = Infinity] = which === 'every' ? [] : which.split('-').map(Number);
  return points.map((_, index) => index + 1).filter((at) => at >= from && at <= to);
}

/** How both vendors look when nothing went wrong. */
export async function unharmed(world: KillWorld, scenario: Scenario): Promise<unknown> {
  await begin(world, scenario);
  await syncUntilQuiet(world);
  return picture(world);
}

/** Kills the process at the point, has another one go on, and compares what comes of it with what would have been. */
export async function expectSurvived(
  world: KillWorld,
  scenario: Scenario,
  { at }: Cut,
  expected: unknown,
): Promise<void> {
  await begin(world, scenario);
  const doomed = new Mortal(at);
  await world.sync(doomed);
  expect(doomed.isDead).toBe(true);
  await world.takeOver(new Mortal());
  await syncUntilQuiet(world);
  expect(await picture(world)).toEqual(expected);
}

/** Syncs until a run each way finds nothing to do: after three runs at most. */
async function syncUntilQuiet(world: KillWorld): Promise<void> {
  const quiet = { state: 'succeeded', outcomes: [] };
  for (let round = 1; ; round += 1) {
    world.takeWrites();
    const runs = await world.sync(new Mortal());
    expect(runs.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    const writes = world.takeWrites();
    const isQuiet = writes.length === 0 && runs.every(({ outcomes }) => outcomes.length === 0);
    if (isQuiet) return;
    if (round === 3) expect({ writes, runs }).toEqual({ writes: [], runs: [quiet, quiet] });
  }
}

async function begin(world: KillWorld, scenario: Scenario): Promise<void> {
  await world.reset();
  await scenario(world);
  // Reading windows overlap by seconds; what was forgotten must not be found again by that.
  world.pass(30_000);
}

const contactsSchema = z.object({
  contacts: z.array(
    z.object({
      id: z.string(),
      email: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      phone: z.string(),
    }),
  ),
  meta: z.object({ total: z.coerce.number() }),
});
const accountsSchema = z.object({ accounts: z.array(z.object({ id: z.string(), name: z.string() })) });
const relationsSchema = z.object({
  accountContacts: z.array(z.object({ account: z.coerce.string(), contact: z.coerce.string() })),
});
const tagsSchema = z.object({ tags: z.array(z.object({ id: z.string(), tag: z.string() })) });
const contactTagsSchema = z.object({ contactTags: z.array(z.object({ tag: z.coerce.string() })) });

/** Everything that people see on both sides, and who is linked to whom, told without ids. */
async function picture(world: KillWorld): Promise<unknown> {
  const { contacts, meta } = contactsSchema.parse(await world.onPlatform('GET', '/contacts?limit=100'));
  expect(meta.total).toBe(contacts.length);
  const { accounts } = accountsSchema.parse(await world.onPlatform('GET', '/accounts?limit=100'));
  const { accountContacts } = relationsSchema.parse(
    await world.onPlatform('GET', '/accountContacts?limit=100'),
  );
  const { tags } = tagsSchema.parse(await world.onPlatform('GET', '/tags?limit=100'));
  const tagNames = new Map(tags.map(({ id, tag }) => [id, tag]));
  const accountNames = new Map(accounts.map(({ id, name }) => [id, name]));
  const emails = new Map(contacts.map(({ id, email }) => [id, email]));
  const platform = await Promise.all(
    contacts.map(async ({ id, ...values }) => {
      const { contactTags } = contactTagsSchema.parse(
        await world.onPlatform('GET', `/contacts/${id}/contactTags?limit=100`),
      );
      return {
        ...values,
        tags: contactTags.map(({ tag }) => tagNames.get(tag)).sort(),
        accounts: accountContacts
          .filter(({ contact }) => contact === id)
          .map(({ account }) => accountNames.get(account))
          .sort(),
      };
    }),
  );
  const marks = 'ActiveCampaign_ID__c, ActiveCampaign_Sync_Status__c, ActiveCampaign_Relation_Sync_Status__c';
  const told = (held: ReadonlyMap<string, string>) => (row: Record<string, unknown>) => {
    const { attributes: _type, Id: _id, ActiveCampaign_ID__c: id, ...values } = row;
    return { ...values, linkedTo: typeof id === 'string' ? (held.get(id) ?? 'nobody') : null };
  };
  const names = 'FirstName, LastName, Email, Phone';
  const leads = await world.query(`SELECT ${names}, Company, ${marks} FROM Lead`);
  const people = await world.query(`SELECT ${names}, Account.Name, ${marks} FROM Contact`);
  const companies = await world.query(`SELECT Name, ${marks} FROM Account`);
  const links = await world.rows<{ object: string; state: string; platform_id: string | null }>(
    'SELECT object, state, platform_id FROM link',
  );
  const persons = links
    .filter(({ object, state }) => object !== 'Account' && state === 'linked')
    .map(({ platform_id: id }) => id);
  expect(new Set(persons).size).toBe(persons.length);
  return {
    platform: sorted(platform),
    accounts: accounts.map(({ name }) => name).sort(),
    leads: sorted(leads.map(told(emails))),
    contacts: sorted(people.map(told(emails))),
    companies: sorted(companies.map(told(accountNames))),
    links: links.map(({ object, state }) => `${object} ${state}`).sort(),
    problems: await world.rows('SELECT problem FROM link WHERE problem IS NOT NULL ORDER BY 1'),
  };
}

function sorted<T>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
