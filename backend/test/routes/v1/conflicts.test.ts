import { beforeAll, describe, expect, test } from '@jest/globals';
import { createConnectedOrg } from '../../support/connected.ts';
import { createTestDatabase } from '../../support/database.ts';

const org = await createConnectedOrg(await createTestDatabase());
const { call, run, lead } = org;

interface Conflict {
  readonly id: number;
  readonly platformField: string;
  readonly record: { readonly salesforceId: string } | null;
}

beforeAll(async () => {
  await org.setUp();
  const rows = [
    ['FirstName', 'firstName'],
    ['LastName', 'lastName'],
    ['Email', 'email'],
    ['Phone', 'phone'],
  ];
  const fields = rows.map(([salesforce, platform]) => ({ salesforce, platform, policy: 'ask' }));
  await call('PUT', '/v1/mappings/Lead', { enabled: true, fields });
});

const conflicts = async (query = ''): Promise<Conflict[]> =>
  ((await call('GET', `/v1/conflicts${query}`)).json as { conflicts: Conflict[] }).conflicts;

const contactOf = async (email: string) => {
  const { contacts } = (await org.onPlatform('GET', `/contacts?email=${encodeURIComponent(email)}`)) as {
    contacts: { id: string; firstName: string; phone: string }[];
  };
  const [contact] = contacts;
  if (contact === undefined) throw new Error(`There is no contact ${email}.`);
  return contact;
};

const leadOf = async (id: string) =>
  (await org.inSalesforce('GET', `/sobjects/Lead/${id}`)) as Record<string, unknown>;

/** A synced lead whose first name and phone were changed differently on both sides. */
async function disputedLead(email: string): Promise<{ id: string; open: Conflict[] }> {
  const id = await lead({ FirstName: 'Old', Phone: '1', Email: email });
  await run('outbound');
  await org.inSalesforce('PATCH', `/sobjects/Lead/${id}`, { FirstName: 'Ours', Phone: '2' });
  const { id: contactId } = await contactOf(email);
  await org.onPlatform('PUT', `/contacts/${contactId}`, { contact: { firstName: 'Theirs', phone: '3' } });
  await run('inbound');
  const open = await conflicts('?state=open');
  return { id, open: open.filter(({ record }) => record?.salesforceId === id) };
}

const idOf = (open: readonly Conflict[], field: string): number =>
  open.find(({ platformField }) => platformField === field)?.id ?? 0;

async function sync(): Promise<void> {
  await run('outbound');
  await run('inbound');
  await run('outbound');
}

describe('a conflict', () => {
  test('waits in the inbox with both values and shows on the record', async () => {
    const { id, open } = await disputedLead('ana@acme.example');
    expect(open).toHaveLength(2);
    expect(open).toContainEqual(
      expect.objectContaining({
        record: expect.objectContaining({ object: 'Lead', status: 'Waiting for a decision' }),
        salesforceField: 'FirstName',
        platformField: 'firstName',
        policy: 'ask',
        agreed: 'Old',
        salesforce: 'Ours',
        platform: 'Theirs',
        winner: null,
        state: 'open',
        reason: 'both_changed',
        settledAt: null,
      }),
    );
    const record = (await call('GET', `/v1/records?object=Lead&salesforceId=${id}`)).json;
    expect((record as { fields: unknown[] }).fields).toContainEqual(
      expect.objectContaining({ platformField: 'firstName', conflictId: idOf(open, 'firstName') }),
    );
  });

  test('is carried out by the next runs as it was decided, field by field', async () => {
    const { id, open } = await disputedLead('bea@acme.example');
    const first = await call('POST', `/v1/conflicts/${idOf(open, 'firstName')}/choose`, {
      winner: 'platform',
      userId: '005000000000001',
    });
    expect(first.status).toBe(200);
    expect(first.json).toMatchObject({ state: 'chosen', winner: 'platform', settledBy: '005000000000001' });
    await call('POST', `/v1/conflicts/${idOf(open, 'phone')}/choose`, { winner: 'salesforce' });
    await sync();
    expect(await leadOf(id)).toMatchObject({ FirstName: 'Theirs', Phone: '2' });
    expect(await contactOf('bea@acme.example')).toMatchObject({ firstName: 'Theirs', phone: '2' });
    const record = (await call('GET', `/v1/records?object=Lead&salesforceId=${id}`)).json;
    expect((record as { fields: unknown[] }).fields).toContainEqual(
      expect.objectContaining({
        platformField: 'firstName',
        lastWriter: {
          side: 'platform',
          at: expect.any(String),
          reason: 'choice',
          chosenBy: '005000000000001',
        },
      }),
    );
    const settled = (await conflicts('?state=settled')).filter(({ record }) => record?.salesforceId === id);
    expect(settled.map(({ platformField }) => platformField).sort()).toEqual(['firstName', 'phone']);
    const left = await conflicts('?state=open');
    expect(left.filter(({ record }) => record?.salesforceId === id)).toEqual([]);
  });

  test('that is not decided stays open while the other one of its record is carried out', async () => {
    const { id, open } = await disputedLead('cid@acme.example');
    await call('POST', `/v1/conflicts/${idOf(open, 'firstName')}/choose`, { winner: 'salesforce' });
    await sync();
    expect(await contactOf('cid@acme.example')).toMatchObject({ firstName: 'Ours', phone: '3' });
    expect(await leadOf(id)).toMatchObject({ FirstName: 'Ours', Phone: '2' });
    const left = (await conflicts('?state=open')).filter(({ record }) => record?.salesforceId === id);
    expect(left.map(({ platformField }) => platformField)).toEqual(['phone']);
  });
});

test.each<['salesforce' | 'platform', string]>([
  ['salesforce', 'A'],
  ['platform', 'B'],
])('a field that went back and forth takes the value of %s when a person says so', async (winner, value) => {
  const email = `loop-${winner}@acme.example`;
  const id = await lead({ Email: email });
  await run('outbound');
  const { id: contactId } = await contactOf(email);
  for (let round = 0; round < 6; round += 1) {
    await org.inSalesforce('PATCH', `/sobjects/Lead/${id}`, { Phone: 'A' });
    await run('outbound');
    await org.onPlatform('PUT', `/contacts/${contactId}`, { contact: { phone: 'B' } });
    await run('inbound');
  }
  const open = (await conflicts('?state=open')).filter(({ record }) => record?.salesforceId === id);
  expect(open).toMatchObject([{ platformField: 'phone', reason: 'oscillation' }]);
  await call('POST', `/v1/conflicts/${idOf(open, 'phone')}/choose`, { winner });
  await sync();
  expect(await leadOf(id)).toMatchObject({ Phone: value });
  expect(await contactOf(email)).toMatchObject({ phone: value });
  const left = (await conflicts()).filter(({ record }) => record?.salesforceId === id);
  expect(left).toMatchObject([{ state: 'settled', winner }]);
});

describe('a decision', () => {
  test('is made once', async () => {
    const { open } = await disputedLead('dan@acme.example');
    const path = `/v1/conflicts/${idOf(open, 'firstName')}/choose`;
    await call('POST', path, { winner: 'salesforce' });
    const again = await call('POST', path, { winner: 'platform' });
    expect(again.status).toBe(409);
    expect(again.error).toMatchObject({
      code: 'SYNC_CONFLICT_DECIDED',
      details: { winner: 'salesforce', state: 'chosen' },
    });
    await sync();
    const late = await call('POST', path, { winner: 'platform' });
    expect(late.error).toMatchObject({ code: 'SYNC_CONFLICT_DECIDED', details: { state: 'settled' } });
    expect(await contactOf('dan@acme.example')).toMatchObject({ firstName: 'Ours' });
  });

  test.each([
    ['about a conflict that is not there', '999999', { winner: 'platform' }, 404, 'SYNC_NOT_FOUND'],
    ['about what is no id', 'first', { winner: 'platform' }, 400, 'SYNC_REQUEST_INVALID'],
    ['for nobody', '1', {}, 400, 'SYNC_REQUEST_INVALID'],
    ['for both', '1', { winner: 'both' }, 400, 'SYNC_REQUEST_INVALID'],
    ['by what is no user', '1', { winner: 'platform', userId: 'ana' }, 400, 'SYNC_REQUEST_INVALID'],
  ])('%s is refused', async (_name, id, body, status, code) => {
    const answer = await call('POST', `/v1/conflicts/${id}/choose`, body);
    expect(answer.status).toBe(status);
    expect(answer.error?.code).toBe(code);
  });
});
