import { beforeAll, expect, test } from '@jest/globals';
import { Runner } from '../../src/engine/runner.ts';
import type { OpenVendors, Vendors } from '../../src/engine/vendors.ts';
import { createConnectedOrg } from '../support/connected.ts';
import { createTestDatabase } from '../support/database.ts';

const database = await createTestDatabase();
const org = await createConnectedOrg(database);
const { app } = org.service;

beforeAll(() => org.setUp());

/** A run in which Leads are answered only when contacts were written. */
async function runWithLeadsHeldBack(): Promise<string> {
  let release: () => void = () => undefined;
  const written = new Promise<void>((resolve) => (release = resolve));
  const vendors: Vendors = {
    async open(scope, caller): Promise<OpenVendors> {
      const sides = await app.vendors.open(scope, caller);
      const { connector, salesforce } = sides;
      return {
        ...sides,
        salesforce: {
          ...salesforce,
          async query(soql, options) {
            if (options?.all === true && soql.includes('FROM Lead ')) await written;
            return salesforce.query(soql, options);
          },
        },
        connector: {
          ...connector,
          async writeContacts(...how) {
            const outcomes = await connector.writeContacts(...how);
            release();
            return outcomes;
          },
        },
      };
    },
  };
  const runner = new Runner({ db: database.database, clock: app.clock, logger: app.log, vendors });
  const { id } = await app.runner.request(org.scope, 'outbound', 'manual');
  return runner.work(org.scope.tenantId, id);
}

test('a first sync writes the people of one page while it waits for the next', async () => {
  for (const Email of ['first@acme.example', 'second@acme.example'])
    await org.inSalesforce('POST', '/sobjects/Contact', { LastName: 'Ruiz', Email });
  for (const Email of ['second@acme.example', 'third@acme.example']) await org.lead({ Email });
  expect(await runWithLeadsHeldBack()).toBe('succeeded');
  expect(await org.onPlatform('GET', '/contacts')).toMatchObject({ meta: { total: '3' } });
  // The Contact has the address that a Lead has, too, and nothing is left to do.
  const [contact] = await database.asOwner("SELECT object FROM link WHERE agreed->>'email' LIKE 'second%'");
  expect(contact).toEqual({ object: 'Contact' });
  expect((await org.run('outbound')).counts).toMatchObject({ created: 0, updated: 0, linked: 0 });
});
