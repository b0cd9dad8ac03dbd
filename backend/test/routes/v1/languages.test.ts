import { beforeAll, expect, test } from '@jest/globals';
import { createConnectedOrg } from '../../support/connected.ts';
import { createTestDatabase } from '../../support/database.ts';

const database = await createTestDatabase();
const org = await createConnectedOrg(database);
const { call, run } = org;

/** Salesforce's first names have 40 characters at most. */
const name = 'A'.repeat(41);
const english = `“${name}” has 41 characters; “First Name” in Salesforce takes 40.`;
const spanish = `“${name}” tiene 41 caracteres; “First Name”, en Salesforce, admite 40.`;

const ask = (path: string, language: string) =>
  call('GET', path, undefined, { 'accept-language': language }).then(({ json }) => json);

let leadId: string;
let runId: string;

beforeAll(async () => {
  await org.setUp();
  leadId = await org.lead({ FirstName: 'Ana', Email: 'ana@acme.example' });
  await run('outbound');
  const { contacts } = (await org.onPlatform('GET', '/contacts?email=ana@acme.example')) as {
    contacts: { id: string }[];
  };
  await org.onPlatform('PUT', `/contacts/${contacts[0]?.id}`, { contact: { firstName: name } });
  ({ id: runId } = await run('inbound'));
});

test('what became of a record is told in each reader’s language', async () => {
  const told = (message: string) => ({
    outcomes: [{ code: 'SYNC_VALUE_TOO_LONG', message, issues: [{ field: 'firstName', message }] }],
  });
  expect(await ask(`/v1/runs/${runId}`, 'es')).toMatchObject(told(spanish));
  expect(await ask(`/v1/runs/${runId}/outcomes`, 'en')).toMatchObject(told(english));
});

test('so is the problem of a record, while Salesforce shows it in English', async () => {
  const record = `/v1/records?object=Lead&salesforceId=${leadId}`;
  expect(await ask(record, 'es')).toMatchObject({ problem: { message: spanish } });
  expect(await ask(record, 'en')).toMatchObject({ problem: { message: english } });
  expect(await ask('/v1/records/problems', 'es')).toMatchObject({
    records: [{ problem: { message: spanish } }],
  });
  await run('outbound');
  expect(await org.inSalesforce('GET', `/sobjects/Lead/${leadId}`)).toMatchObject({
    ActiveCampaign_Relation_Sync_Status__c: english,
  });
});

test('a text that was stored before sentences were is told as it stands', async () => {
  const text = 'A value was too long: {most} characters.';
  await database.asOwner('UPDATE outcome SET message = $1, message_values = NULL WHERE run_id = $2', [
    text,
    runId,
  ]);
  expect(await ask(`/v1/runs/${runId}`, 'es')).toMatchObject({ outcomes: [{ message: text }] });
});

test('a value in a preview says what is wrong with it', async () => {
  await org.inSalesforce('PATCH', `/sobjects/Lead/${leadId}`, { Email: null });
  const fields = [{ salesforce: 'Email', platform: 'field:nothing' }];
  const body = { object: 'Lead', fields };
  const { json } = await call('POST', '/v1/mappings/preview', body, { 'accept-language': 'es' });
  expect(json).toMatchObject({
    records: [{ values: [{ problem: { message: expect.stringContaining('no existe el campo') } }] }],
  });
});

test('how sync stands is one sentence in either language, with what helps', async () => {
  expect(await ask('/v1/health', 'es')).toMatchObject({
    sentence: 'No hay ningún trabajo programado de Salesforce a ActiveCampaign.',
    remedy: 'Programe uno en el paso 3 del Asistente de configuración.',
  });
  for (const direction of ['outbound', 'inbound'])
    await call('PUT', `/v1/schedule/${direction}`, { schedule: { kind: 'continuous' } });
  expect(await ask('/v1/health', 'es')).toMatchObject({
    sentence: expect.stringMatching(/1 registro necesita atención\.$/),
    remedy: 'Vea las causas más abajo: cada una dice qué ayuda.',
  });
});

test('a request that cannot be answered says so', async () => {
  const missing = '/v1/runs/00000000-0000-4000-8000-000000000000';
  expect(await ask(missing, 'es')).toMatchObject({ error: { message: 'No existe esa ejecución.' } });
  expect(await ask(missing, 'en')).toMatchObject({ error: { message: 'There is no such run.' } });
});

test('what runs have to do without is told in either language, too', async () => {
  const { mappings } = (await call('GET', '/v1/mappings')).json as {
    mappings: { object: string; fields: unknown[] }[];
  };
  const fields = mappings.find(({ object }) => object === 'Contact')?.fields ?? [];
  const mapping = { enabled: true, fields: [...fields, { salesforce: 'Title', platform: 'field:1' }] };
  expect((await call('PUT', '/v1/mappings/Contact', mapping)).status).toBe(200);
  const access = { username: 'admin@sandbox.test', object: 'Contact', field: 'Title', access: 'none' };
  await org.salesforce.control('field-access', access);
  const { id } = await run('outbound');
  expect(await ask(`/v1/runs/${id}`, 'es')).toMatchObject({
    error: {
      code: 'SYNC_SALESFORCE_FIELD_UNKNOWN',
      message: 'Contactos: en Salesforce no existe el campo “Title”, o el usuario de integración no lo ve.',
    },
  });
});
