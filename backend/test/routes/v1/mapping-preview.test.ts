import { beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { mappingPreviewSchema } from '../../../src/schemas/mapping.ts';
import { createConnectedOrg } from '../../support/connected.ts';
import { createTestDatabase } from '../../support/database.ts';

const org = await createConnectedOrg(await createTestDatabase());
const { call, lead } = org;

const row = (salesforce: string, platform: string, more: object = {}) => ({ salesforce, platform, ...more });
const rows = [row('Email', 'email'), row('LastName', 'lastName'), row('Phone', 'phone')];

type Records = z.infer<typeof mappingPreviewSchema>['records'];

async function preview(fields: readonly object[], object = 'Lead'): Promise<Records> {
  const { status, json, text } = await call('POST', '/v1/mappings/preview', { object, fields });
  if (status !== 200) throw new Error(text);
  return mappingPreviewSchema.parse(json).records;
}
const valueOf = (records: Records, name: string, platformField: string) =>
  records
    .find((record) => record.name === name)
    ?.values.find((value) => value.platformField === platformField);

describe('the preview of a mapping', () => {
  beforeAll(async () => {
    await lead({ LastName: 'Ruiz', Email: ' Ana@Acme.example', Phone: '600 123 456' });
    await lead({ LastName: 'Nobody' });
  });

  test('sends real records through it, as a batch would', async () => {
    const records = await preview(rows);
    expect(records.map(({ name }) => name).sort()).toEqual(['Nobody', 'Ruiz']);
    expect(valueOf(records, 'Ruiz', 'phone')).toEqual({
      salesforceField: 'Phone',
      salesforceValue: '600 123 456',
      platformField: 'phone',
      platformValue: '600 123 456',
      problem: null,
    });
    expect(records.every(({ values }) => values.length === rows.length)).toBe(true);
  });

  test('says which records have no usable address', async () => {
    expect(valueOf(await preview(rows), 'Nobody', 'email')).toMatchObject({
      platformValue: null,
      problem: { code: 'SYNC_EMAIL_MISSING', meaning: expect.any(String), remedy: expect.any(String) },
    });
  });

  test('says which rows cannot be used and why, and shows the others', async () => {
    const records = await preview([
      ...rows,
      row('HasOptedOutOfEmail', 'firstName'),
      row('Gone__c', 'field:1'),
    ]);
    expect(valueOf(records, 'Ruiz', 'firstName')).toMatchObject({
      platformValue: null,
      problem: { code: 'SYNC_MAPPING_INVALID', message: expect.stringMatching(/checkbox/) },
    });
    expect(valueOf(records, 'Ruiz', 'field:1')).toMatchObject({
      problem: { code: 'SYNC_MAPPING_INVALID', message: expect.stringMatching(/Gone__c/) },
    });
    expect(valueOf(records, 'Ruiz', 'lastName')).toMatchObject({ platformValue: 'Ruiz', problem: null });
  });

  test('shows what the selection picks, where it picks something', async () => {
    const rule = { field: 'LastName', operator: 'equals', value: 'Ruiz' };
    await call('PUT', '/v1/selections/Lead', { mode: 'criteria', match: 'all', rules: [rule] });
    expect((await preview(rows)).map(({ name }) => name)).toEqual(['Ruiz']);
    await call('PUT', '/v1/selections/Lead', { mode: 'none' });
    expect(await preview(rows)).toHaveLength(2);
  });

  test('shows ten records at most, and none where there are none', async () => {
    for (let index = 0; index < 10; index += 1) await lead({ LastName: `Lead ${index}` });
    expect(await preview(rows)).toHaveLength(10);
    expect(await preview([row('Email', 'email')], 'Contact')).toEqual([]);
  });

  test('saves and writes nothing', async () => {
    await org.salesforce.forgetCalls();
    await org.platform.forgetCalls();
    await preview(rows);
    const calls = [...Object.keys(await org.salesforce.calls()), ...Object.keys(await org.platform.calls())];
    expect(calls.filter((route) => !route.startsWith('GET '))).toEqual([]);
    expect((await call('GET', '/v1/mappings')).json).toMatchObject({
      mappings: [{ saved: false }, { saved: false }, { saved: false }],
    });
  });
});
