import { beforeAll, expect, test } from '@jest/globals';
import { Runner } from '../../src/engine/runner.ts';
import { syncStatus } from '../../src/engine/marks.ts';
import type { OpenVendors, Vendors } from '../../src/engine/vendors.ts';
import { createConnectedOrg } from '../support/connected.ts';
import { createTestDatabase } from '../support/database.ts';

// The package's triggers run here, and the service logs in as an admin whose own edits they count.
const database = await createTestDatabase();
const org = await createConnectedOrg(database, {}, { withApex: true });
const { app } = org.service;

const edit = 'ActiveCampaign_Edit__c';
const acknowledged = 'ActiveCampaign_Acknowledged_Edit__c';
const status = 'ActiveCampaign_Sync_Status__c';

const flag = (id: string) =>
  org.inSalesforce('PATCH', `/sobjects/Lead/${id}`, { [status]: syncStatus.waiting });
const lead = async (id: string) =>
  (await org.inSalesforce('GET', `/sobjects/Lead/${id}`)) as Record<string, unknown>;

/** A run in whose middle somebody does something: after the platform was written, before Salesforce hears of it. */
async function outboundInterrupted(deed: () => Promise<unknown>): Promise<void> {
  const vendors: Vendors = {
    async open(scope, caller): Promise<OpenVendors> {
      const sides = await app.vendors.open(scope, caller);
      const { connector } = sides;
      return {
        ...sides,
        connector: Object.assign(Object.create(connector) as typeof connector, {
          writeContacts: async (...write: Parameters<typeof connector.writeContacts>) => {
            const outcomes = await connector.writeContacts(...write);
            await deed();
            return outcomes;
          },
        }),
      };
    },
  };
  const runner = new Runner({ db: database.database, clock: app.clock, logger: app.log, vendors });
  const { id } = await runner.request(org.scope, 'outbound', 'manual');
  expect(await runner.work(org.scope.tenantId, id)).toBe('succeeded');
}

beforeAll(() => org.setUp());

test('an edit that comes while its record is written goes on waiting, and the next batch brings it home', async () => {
  const id = await org.lead({ FirstName: 'Ana', Email: 'ana@acme.example' });
  await outboundInterrupted(() => flag(id));
  expect(await lead(id)).toMatchObject({ [status]: syncStatus.waiting, [edit]: 1, [acknowledged]: null });
  await org.run('outbound');
  expect(await lead(id)).toMatchObject({ [status]: syncStatus.synced, [edit]: 1, [acknowledged]: null });
  expect((await org.run('outbound')).counts).toMatchObject({ updated: 0 });
});

test('what the sync writes of the platform’s values is not counted as an edit', async () => {
  const id = await org.lead({ FirstName: 'Bea', Email: 'bea@acme.example' });
  await org.run('outbound');
  const { contacts } = (await org.onPlatform('GET', '/contacts?email=bea%40acme.example')) as {
    contacts: { id: string }[];
  };
  await org.onPlatform('PUT', `/contacts/${contacts[0]?.id}`, { contact: { firstName: 'Beatriz' } });
  await org.run('inbound');
  expect(await lead(id)).toMatchObject({
    FirstName: 'Beatriz',
    [status]: syncStatus.synced,
    [edit]: 0,
    [acknowledged]: null,
  });
});

test('in an org whose package does not count edits, records are synced all the same', async () => {
  for (const field of [edit, acknowledged])
    await org.salesforce.control('field-access', {
      username: 'admin@sandbox.test',
      object: 'Lead',
      field,
      access: 'none',
    });
  app.runner.forgetFields(org.scope.connectionId);
  const id = await org.lead({ FirstName: 'Cid', Email: 'cid@acme.example' });
  expect(await org.run('outbound')).toMatchObject({ state: 'succeeded', error: null });
  expect(await lead(id)).toMatchObject({ [status]: syncStatus.synced });
});

test('neither number can be mapped', async () => {
  const { salesforce } = (await org.call('GET', '/v1/fields')).json as {
    salesforce: Record<string, { name: string }[]>;
  };
  const names = Object.values(salesforce).flatMap((fields) => fields.map(({ name }) => name));
  expect(names).toContain('Email');
  expect(names).not.toContain(edit);
  expect(names).not.toContain(acknowledged);
});
