import { beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const database = await createTestDatabase();
const world = await createWorld(database);

/** The key of the contact field that holds the account's name. */
let company = '';

beforeEach(async () => {
  await world.reset();
  await world.platform.control('limits', { accounts: false });
  company = await addField('Company', 'text');
  expect((await saveAccount({ accountNameField: company })).status).toBe(200);
});

async function addField(title: string, type: string): Promise<string> {
  const created = await world.onPlatform('POST', '/fields', { field: { title, type, visible: 1 } });
  return `field:${z.object({ field: z.object({ id: z.string() }) }).parse(created).field.id}`;
}

function saveAccount(changes: object) {
  return world.call('PUT', '/v1/mappings/Account', { enabled: true, fields: [], ...changes });
}

const valuesSchema = z.object({ fieldValues: z.array(z.object({ field: z.string(), value: z.string() })) });

/** What the contact's field holds. */
async function companyOf(email: string): Promise<string> {
  const { id } = await world.person(email);
  const { fieldValues } = valuesSchema.parse(await world.onPlatform('GET', `/contacts/${id}/fieldValues`));
  return fieldValues.find(({ field }) => `field:${field}` === company)?.value ?? '';
}

async function setCompany(email: string, value: string): Promise<void> {
  const { id } = await world.person(email);
  const field = company.replace('field:', '');
  await world.changePerson(id, { fieldValues: [{ field, value }] });
}

async function accountOf(email: string): Promise<unknown> {
  const [contact] = await world.query(`SELECT Account.Name FROM Contact WHERE Email = '${email}'`);
  return (
    z.object({ Account: z.object({ Name: z.string() }).nullable() }).parse(contact).Account?.Name ?? null
  );
}

/** Both directions once more: nothing is left to do. */
async function expectRest(): Promise<void> {
  for (const direction of ['outbound', 'inbound', 'outbound', 'inbound'] as const)
    expect((await world.run(direction)).outcomes).toEqual([]);
}

describe('where the platform has no accounts', () => {
  test("a Contact's Account Name is written to the chosen field as text, and follows the Contact to another account", async () => {
    const acme = await world.account({ Name: 'Acme' });
    const beta = await world.account({ Name: 'Beta' });
    const id = await world.contact({ Email: 'ana@acme.example', AccountId: acme });
    await world.run('outbound');
    expect(await companyOf('ana@acme.example')).toBe('Acme');
    await expectRest();
    await world.change('Contact', id, { AccountId: beta });
    await world.run('outbound');
    expect(await companyOf('ana@acme.example')).toBe('Beta');
    await world.change('Contact', id, { AccountId: null });
    await world.run('outbound');
    expect(await companyOf('ana@acme.example')).toBe('');
    await expectRest();
  });

  test('a name changed there relates the Contact to the oldest Account of that name, whatever its letter case', async () => {
    const id = await world.contact({
      Email: 'ana@acme.example',
      AccountId: await world.account({ Name: 'Acme' }),
    });
    const beta = await world.account({ Name: 'Beta' });
    await world.account({ Name: 'BETA' });
    await world.run('outbound');
    await setCompany('ana@acme.example', 'beta');
    await world.run('inbound');
    expect(await world.query(`SELECT AccountId FROM Contact WHERE Id = '${id}'`)).toMatchObject([
      { AccountId: beta },
    ]);
    await world.run('outbound');
    expect(await companyOf('ana@acme.example')).toBe('Beta');
    await expectRest();
  });

  test('an Account that is missing in Salesforce is created once for all who name it', async () => {
    for (const email of ['a@nova.example', 'b@nova.example']) await world.contact({ Email: email });
    await world.run('outbound');
    await setCompany('a@nova.example', 'Nova');
    await setCompany('b@nova.example', 'NOVA');
    await world.run('inbound');
    expect(await world.query('SELECT Name FROM Account')).toMatchObject([{ Name: 'Nova' }]);
    expect(await accountOf('a@nova.example')).toBe('Nova');
    expect(await accountOf('b@nova.example')).toBe('Nova');
    await world.run('outbound');
    await expectRest();
    expect(await world.query('SELECT Name FROM Account')).toHaveLength(1);
  });

  test('an Account whose creation was not heard of is found by its name, and not created again', async () => {
    await world.contact({ Email: 'a@nova.example' });
    await world.run('outbound');
    await setCompany('a@nova.example', 'Nova');
    await world.salesforce.control('faults', [
      // The first such call looks at the Contact once more.
      { match: 'POST /services/data/v67.0/composite/sobjects', dropResponse: true, every: 2, times: 1 },
    ]);
    expect(await world.run('inbound')).toMatchObject({
      state: 'failed',
      error: { code: 'SYNC_SALESFORCE_UNREACHABLE' },
    });
    await world.run('inbound');
    expect(await accountOf('a@nova.example')).toBe('Nova');
    expect(await world.query('SELECT Name FROM Account')).toHaveLength(1);
  });

  test('an Account that Salesforce refuses stands on the Contact with the reason, and its other fields are synced', async () => {
    await world.salesforce.control('validation-rules', [
      {
        name: 'Industry',
        object: 'Account',
        when: [{ field: 'Industry', operator: 'isBlank' }],
        message: 'An account needs an industry.',
      },
    ]);
    await world.contact({ Email: 'a@nova.example' });
    await world.run('outbound');
    await setCompany('a@nova.example', 'Nova');
    await world.changePerson((await world.person('a@nova.example')).id, { phone: '+34 600 000 001' });
    await world.run('inbound');
    await world.run('inbound');
    expect(await accountOf('a@nova.example')).toBeNull();
    expect(
      await world.query('SELECT Phone, ActiveCampaign_Relation_Sync_Status__c FROM Contact'),
    ).toMatchObject([
      {
        Phone: '+34 600 000 001',
        ActiveCampaign_Relation_Sync_Status__c: expect.stringContaining('An account needs an industry.'),
      },
    ]);
  });

  test('a name emptied there takes nobody out of an account', async () => {
    await world.contact({ Email: 'ana@acme.example', AccountId: await world.account({ Name: 'Acme' }) });
    await world.run('outbound');
    await setCompany('ana@acme.example', '');
    await world.run('inbound');
    expect(await accountOf('ana@acme.example')).toBe('Acme');
    await expectRest();
  });

  test('where both sides name another account, Salesforce wins and the conflict is listed', async () => {
    const id = await world.contact({
      Email: 'ana@acme.example',
      AccountId: await world.account({ Name: 'Acme' }),
    });
    const beta = await world.account({ Name: 'Beta' });
    await world.run('outbound');
    await world.change('Contact', id, { AccountId: beta });
    await setCompany('ana@acme.example', 'Gamma');
    await world.run('outbound');
    expect(await companyOf('ana@acme.example')).toBe('Beta');
    expect(await world.conflicts()).toMatchObject([
      { platformField: company, salesforceField: 'Account.Name', winner: 'salesforce' },
    ]);
    await expectRest();
  });

  test('someone sent from there is created in the Account of that name', async () => {
    const acme = await world.account({ Name: 'Acme' });
    const person = await world.createPerson({
      email: 'neu@acme.example',
      lastName: 'Neu',
      fieldValues: [{ field: company.replace('field:', ''), value: 'Acme' }],
    });
    await world.ask('create_contact', person);
    await world.run('inbound');
    expect(await world.query('SELECT AccountId FROM Contact')).toMatchObject([{ AccountId: acme }]);
    await world.run('outbound');
    await expectRest();
  });

  test('runs go on without a field when none is chosen, and say that the plan has no accounts', async () => {
    expect((await saveAccount({ enabled: false })).status).toBe(200);
    await world.contact({ Email: 'ana@acme.example', AccountId: await world.account({ Name: 'Acme' }) });
    const run = await world.run('outbound');
    expect(run).toMatchObject({
      state: 'succeeded',
      error: { code: 'SYNC_PLATFORM_ACCOUNTS_MISSING', message: expect.stringMatching(/no accounts/) },
    });
    expect((await world.person('ana@acme.example')).lastName).toBe('Ruiz');
    expect(await companyOf('ana@acme.example')).toBe('');
  });
});

describe('the field for the Account Name', () => {
  async function refusal(answer: ReturnType<typeof saveAccount>) {
    const { status, error } = await answer;
    return { status, error };
  }
  const problem = (code: string) => ({
    status: 422,
    error: { code: 'SYNC_MAPPING_INVALID', details: { problems: [expect.objectContaining({ code })] } },
  });

  test('is refused where the plan has accounts', async () => {
    await world.platform.control('limits', { accounts: true });
    const name = { salesforce: 'Name', platform: 'name' };
    expect(await refusal(saveAccount({ fields: [name], accountNameField: company }))).toMatchObject(
      problem('accounts_available'),
    );
  });

  test('is refused where it cannot hold a name, is not there, or is none', async () => {
    const day = await addField('Since', 'date');
    for (const [field, code] of [
      [day, 'pair_unsupported'],
      ['firstName', 'platform_field_repeated'],
      ['email', 'platform_field_repeated'],
      ['field:999', 'platform_field_unknown'],
      [null, 'accounts_unavailable'],
    ] as const) {
      expect(await refusal(saveAccount({ accountNameField: field }))).toMatchObject(problem(code));
    }
  });

  test('is refused where the Contact maps it already, and the Contact cannot map it afterwards', async () => {
    const fields = [
      { salesforce: 'Email', platform: 'email' },
      { salesforce: 'LastName', platform: 'lastName' },
      { salesforce: 'Department', platform: company },
    ];
    const contact = await world.call('PUT', '/v1/mappings/Contact', { enabled: true, fields });
    expect(contact).toMatchObject(problem('platform_field_repeated'));
    expect((await saveAccount({ enabled: false })).status).toBe(200);
    expect((await world.call('PUT', '/v1/mappings/Contact', { enabled: true, fields })).status).toBe(200);
    expect(await refusal(saveAccount({ accountNameField: company }))).toMatchObject(
      problem('platform_field_repeated'),
    );
  });

  test('belongs to the mapping of Account alone', async () => {
    const fields = [{ salesforce: 'Email', platform: 'email' }];
    const answer = await world.call('PUT', '/v1/mappings/Lead', {
      enabled: true,
      fields,
      accountNameField: company,
    });
    expect(answer).toMatchObject({ status: 400, error: { code: 'SYNC_REQUEST_INVALID' } });
  });

  test('is not needed for a Lead, whose Company that is mapped to accounts waits for them, and is not so from the start', async () => {
    const lead = async () => {
      const { json } = await world.call('GET', '/v1/mappings');
      const { mappings } = z.object({ mappings: z.array(z.record(z.string(), z.unknown())) }).parse(json);
      return mappings.find(({ object }) => object === 'Lead');
    };
    const waits = {
      code: 'accounts_unavailable',
      severity: 'warning',
      salesforce: 'Company',
      platform: 'account',
    };
    expect(await lead()).toMatchObject({ saved: true, problems: [waits] });
    await database.asOwner("DELETE FROM mapping WHERE object = 'Lead'");
    expect(await lead()).toMatchObject({
      saved: false,
      fields: expect.not.arrayContaining([expect.objectContaining({ platform: 'account' })]),
    });
  });

  test('is told with the mapping, and the fields that can be it with the pairs of Account.Name', async () => {
    const { json } = await world.call('GET', '/v1/mappings');
    expect(json).toMatchObject({
      mappings: expect.arrayContaining([
        expect.objectContaining({
          object: 'Account',
          enabled: true,
          accountNameField: company,
          problems: [],
        }),
      ]),
    });
    const { json: pairs } = await world.call('GET', '/v1/fields/Contact/Account.Name/pairs');
    expect(pairs).toMatchObject({
      pairs: expect.arrayContaining([
        expect.objectContaining({ platform: company, allowed: true }),
        expect.objectContaining({ platform: 'firstName', allowed: false, reason: expect.any(String) }),
      ]),
    });
  });
});
