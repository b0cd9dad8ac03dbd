import { beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Runner } from '../../../src/engine/runner.ts';
import { dryRunSchema, dryRunStartedSchema } from '../../../src/schemas/dry-run.ts';
import { setupStateSchema } from '../../../src/schemas/setup-session.ts';
import { createTestDatabase } from '../../support/database.ts';
import { createWorld } from '../../support/world.ts';

const database = await createTestDatabase();
const world = await createWorld(database);
const { call } = world;

type DryRun = z.infer<typeof dryRunSchema>;

const start = async (): Promise<string> => {
  const answer = await call('POST', '/v1/dry-runs', {});
  if (answer.status !== 202) throw new Error(answer.text);
  return dryRunStartedSchema.parse(answer.json).id;
};
const read = async (id: string): Promise<DryRun> =>
  dryRunSchema.parse((await call('GET', `/v1/dry-runs/${id}`)).json);

async function dryRun(): Promise<DryRun> {
  const id = await start();
  await world.work([{ id }]);
  return read(id);
}

/** A worker that is told to stop soon: it lets go of the run as soon as what it did is stored. */
async function workALittle(id: string): Promise<void> {
  let transactions = 0;
  const { app } = world.service;
  const runner = new Runner({
    db: Object.assign(Object.create(database.database) as typeof database.database, {
      withTenant: <T>(...how: Parameters<typeof database.database.withTenant<T>>) => {
        transactions += 1;
        if (transactions > 20) runner.stop();
        return database.database.withTenant(...how);
      },
    }),
    clock: app.clock,
    logger: app.log,
    vendors: app.vendors,
    batchSize: 2,
  });
  await runner.work(world.scope.tenantId, id);
}

/** Everything that the engine knows, and holds for others to see. */
const tables = ['link', 'cursor', 'platform_index', 'hint', 'request_tag', 'conflict', 'outcome'];
const knowledge = () =>
  Promise.all(tables.map((table) => database.asOwner(`SELECT * FROM ${table} ORDER BY 1, 2, 3, 4`)));

beforeEach(() => world.reset());

describe('before the first sync', () => {
  test('a dry run counts what would be created, linked and left out, as the batches then do it', async () => {
    await world.createPerson({ email: 'bea@acme.example', firstName: 'B', phone: '1' });
    await world.lead({ FirstName: 'Ana', LastName: 'Ruiz', Email: 'ana@acme.example', Phone: '600' });
    await world.contact({ FirstName: 'Bea', LastName: 'Gil', Email: 'bea@acme.example' });
    await world.lead({ LastName: 'Nobody' });
    await world.lead({ LastName: 'Twin', Email: 'ana@acme.example' });

    const found = await dryRun();
    expect(found).toMatchObject({
      state: 'succeeded',
      error: null,
      read: { salesforce: 4, platform: 1 },
      // The two first names of Bea differ, and Salesforce's goes before.
      outbound: { create: 1, update: 1, conflict: 1, skip: 2, unchanged: 0 },
      inbound: { create: 0, skip: 0 },
    });
    expect(found.outbound?.skips.map(({ code, count }) => [code, count]).sort()).toEqual([
      ['SYNC_EMAIL_MISSING', 1],
      ['SYNC_EMAIL_REPEATED', 1],
    ]);
    expect(found.outbound?.skips.every(({ meaning, remedy }) => meaning !== '' && remedy !== '')).toBe(true);

    const { counts } = await world.run('outbound');
    expect(counts).toMatchObject({ created: 1, linked: 1, failed: 2 });
    const inbound = await world.run('inbound');
    expect(inbound.counts.updated).toBe(found.inbound?.update);
  });

  test('its samples show a few records of each kind with their values before and after', async () => {
    await world.createPerson({ email: 'bea@acme.example', firstName: 'B', lastName: 'Gil' });
    await world.lead({ FirstName: 'Ana', LastName: 'Ruiz', Email: 'ana@acme.example' });
    await world.contact({ FirstName: 'Bea', LastName: 'Gil', Email: 'bea@acme.example' });
    await world.lead({ LastName: 'Nobody' });
    const { outbound } = await dryRun();
    const sample = (kind: string) => outbound?.samples.filter((one) => one.kind === kind) ?? [];
    expect(sample('create')).toMatchObject([
      { object: 'Lead', platformId: null, name: 'Ana Ruiz', code: null },
    ]);
    expect(sample('create')[0]?.fields).toContainEqual({
      salesforceField: 'Email',
      salesforceLabel: 'Email',
      platformField: 'email',
      platformLabel: expect.any(String),
      from: null,
      to: 'ana@acme.example',
    });
    expect(sample('update')).toMatchObject([
      { object: 'Contact', name: 'Bea Gil', fields: [{ platformField: 'firstName', from: 'B', to: 'Bea' }] },
    ]);
    expect(sample('skip')).toMatchObject([{ name: 'Nobody', code: 'SYNC_EMAIL_MISSING', fields: [] }]);
  });

  test('it writes nothing to either vendor and leaves everything that the engine knows as it is', async () => {
    await world.createPerson({ email: 'bea@acme.example', firstName: 'B' });
    await world.lead({ FirstName: 'Ana', Email: 'ana@acme.example' });
    await world.contact({ FirstName: 'Bea', Email: 'bea@acme.example' });
    const before = await knowledge();
    await world.salesforce.forgetCalls();
    await world.platform.forgetCalls();
    await dryRun();
    const calls = [
      ...Object.keys(await world.salesforce.calls()),
      ...Object.keys(await world.platform.calls()),
    ].filter((route) => !route.startsWith('GET '));
    // Reading by id is a POST in Salesforce.
    expect(calls.filter((route) => !/composite\/sobjects\/\w+$/.test(route))).toEqual([]);
    expect(await knowledge()).toEqual(before);
    expect((await world.people()).contacts).toHaveLength(1);
  });

  test('the same person in two batches is created once', async () => {
    for (let index = 0; index < 3; index += 1)
      await world.lead({ LastName: `Ana ${index}`, Email: 'ana@acme.example' });
    expect((await dryRun()).outbound).toMatchObject({ create: 1, skip: 2 });
  });
});

describe('once records are synced', () => {
  test('it tells what waits in both directions, what is in step and what both sides changed', async () => {
    const ana = await world.lead({ FirstName: 'Ana', Email: 'ana@acme.example' });
    await world.lead({ FirstName: 'Bea', Email: 'bea@acme.example' });
    const cid = await world.lead({ FirstName: 'Cid', Email: 'cid@acme.example' });
    await world.lead({ FirstName: 'Dan', Email: 'dan@acme.example' });
    await world.run('outbound');
    await world.run('inbound');
    await world.change('Lead', ana, { FirstName: 'Anna' });
    await world.changePerson((await world.person('bea@acme.example')).id, { firstName: 'Beatriz' });
    await world.change('Lead', cid, { FirstName: 'Cyd' });
    await world.changePerson((await world.person('cid@acme.example')).id, { firstName: 'Sid' });
    const before = await world.links();
    const { outbound, inbound } = await dryRun();
    expect(outbound).toMatchObject({ create: 0, update: 2, conflict: 1, skip: 0, unchanged: 2 });
    expect(inbound).toMatchObject({ create: 0, update: 1, conflict: 0, skip: 0, unchanged: 3 });
    expect(outbound?.samples.find(({ kind }) => kind === 'conflict')).toMatchObject({
      salesforceId: cid,
      fields: [{ salesforceField: 'FirstName', from: 'Sid', to: 'Cyd' }],
    });
    expect(inbound?.samples).toMatchObject([
      { kind: 'update', fields: [{ salesforceField: 'FirstName', from: 'Bea', to: 'Beatriz' }] },
    ]);
    expect(await world.links()).toEqual(before);
    expect(await world.conflicts()).toEqual([]);
    expect((await world.run('outbound')).counts).toMatchObject({ updated: 2, conflicts: 1 });
    expect((await world.run('inbound')).counts).toMatchObject({ updated: 1 });
  });

  test('a saved change of the mapping shows in the next dry run', async () => {
    await world.lead({ FirstName: 'Ana', Email: 'ana@acme.example', Title: 'Director' });
    await world.run('outbound');
    await world.run('inbound');
    expect((await dryRun()).outbound).toMatchObject({ update: 0, unchanged: 1 });
    const { json } = await call('GET', '/v1/mappings');
    const [lead] = z
      .object({ mappings: z.array(z.object({ fields: z.array(z.unknown()) })) })
      .parse(json).mappings;
    await world.onPlatform('POST', '/fields', { field: { type: 'text', title: 'Role' } });
    const fields = [...(lead?.fields ?? []), { salesforce: 'Title', platform: 'field:1' }];
    expect((await call('PUT', '/v1/mappings/Lead', { enabled: true, fields })).status).toBe(200);
    const { outbound } = await dryRun();
    expect(outbound).toMatchObject({ update: 1, unchanged: 0 });
    expect(outbound?.samples).toMatchObject([
      { fields: [{ platformField: 'field:1', from: null, to: 'Director' }] },
    ]);
  });

  test('what asks to be created in Salesforce is counted inbound', async () => {
    const id = await world.createPerson({ email: 'eva@acme.example', firstName: 'Eva', lastName: 'Sol' });
    await world.ask('create_contact', id);
    const { inbound } = await dryRun();
    expect(inbound).toMatchObject({ create: 1, update: 0, unchanged: 0 });
    expect(inbound?.samples).toMatchObject([{ kind: 'create', salesforceId: null, platformId: id }]);
    expect(await world.query('SELECT Id FROM Contact')).toEqual([]);
  });
});

describe('a saved mapping', () => {
  const unseenSince = async (): Promise<string | null> =>
    setupStateSchema.parse((await call('GET', '/v1/setup-sessions/current')).json).mappingUnseenSince;
  const save = (policy: string) =>
    call('PUT', '/v1/mappings/Lead', {
      enabled: true,
      fields: [{ salesforce: 'Email', platform: 'email', direction: 'both', policy }],
    });

  test('counts as unseen until a dry run or a sync is asked for', async () => {
    expect(await unseenSince()).toBeNull();
    await world.run('outbound');
    for (const [policy, look] of [
      ['platform', dryRun],
      ['newest', () => world.run('outbound')],
    ] as const) {
      expect((await save(policy)).status).toBe(200);
      expect(await unseenSince()).not.toBeNull();
      const first = await unseenSince();
      await save('ask');
      expect(await unseenSince()).not.toBe(first);
      await look();
      expect(await unseenSince()).toBeNull();
    }
  });

  test('is still unseen after a dry run that failed', async () => {
    await world.run('outbound');
    expect((await save('platform')).status).toBe(200);
    await dryRun();
    await database.asOwner("UPDATE run SET state = 'failed' WHERE trigger = 'dry_run'");
    expect(await unseenSince()).not.toBeNull();
  });
});

describe('a dry run', () => {
  test('that has not ended is answered instead of a second one, and is no run of the list', async () => {
    const id = await start();
    expect(await start()).toBe(id);
    expect(await read(id)).toMatchObject({
      state: 'running',
      outbound: null,
      inbound: null,
      finishedAt: null,
    });
    expect((await call('GET', '/v1/runs')).json).toEqual({ runs: [] });
    await world.work([{ id }]);
    expect(await start()).not.toBe(id);
  });

  test('without a mapping says so', async () => {
    await database.asOwner('DELETE FROM mapping');
    expect(await dryRun()).toMatchObject({
      state: 'failed',
      error: { code: 'SYNC_MAPPING_MISSING', remedy: expect.any(String) },
    });
  });

  test('that a worker dropped goes on where it was, and its counts are right', async () => {
    for (let index = 0; index < 6; index += 1) await world.lead({ Email: `person${index}@acme.example` });
    await world.lead({ LastName: 'Nobody' });
    const id = await start();
    let turns = 0;
    for (; (await read(id)).state === 'running'; turns += 1) {
      if (turns > 50) throw new Error('The dry run makes no progress.');
      await workALittle(id);
    }
    expect(turns).toBeGreaterThan(2);
    expect((await read(id)).outbound).toMatchObject({ create: 6, skip: 1 });
  });

  test.each([
    ['with something in it', 'POST', '/v1/dry-runs', { write: true }, 400],
    ['that is not there', 'GET', '/v1/dry-runs/2f1e9f0a-0000-4000-8000-000000000000', undefined, 404],
  ])('%s is refused', async (_name, method, path, body, status) => {
    expect((await call(method, path, body)).status).toBe(status);
  });
});
