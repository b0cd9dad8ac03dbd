import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { createSalesforceServer } from '../../../salesforce/server.ts';
import type { SalesforceServer } from '../../../salesforce/server.ts';
import type { UserContext } from '../../../salesforce/org/types.ts';
import { NOON } from './fixture.ts';

// The package's own notices, as they leave an org in which people and loads save at the same time.
const MINUTE = 60_000;

let now = NOON;
let isDown = false;
/** When the service was told, in milliseconds since the test began. */
let told: number[] = [];
let begun = NOON;

const service = createServer((request, response) => {
  request.resume().on('end', () => {
    const isNotice = request.url === '/v1/notices';
    if (isNotice) told.push(now - begun);
    if (isNotice && !isDown) syncAll();
    response.statusCode = isNotice && isDown ? 503 : 200;
    response.end(JSON.stringify(isNotice ? { isExpected: true } : { token: 'token' }));
  });
});

/** What waits is in step once the service was told. */
function syncAll(): void {
  for (const { Id, ActiveCampaign_Sync_Status__c: status } of server.org.table('Lead')?.rows() ?? [])
    if (status === 'Waiting for next sync')
      server.org.systemWrite(Id, { ActiveCampaign_Sync_Status__c: 'Synced successfully' });
}

let server: SalesforceServer;
let url = '';
let rep: Connection;
let other: Connection;
let leads: string[];

function apex(): NonNullable<SalesforceServer['apex']> {
  if (server.apex === undefined) throw new Error('The server runs no Apex.');
  return server.apex;
}

async function login(username: string): Promise<Connection> {
  const connection = new Connection({ loginUrl: url, version: '64.0' });
  await connection.login(username, 'sandbox1234sandboxtoken');
  return connection;
}

beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  // A listening TCP server's address is an AddressInfo.
  const address = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  server = await createSalesforceServer({
    clock: { now: () => now },
    apex: { namedCredentials: { ActiveCampaign_Sync: address, ActiveCampaign_Sync_Setup: address } },
  });
  url = await server.app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await server.app.close();
  service.close();
});

function contextOf(username: string): UserContext {
  const { users } = server.identity;
  const user = users.byUsername(username);
  if (user === undefined) throw new Error(`No user ${username}.`);
  return users.context(user);
}

beforeEach(async () => {
  await fetch(`${url}/__sandbox/reset`, { method: 'POST' });
  const started = await apex().callAura('SetupController', 'start', {}, contextOf('admin@sandbox.test'));
  expect(started).toMatchObject({ ok: true });
  const [settings] = server.org.table('ActiveCampaign_Settings__c')?.rows() ?? [];
  server.org.systemWrite(settings?.Id ?? '', { Lead_Fields_1__c: 'Phone' });
  [rep, other] = [await login('rep@sandbox.test'), await login('admin@sandbox.test')];
  leads = server.org.bulkLoad(
    'Lead',
    Array.from({ length: 450 }, (_, at) => ({
      LastName: `Person ${at}`,
      Company: 'Acme',
      OwnerId: rep.userInfo?.id ?? '',
      ActiveCampaign_ID__c: String(at + 1),
      ActiveCampaign_Sync_Status__c: 'Synced successfully',
    })),
  );
  [isDown, told, begun] = [false, [], now];
});

const rows = (from: number, to: number) =>
  leads.slice(from, to).map((Id) => ({ Id, Phone: `+34 ${now - NOON} ${from}` }));
const edit = (connection: Connection, at: number) => connection.sobject('Lead').update(rows(at, at + 1));

/** Lets time go by, in steps in which waiting jobs are looked at. */
async function pass(milliseconds: number): Promise<void> {
  const end = now + milliseconds;
  await apex().settle();
  while (now < end) {
    now = Math.min(now + 1_000, end);
    apex().tick();
    await apex().settle();
  }
}

test('edits of several transactions of one moment lead to one notice', async () => {
  const user = contextOf('rep@sandbox.test');
  for (const at of [0, 1, 2]) server.org.update(user, 'Lead', rows(at, at + 1));
  await pass(5 * MINUTE);
  expect(told).toEqual([0]);
});

test('edits that arrive together, some as the notice goes out, are told of once a minute', async () => {
  await Promise.all([edit(rep, 0), edit(other, 1), edit(rep, 2), edit(other, 3)]);
  await pass(5 * MINUTE);
  expect([[0], [0, MINUTE]]).toContainEqual(told);
});

test('edits within the minute wait for its end, and one notice speaks for them', async () => {
  await edit(rep, 0);
  await pass(1_000);
  await edit(rep, 1);
  await pass(10_000);
  await edit(other, 2);
  await pass(5 * MINUTE);
  expect(told).toEqual([0, MINUTE]);
});

test('an edit at the end of a notice’s minute is told of a second later', async () => {
  await edit(rep, 0);
  await pass(MINUTE - 1_000);
  await edit(rep, 1);
  await pass(5 * MINUTE);
  expect(told).toEqual([0, MINUTE]);
});

test('an edit that a batch has already taken along is not told of again', async () => {
  await edit(rep, 0);
  await pass(1_000);
  await edit(rep, 1);
  syncAll();
  await pass(5 * MINUTE);
  expect(told).toEqual([0]);
});

test('people who go on editing are told of once a minute', async () => {
  for (let at = 0; at < 60; at += 1) {
    await edit(at % 2 === 0 ? rep : other, at);
    await pass(3_000);
  }
  await pass(5 * MINUTE);
  const gaps = told.slice(1).map((at, index) => at - (told[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(MINUTE);
  expect(told.length).toBeLessThanOrEqual(4);
});

test('a load by the Bulk API is told of by nobody, whatever is left for its last part', async () => {
  await rep.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'update', input: rows(0, 450) });
  await pass(5 * MINUTE);
  expect(told).toEqual([]);
  expect(server.org.table('Lead')?.get(leads[449] ?? '')?.ActiveCampaign_Sync_Status__c).toBe(
    'Waiting for next sync',
  );
});

test('a load in collections is told of by nobody, its last part of less than 200 rows included', async () => {
  await rep.sobject('Lead').update(rows(0, 200));
  await rep.sobject('Lead').update(rows(200, 400));
  await rep.sobject('Lead').update(rows(400, 450));
  await pass(5 * MINUTE);
  expect(told).toEqual([]);
});

test('a load in collections that takes minutes is told of by nobody either', async () => {
  await rep.sobject('Lead').update(rows(0, 200));
  await pass(MINUTE - 5_000);
  await rep.sobject('Lead').update(rows(200, 400));
  await pass(MINUTE - 5_000);
  await rep.sobject('Lead').update(rows(400, 450));
  await pass(5 * MINUTE);
  expect(told).toEqual([]);
});

test('an edit while a load goes on waits for the next batch, one after it is told of at once', async () => {
  await rep.sobject('Lead').update(rows(0, 200));
  await edit(other, 448);
  await pass(5 * MINUTE);
  expect(told).toEqual([]);
  expect(server.org.table('Lead')?.get(leads[448] ?? '')?.ActiveCampaign_Sync_Status__c).toBe(
    'Waiting for next sync',
  );
  const made = now - begun;
  await edit(other, 449);
  await pass(5 * MINUTE);
  expect(told).toEqual([made]);
});

test('a load that begins within the minute of a notice is told of by nobody', async () => {
  await edit(other, 449);
  await pass(1_000);
  await rep.sobject('Lead').update(rows(0, 200));
  await pass(MINUTE);
  await rep.sobject('Lead').update(rows(200, 400));
  await rep.sobject('Lead').update(rows(400, 449));
  await pass(5 * MINUTE);
  expect(told).toEqual([0]);
});

test('an edit right after a load is told of at once', async () => {
  await rep.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'update', input: rows(0, 400) });
  const made = now - begun;
  await edit(other, 449);
  await pass(5 * MINUTE);
  expect(told).toEqual([made]);
});

test('a notice that is lost is followed by another, until the service is there', async () => {
  isDown = true;
  await edit(rep, 0);
  await pass(90_000);
  isDown = false;
  await pass(10 * MINUTE);
  expect(told).toEqual([0, MINUTE, 2 * MINUTE]);
});

test('a service that stays away is asked five times', async () => {
  isDown = true;
  await edit(rep, 0);
  await pass(20 * MINUTE);
  expect(told).toEqual([0, 1, 2, 3, 4].map((minute) => minute * MINUTE));
});

test('of the flow actions, "Send to ActiveCampaign" is told of, and "Mark for sync" is not', async () => {
  const act = (name: string, at: number) =>
    rep.requestPost(`/services/data/v64.0/actions/custom/apex/${name}`, {
      inputs: [{ recordId: leads[at] }],
    });
  expect(await act('MarkForSyncAction', 0)).toMatchObject([{ outputValues: { marked: true } }]);
  await pass(5 * MINUTE);
  expect(told).toEqual([]);
  begun = now;
  expect(await act('SendToActiveCampaignAction', 1)).toMatchObject([{ outputValues: { marked: true } }]);
  await pass(5 * MINUTE);
  expect(told).toEqual([0]);
});
