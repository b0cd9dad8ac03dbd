import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { seedJobs } from '../../salesforce/seed/jobs.ts';
import { seedDemo } from '../../salesforce/seed/seed.ts';
import { startSalesforce } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';

let salesforce: RunningSalesforce;
beforeEach(async () => {
  salesforce = await startSalesforce();
});
afterEach(() => salesforce.close());

const rowsOf = (server: RunningSalesforce, object: string) => [...(server.org.table(object)?.rows() ?? [])];
const emails = (object: string) => rowsOf(salesforce, object).map((row) => row['Email']);
const statsSchema = z.object({ records: z.record(z.string(), z.number()) });

describe('loaded records', () => {
  test('are as many as asked for, each with an email of its own, contacts within accounts', async () => {
    const reply = await salesforce.control('load', { leads: 300, contacts: 500, accounts: 20 });
    expect(await reply.json()).toEqual({ leads: 300, contacts: 500, accounts: 20 });
    await salesforce.control('load', { contacts: 500 });
    const stats = await (await fetch(`${salesforce.url}/__sandbox/stats`)).json();
    expect(statsSchema.parse(stats).records).toMatchObject({ Lead: 300, Contact: 1_000, Account: 20 });
    expect(new Set([...emails('Lead'), ...emails('Contact')]).size).toBe(1_300);
    const accounts = new Set(rowsOf(salesforce, 'Account').map((row) => row.Id));
    expect(rowsOf(salesforce, 'Contact').every((row) => accounts.has(String(row['AccountId'])))).toBe(true);
  });

  test('are the same people on every machine', async () => {
    const other = await startSalesforce();
    for (const server of [salesforce, other])
      await server.control('load', { leads: 50, contacts: 50, accounts: 5 });
    expect(rowsOf(other, 'Contact')).toEqual(rowsOf(salesforce, 'Contact'));
    await other.control('reset', {});
    await other.control('load', { leads: 50, contacts: 50, accounts: 5 });
    expect(rowsOf(other, 'Lead')).toEqual(rowsOf(salesforce, 'Lead'));
    await other.close();
  });

  test('of an unknown kind are refused', async () => {
    expect((await salesforce.control('load', { opportunities: 1 })).status).toBe(400);
  });
});

describe('the demo org', () => {
  test('holds people without email, a person twice, and names beyond ASCII', () => {
    seedDemo(salesforce.loadable);
    const [leads, contacts] = [rowsOf(salesforce, 'Lead'), rowsOf(salesforce, 'Contact')];
    expect([leads.length, contacts.length, rowsOf(salesforce, 'Account').length]).toEqual([200, 250, 60]);
    expect(leads.filter((lead) => lead['Email'] === null)).toHaveLength(8);
    const known = new Set(emails('Contact'));
    expect(leads.filter((lead) => known.has(lead['Email'] ?? ''))).toMatchObject([
      { Name: contacts[0]?.['Name'] },
    ]);
    const names = [...leads, ...contacts].map((row) => String(row['Name']));
    expect(names.filter((name) => /[^\p{ASCII}]/u.test(name)).length).toBeGreaterThan(15);
    expect(contacts.some((contact) => contact['AccountId'] === null)).toBe(true);
  });

  test('has scheduled jobs of its own, whose next runs lie ahead', () => {
    const now = Date.UTC(2026, 5, 15, 12);
    seedJobs(salesforce.loadable, now);
    const jobs = rowsOf(salesforce, 'CronTrigger');
    expect(jobs.map((job) => [job['State'], job['NextFireTime']])).toEqual([
      ['WAITING', '2026-06-20T09:00:00.000Z'],
      ['WAITING', '2026-06-15T13:30:00.000Z'],
    ]);
  });
});
