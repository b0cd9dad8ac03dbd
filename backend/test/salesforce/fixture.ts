import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { createSalesforceServer, type SalesforceServer } from '../../../sandbox/salesforce/server.ts';
import { createSalesforce, type SalesforceOptions } from '../../src/salesforce/gateway.ts';
import type { AccessTokens, Salesforce } from '../../src/salesforce/types.ts';
import { doorsOf, STANDING_TOKEN, type Doors } from '../support/doors.ts';
import { JumpClock } from '../support/jump-clock.ts';
import { RecordingBudget } from '../support/recording-budget.ts';

/** The package, whose fields the org has. */
const PACKAGE = join(import.meta.dirname, '../../../force-app/main/default');

/** Routes of `calls` are without the API version's root. */
export interface OrgFixture extends Omit<Doors, 'control'> {
  readonly salesforce: Salesforce;
  readonly server: SalesforceServer;
  readonly url: string;
  readonly clock: JumpClock;
  readonly budget: RecordingBudget;
  /** A control door. */
  readonly door: Doors['control'];
  /** Creates leads named `Lead 0` … and answers their ids. */
  readonly leads: (count: number) => string[];
  /** Another gateway to the same org. */
  readonly connect: (options?: Partial<SalesforceOptions>) => Salesforce;
}

interface Opened {
  readonly server: SalesforceServer;
  readonly url: string;
  readonly clock: JumpClock;
}

/** One org serves a file's tests: making one takes longer than most of them. */
let opened: Promise<Opened> | undefined;

afterAll(async () => {
  await (await opened)?.server.app.close();
});

async function open(): Promise<Opened> {
  // Bulk jobs run in real time: each pause between polls gives them some of it.
  const clock = new JumpClock({ waitMs: 2 });
  const server = await createSalesforceServer({ clock, forceAppFolder: PACKAGE });
  return { server, clock, url: await server.app.listen({ port: 0, host: '127.0.0.1' }) };
}

/** The sandbox's org, empty, and a gateway to it, on one clock. */
export async function openOrg(): Promise<OrgFixture> {
  opened ??= open();
  const { server, url, clock } = await opened;
  const { control: door, ...counters } = doorsOf(url, /\/services\/data\/[^/]+/);
  await door('reset', {});
  const budget = new RecordingBudget(clock);
  const connect: OrgFixture['connect'] = (options) =>
    createSalesforce({
      connection: { id: 'test' },
      tokens: fixedTokens(url),
      budget,
      clock,
      callOptionsClient: 'syncline',
      allowLoopback: true,
      random: () => 0.5,
      ...options,
    });
  const admin = [...server.identity.users].find(({ isAdmin }) => isAdmin);
  if (!admin) throw new Error('The sandbox has no administrator.');
  return {
    salesforce: connect(),
    server,
    url,
    clock,
    budget,
    connect,
    door,
    ...counters,
    leads: (count) => {
      const rows = Array.from({ length: count }, (_, n) => ({
        LastName: `Lead ${n}`,
        Company: 'Acme',
        Email: `lead${n}@example.com`,
      }));
      const results = server.org.insert(server.identity.users.context(admin), 'Lead', rows);
      return results.map((result) => result.id ?? '');
    },
  };
}

export function fixedTokens(instanceUrl: string, accessToken = STANDING_TOKEN): AccessTokens {
  const access = { accessToken, instanceUrl };
  return { current: async () => access, renew: async () => access };
}
