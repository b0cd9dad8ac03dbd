import { beforeAll, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { createConnectedOrg } from '../../support/connected.ts';
import { createTestDatabase } from '../../support/database.ts';

const org = await createConnectedOrg(await createTestDatabase());
const { call, lead } = org;

const emailRow = { salesforce: 'Email', platform: 'email' };
const mapping = (rows: readonly object[], enabled = true) => ({ enabled, fields: [emailRow, ...rows] });

interface Problem {
  readonly code: string;
  readonly salesforce: string | null;
  readonly platform: string | null;
  readonly message: string;
}

describe('fields', () => {
  test('are those of both systems now, read-only and custom ones marked', async () => {
    const { status, json } = await call('GET', '/v1/fields');
    expect(status).toBe(200);
    const { salesforce, platform } = json as {
      salesforce: Record<string, { name: string }[]>;
      platform: Record<string, { key: string }[]>;
    };
    expect(salesforce['Lead']).toContainEqual(
      expect.objectContaining({
        name: 'Email',
        type: 'email',
        updateable: true,
        custom: false,
        operators: expect.arrayContaining(['contains', 'is_not_empty']),
      }),
    );
    expect(salesforce['Lead']).toContainEqual(
      expect.objectContaining({ name: 'Description', filterable: false, operators: [] }),
    );
    expect(salesforce['Account']?.map(({ name }) => name)).toContain('Name');
    expect(platform['contact']?.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['email', 'firstName', 'lastName', 'phone', 'account']),
    );
    expect(platform['account']?.map(({ key }) => key)).toContain('name');
  });

  test('say with which ones they go together, and why not with the others', async () => {
    const { json } = await call('GET', '/v1/fields/Lead/hasoptedoutofemail/pairs');
    const { pairs } = json as { pairs: { platform: string; allowed: boolean; reason: string | null }[] };
    expect(pairs.find(({ platform }) => platform === 'firstName')).toMatchObject({
      allowed: false,
      direction: null,
      reason: expect.stringMatching(/checkbox/),
    });
    const { json: names } = await call('GET', '/v1/fields/Lead/FirstName/pairs');
    expect((names as { pairs: unknown[] }).pairs).toContainEqual(
      expect.objectContaining({ platform: 'firstName', allowed: true, direction: 'both', lossy: false }),
    );
  });

  test('of the platform say with which ones of Salesforce they go together, several at once', async () => {
    const { json } = await call('GET', '/v1/fields/Lead/pairs?platform=firstName,email');
    const { pairs } = json as { pairs: { salesforce: string; platform: string }[] };
    expect(new Set(pairs.map(({ platform }) => platform))).toEqual(new Set(['firstName', 'email']));
    expect(pairs).toContainEqual(
      expect.objectContaining({ salesforce: 'FirstName', platform: 'firstName', allowed: true }),
    );
    expect(pairs).toContainEqual(
      expect.objectContaining({
        salesforce: 'HasOptedOutOfEmail',
        platform: 'email',
        allowed: false,
        reason: expect.any(String),
      }),
    );
  });

  test('that do not exist have no pairs', async () => {
    const answer = await call('GET', '/v1/fields/Lead/Shoe_Size__c/pairs');
    expect(answer.status).toBe(422);
    expect(answer.error).toMatchObject({
      code: 'SYNC_SALESFORCE_FIELD_UNKNOWN',
      message: expect.stringMatching(/Shoe_Size__c/),
    });
  });
});

describe('mappings', () => {
  test('start with the defaults, which are not saved yet', async () => {
    const { json } = await call('GET', '/v1/mappings');
    expect(json).toMatchObject({
      mappings: [
        { object: 'Lead', enabled: true, saved: false, problems: [] },
        { object: 'Contact', enabled: true, saved: false },
        { object: 'Account', enabled: false, saved: false },
      ],
    });
  });

  test('are saved and read back', async () => {
    const row = { salesforce: 'LastName', platform: 'lastName', direction: 'outbound', policy: 'newest' };
    const saved = await call('PUT', '/v1/mappings/Lead', mapping([row]));
    expect(saved.status).toBe(200);
    const { mappings } = (await call('GET', '/v1/mappings')).json as { mappings: unknown[] };
    expect(mappings[0]).toEqual(saved.json);
    expect(saved.json).toMatchObject({
      object: 'Lead',
      saved: true,
      fields: [{ ...emailRow, direction: 'both', policy: 'salesforce', emptyWins: false }, row],
      // A Lead that is created from the platform would lack these.
      problems: [
        { code: 'required_field_unmapped', severity: 'warning' },
        { code: 'required_field_unmapped', severity: 'warning' },
      ],
    });
  });

  test.each<[string, object, string, string]>([
    [
      'a pair that is not supported',
      mapping([{ salesforce: 'HasOptedOutOfEmail', platform: 'firstName' }]),
      'pair_unsupported',
      'checkbox',
    ],
    [
      'an unknown Salesforce field',
      mapping([{ salesforce: 'Shoe_Size__c', platform: 'firstName' }]),
      'salesforce_field_unknown',
      'Shoe_Size__c',
    ],
    [
      'an unknown platform field',
      mapping([{ salesforce: 'FirstName', platform: 'field:999' }]),
      'platform_field_unknown',
      'field:999',
    ],
    [
      'one platform field twice',
      mapping([
        { salesforce: 'FirstName', platform: 'firstName' },
        { salesforce: 'LastName', platform: 'firstName' },
      ]),
      'platform_field_repeated',
      'firstName',
    ],
    [
      'no email address',
      { enabled: true, fields: [{ salesforce: 'FirstName', platform: 'firstName' }] },
      'email_missing',
      'email',
    ],
  ])('with %s are refused with the reason, and the one in force stays', async (_name, body, code, word) => {
    const before = (await call('GET', '/v1/mappings')).json;
    const answer = await call('PUT', '/v1/mappings/Contact', body);
    expect(answer.status).toBe(422);
    expect(answer.error).toMatchObject({
      code: 'SYNC_MAPPING_INVALID',
      message: expect.stringContaining(word),
    });
    const problems = answer.error?.details['problems'] as Problem[];
    expect(problems.find((problem) => problem.code === code)?.message).toContain(word);
    expect((await call('GET', '/v1/mappings')).json).toEqual(before);
    const checked = (await call('POST', '/v1/mappings/Contact/check', body)).json as { problems: Problem[] };
    expect(checked.problems.map((problem) => problem.code)).toContain(code);
  });

  test('are judged in the language that was asked for', async () => {
    const headers = { 'accept-language': 'es' };
    const body = { enabled: true, fields: [{ salesforce: 'HasOptedOutOfEmail', platform: 'firstName' }] };
    const { problems } = (await call('POST', '/v1/mappings/Contact/check', body, headers)).json as {
      problems: Problem[];
    };
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining(
        'es una casilla de verificación y se puede asignar a: casilla de verificación.',
      ),
      expect.stringContaining('asígnele un campo de correo electrónico del contacto'),
      expect.stringContaining('El campo “LastName” del contacto es obligatorio'),
    ]);
    const { json } = await call('GET', '/v1/fields/Contact/pairs?platform=firstName', undefined, headers);
    expect((json as { pairs: { reason: string | null }[] }).pairs).toContainEqual(
      expect.objectContaining({ reason: expect.stringContaining('se puede asignar a') }),
    );
  });

  test('are refused in that language, with one problem after the other', async () => {
    const body = mapping([
      { salesforce: 'Shoe_Size__c', platform: 'firstName' },
      { salesforce: 'FirstName', platform: 'field:999' },
    ]);
    const { status, error } = await call('PUT', '/v1/mappings/Contact', body, { 'accept-language': 'es' });
    const unknown = [
      'En Salesforce no existe el campo “Shoe_Size__c” del contacto, o el usuario de integración no lo ve.',
      'En la plataforma no existe el campo “field:999”; puede que se haya eliminado allí.',
    ];
    expect(status).toBe(422);
    expect(error?.message).toBe(unknown.join(' '));
    const problems = error?.details['problems'] as Problem[];
    expect(problems.map(({ message }) => message)).toEqual(expect.arrayContaining(unknown));
  });

  test('of a formula go one way', async () => {
    const body = mapping([{ salesforce: 'Name', platform: 'lastName', direction: 'both' }]);
    const { problems } = (await call('POST', '/v1/mappings/Lead/check', body)).json as {
      problems: Problem[];
    };
    expect(problems.map(({ salesforce, code }) => [salesforce, code])).toContainEqual([
      'Name',
      expect.stringMatching(/direction_unsupported|pair_unsupported/),
    ]);
  });

  test.each<[string, string, unknown]>([
    ['no body', 'Lead', undefined],
    ['an unknown object', 'Case', mapping([])],
    ['no rows', 'Lead', { enabled: true }],
    ['a row without a partner', 'Lead', mapping([{ salesforce: 'Phone' }])],
    ['an unknown policy', 'Lead', mapping([{ salesforce: 'Phone', platform: 'phone', policy: 'random' }])],
    ['an unknown key', 'Lead', { ...mapping([]), force: true }],
  ])('with %s are refused', async (_name, object, body) => {
    const answer = await call('PUT', `/v1/mappings/${object}`, body);
    expect(answer.status).toBe(400);
    expect(answer.error?.code).toBe('SYNC_REQUEST_INVALID');
  });
});

describe('selections', () => {
  const criteria = (...rules: object[]) => ({ mode: 'criteria', match: 'all', rules });

  beforeAll(async () => {
    for (const [LastName, Company] of [
      ['One', 'Acme'],
      ['Two', 'Acme'],
      ['Three', 'Globex'],
    ])
      await lead({ LastName, Company, Email: `${LastName}@x.example` });
  });

  test('are none until somebody chooses', async () => {
    expect((await call('GET', '/v1/selections')).json).toEqual({
      selections: [
        { object: 'Lead', selection: { mode: 'none' } },
        { object: 'Contact', selection: { mode: 'none' } },
      ],
    });
  });

  test('show how many records match, and some of them', async () => {
    const body = criteria({ field: 'company', operator: 'equals', value: 'Acme' });
    const { json } = await call('POST', '/v1/selections/Lead/preview', body);
    expect(json).toEqual({ count: 2, soql: "Company = 'Acme'", sample: expect.any(Array), problems: [] });
    const { sample } = json as { sample: { name: string }[] };
    expect(sample.sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { id: expect.stringMatching(/^00Q/), name: 'One', email: 'One@x.example' },
      { id: expect.stringMatching(/^00Q/), name: 'Two', email: 'Two@x.example' },
    ]);
  });

  test('take no text of a rule for syntax', async () => {
    const value = "Acme' OR Company != '";
    const body = criteria({ field: 'Company', operator: 'equals', value });
    expect((await call('POST', '/v1/selections/Lead/preview', body)).json).toMatchObject({
      count: 0,
      problems: [],
    });
  });

  test('of nothing match nothing', async () => {
    const { json } = await call('POST', '/v1/selections/Lead/preview', { mode: 'none' });
    expect(json).toEqual({ count: 0, soql: null, sample: [], problems: [] });
  });

  test('are saved; "from now on" starts now', async () => {
    const before = Date.now();
    const saved = await call('PUT', '/v1/selections/Lead', { mode: 'created' });
    expect(saved.json).toMatchObject({ mode: 'created' });
    const { since } = saved.json as { since: string };
    expect(Date.parse(since)).toBeGreaterThanOrEqual(before - 1000);
    const { selections } = (await call('GET', '/v1/selections')).json as { selections: unknown[] };
    expect(selections[0]).toEqual({ object: 'Lead', selection: saved.json });
  });

  test.each<[string, object]>([
    ['an unknown field', { field: 'Shoe_Size__c', operator: 'equals', value: '44' }],
    ['an operator that the field has not', { field: 'NumberOfEmployees', operator: 'contains', value: '4' }],
    ['a value that is no number', { field: 'NumberOfEmployees', operator: 'greater', value: 'many' }],
    ['a list that is empty', { field: 'Company', operator: 'in', value: [] }],
  ])('with %s are refused with the reason', async (_name, rule) => {
    const answer = await call('PUT', '/v1/selections/Lead', criteria(rule));
    expect(answer.status).toBe(422);
    expect(answer.error).toMatchObject({
      code: 'SYNC_SELECTION_INVALID',
      message: expect.stringMatching(/./),
    });
    const preview = await call('POST', '/v1/selections/Lead/preview', criteria(rule));
    expect(preview.json).toMatchObject({ count: 0, problems: [{ code: 'selection_rule_invalid' }] });
  });

  test('are judged in the language that was asked for', async () => {
    const rule = { field: 'NumberOfEmployees', operator: 'greater', value: 'many' };
    const headers = { 'accept-language': 'es' };
    const { json } = await call('POST', '/v1/selections/Lead/preview', criteria(rule), headers);
    expect(json).toMatchObject({
      problems: [{ message: expect.stringContaining('es un número; “many” no lo es.') }],
    });
  });

  test.each<[string, string, unknown]>([
    ['no body', 'Lead', undefined],
    ['no rules', 'Lead', criteria()],
    ['an unknown operator', 'Lead', criteria({ field: 'Company', operator: 'sounds_like', value: 'Acme' })],
    ['an unknown mode', 'Lead', { mode: 'all' }],
    ['a time that is none', 'Lead', { mode: 'created', since: 'yesterday' }],
    ['accounts', 'Account', { mode: 'none' }],
  ])('with %s are refused', async (_name, object, body) => {
    const answer = await call('PUT', `/v1/selections/${object}`, body);
    expect(answer.status).toBe(400);
    expect(answer.error?.code).toBe('SYNC_REQUEST_INVALID');
  });
});

describe('the schedule', () => {
  test('has no job outbound, and goes on continuously inbound, until somebody chooses', async () => {
    expect((await call('GET', '/v1/schedule')).json).toMatchObject({
      schedules: [
        { direction: 'outbound', schedule: null, nextRunAt: null, lastRunAt: null, waiting: 0 },
        { direction: 'inbound', schedule: { kind: 'continuous' }, nextRunAt: expect.any(String) },
      ],
    });
  });

  test.each([
    ...[1, 2, 3, 4, 6, 8, 12].map((every) => ({ kind: 'hourly', every })),
    { kind: 'continuous' },
    { kind: 'daily', at: '06:30' },
  ])('can be %j', async (schedule) => {
    const answer = await call('PUT', '/v1/schedule/outbound', { schedule, timeZone: 'Europe/Madrid' });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      schedule,
      timeZone: 'Europe/Madrid',
      nextRunAt: expect.any(String),
    });
  });

  test('of a day keeps to the clocks of the org’s time zone', async () => {
    // A time that has not been for an hour: one that has just been would be due at once.
    const next = DateTime.now()
      .setZone('Asia/Kolkata')
      .plus({ hours: 3 })
      .startOf('hour')
      .set({ minute: 30 });
    const schedule = { kind: 'daily', at: next.toFormat('HH:mm') };
    const answer = await call('PUT', '/v1/schedule/outbound', { schedule, timeZone: 'Asia/Kolkata' });
    expect((answer.json as { nextRunAt: string }).nextRunAt).toBe(next.toUTC().toISO());
  });

  test('can be paused, and removed', async () => {
    const schedule = { kind: 'continuous' };
    const paused = await call('PUT', '/v1/schedule/outbound', { schedule, paused: true });
    expect(paused.json).toMatchObject({ schedule, paused: true, nextRunAt: null });
    const removed = await call('DELETE', '/v1/schedule/outbound');
    expect(removed.json).toMatchObject({ schedule: null, paused: false, nextRunAt: null });
  });

  test.each<[string, string, unknown]>([
    ['every five hours', 'outbound', { schedule: { kind: 'hourly', every: 5 } }],
    ['at half past twenty-five', 'outbound', { schedule: { kind: 'daily', at: '25:30' } }],
    ['in a time zone that is none', 'outbound', { schedule: { kind: 'continuous' }, timeZone: 'Mars/Base' }],
    ['sideways', 'sideways', { schedule: { kind: 'continuous' } }],
    ['never', 'outbound', { schedule: null }],
    ['nothing', 'outbound', undefined],
  ])('cannot be %s', async (_name, direction, body) => {
    const answer = await call('PUT', `/v1/schedule/${direction}`, body);
    expect(answer.status).toBe(400);
    expect(answer.error?.code).toBe('SYNC_REQUEST_INVALID');
  });
});

test('a body that is no JSON is refused', async () => {
  const answer = await fetch(`${org.service.origin}/v1/selections/Lead`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${org.token}`, 'content-type': 'application/json' },
    body: '{"mode":',
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code: 'SYNC_REQUEST_INVALID' } });
});
