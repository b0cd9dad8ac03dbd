import { beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { syncStatus } from '../../src/engine/marks.ts';
import { createConnectedOrg } from '../support/connected.ts';
import { createTestDatabase } from '../support/database.ts';
import { APP } from '../support/vendors.ts';

// An org whose leads, contacts and accounts are private, with the sync logged in as its integration user, who owns
// none of them: what its permission set opens decides.
const database = await createTestDatabase();
const org = await createConnectedOrg(database, {}, { withApex: true });

const REP = '005000000000002AAA';
const GUEST_REP = '005000000000003AAA';

/** Lets a user see all leads, and edit none of other people's. */
async function viewAllLeads(userId: string): Promise<void> {
  const create = async (object: string, row: Record<string, unknown>): Promise<string> =>
    z.object({ id: z.string() }).parse(await org.inSalesforce('POST', `/sobjects/${object}`, row)).id;
  const setId = await create('PermissionSet', { Name: 'Sees_Leads', Label: 'Sees Leads' });
  const rights = { PermissionsRead: true, PermissionsEdit: true, PermissionsViewAllRecords: true };
  await create('ObjectPermissions', { ParentId: setId, SobjectType: 'Lead', ...rights });
  await create('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: setId });
}

const found = z.object({ contacts: z.array(z.object({ id: z.string() })) });

async function read(id: string): Promise<Record<string, unknown>> {
  const row = await org.inSalesforce(
    'GET',
    `/sobjects/Lead/${id}?fields=ActiveCampaign_Sync_Status__c,Phone,OwnerId`,
  );
  return z.record(z.string(), z.unknown()).parse(row);
}

beforeAll(async () => {
  await org.salesforce.control('sharing', { Lead: 'private', Contact: 'private', Account: 'private' });
  const connected = await org.call('POST', '/v1/connections/salesforce/client-credentials', {
    instanceUrl: org.salesforce.url,
    consumerKey: APP.SALESFORCE_CONSUMER_KEY,
    consumerSecret: APP.SALESFORCE_CONSUMER_SECRET,
  });
  expect(connected.json).toMatchObject({ state: 'connected', userName: 'integration@sandbox.test' });
  await org.setUp();
});

test('what others own is read, sent and told, and comes back', async () => {
  const owners = ['005000000000001AAA', REP];
  const ids = await Promise.all(
    owners.map((OwnerId, at) => org.lead({ OwnerId, FirstName: 'Ana', Email: `private${at}@acme.example` })),
  );
  expect((await org.run('outbound')).counts).toMatchObject({ created: 2, failed: 0 });
  for (const [at, id] of ids.entries())
    expect(await read(id)).toMatchObject({
      ActiveCampaign_Sync_Status__c: syncStatus.synced,
      OwnerId: owners[at],
    });

  for (const at of owners.keys()) {
    const answer = await org.onPlatform('GET', `/contacts?email=private${at}%40acme.example`);
    const id = found.parse(answer).contacts[0]?.id;
    await org.onPlatform('PUT', `/contacts/${id}`, { contact: { phone: `+34 600 00${at}` } });
  }
  expect((await org.run('inbound')).counts).toMatchObject({ updated: 2, failed: 0 });
  expect(await Promise.all(ids.map(read))).toMatchObject([
    { Phone: '+34 600 000' },
    { Phone: '+34 600 001' },
  ]);
});

test('who may only see a record decides nothing about it', async () => {
  await viewAllLeads(GUEST_REP);
  const recordId = await org.lead({ OwnerId: REP, Email: 'seen@acme.example' });
  await org.run('outbound');
  const decide = (username: string): Promise<unknown> =>
    org.salesforce.control('apex', {
      username,
      class: 'RecordController',
      method: 'chooseConflict',
      params: { recordId, conflictId: 1, winner: 'salesforce' },
    });
  expect(JSON.stringify(await decide('guestrep@sandbox.test'))).toContain('PACKAGE_RECORD_LOCKED');
  // Whoever may edit it is told what is wrong with the question itself.
  expect(JSON.stringify(await decide('rep@sandbox.test'))).toContain('PACKAGE_CONFLICT_GONE');
});
