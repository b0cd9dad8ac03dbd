import { describe, expect, test } from '@jest/globals';
import { openOrg, type OrgFixture } from './fixture.ts';

const KEY = 'ActiveCampaign_ID__c';

const titled = (ids: readonly string[]) => ids.map((Id, n) => ({ Id, Title: `Title ${n}` }));

async function titlesOf({ salesforce }: OrgFixture, ids: readonly string[]): Promise<unknown[]> {
  return (await salesforce.retrieve('Lead', ids, ['Title'])).map((record) => record?.Title);
}

describe('the door for so many rows', () => {
  test('up to 200 is one collection call', async () => {
    const org = await openOrg();
    const ids = org.leads(200);
    const outcomes = await org.salesforce.update('Lead', titled(ids));
    expect(outcomes).toEqual(ids.map((id) => ({ ok: true, id, created: false })));
    expect(await org.calls()).toEqual({ 'PATCH /composite/sobjects': 1 });
    expect(await titlesOf(org, ids)).toEqual(ids.map((_, n) => `Title ${n}`));
  });

  test('up to 2,000 is a composite call for each thousand', async () => {
    const org = await openOrg();
    const ids = org.leads(1_201);
    const outcomes = await org.salesforce.update('Lead', titled(ids));
    expect(outcomes.map((outcome) => outcome.ok && outcome.id)).toEqual(ids);
    expect(await org.calls()).toEqual({ 'POST /composite': 2 });
    expect(await titlesOf(org, ids)).toEqual(ids.map((_, n) => `Title ${n}`));
  });

  test('above that is a bulk job', async () => {
    const org = await openOrg();
    const ids = org.leads(2_001);
    const outcomes = await org.salesforce.update('Lead', titled(ids));
    expect(outcomes.map((outcome) => outcome.ok && outcome.id)).toEqual(ids);
    const made = await org.calls();
    expect(Object.keys(made).every((route) => route.includes('/jobs/ingest'))).toBe(true);
    expect(made['GET /jobs/ingest/:id/successfulResults']).toBeUndefined();
    expect(await titlesOf(org, ids)).toEqual(ids.map((_, n) => `Title ${n}`));
  });

  test('no rows is no call', async () => {
    const { salesforce, budget } = await openOrg();
    expect(await salesforce.update('Lead', [])).toEqual([]);
    expect(budget.taken('daily')).toBe(0);
  });
});

describe('creations', () => {
  test.each([3, 2_100])(
    'make %d records, each told, and one that is refused stops no other',
    async (count) => {
      const org = await openOrg();
      const names = Array.from({ length: count }, (_, n) => `Account ${n}`);
      const rows = [{}, ...names.map((Name) => ({ Name }))];
      const [refused, ...outcomes] = await org.salesforce.create('Account', rows);
      expect(refused).toMatchObject({ ok: false, vendorCode: 'REQUIRED_FIELD_MISSING' });
      expect(outcomes).toEqual(names.map(() => ({ ok: true, id: expect.any(String), created: true })));
      expect((await org.salesforce.query('SELECT Id FROM Account')).totalSize).toBe(count);
    },
  );
});

describe('upserts by external id', () => {
  test.each([3, 300, 2_100])('create and update %d rows, and again change nothing', async (count) => {
    const org = await openOrg();
    const [known] = org.leads(1);
    await org.salesforce.update('Lead', [{ Id: known ?? '', [KEY]: '1' }]);
    const rows = Array.from({ length: count }, (_, n) => ({
      [KEY]: String(n),
      LastName: `Name ${n}`,
      Company: 'Acme, "Sons"\nand daughters',
      Id: 'ignored',
    }));
    const outcomes = await org.salesforce.upsert('Lead', KEY, rows);
    expect(outcomes.map((outcome) => outcome.ok && outcome.created)).toEqual(rows.map((_, n) => n !== 1));
    expect(outcomes[1]).toMatchObject({ id: known });
    const again = await org.salesforce.upsert('Lead', KEY, rows);
    expect(again.map((outcome) => outcome.ok && outcome.id)).toEqual(
      outcomes.map((outcome) => outcome.ok && outcome.id),
    );
    const { totalSize } = await org.salesforce.query('SELECT Id FROM Lead');
    expect(totalSize).toBe(count);
    const last = outcomes.at(-1);
    const [record] = await org.salesforce.retrieve(
      'Lead',
      [last?.ok ? last.id : ''],
      ['LastName', 'Company'],
    );
    expect(record).toMatchObject({ LastName: `Name ${count - 1}`, Company: 'Acme, "Sons"\nand daughters' });
  });

  test('do not hand new leads to the assignment rule’s owner', async () => {
    const org = await openOrg();
    const { records } = await org.salesforce.query(`SELECT Id FROM User WHERE Username = 'rep@sandbox.test'`);
    await org.door('assignment-rule', { ownerId: records[0]?.Id });
    for (const count of [1, 300]) {
      const rows = Array.from({ length: count }, (_, n) => ({
        [KEY]: `${count}-${n}`,
        LastName: 'L',
        Company: 'C',
      }));
      await org.salesforce.upsert('Lead', KEY, rows);
    }
    const owned = await org.salesforce.query(`SELECT Id FROM Lead WHERE OwnerId = '${records[0]?.Id}'`);
    expect(owned.totalSize).toBe(0);
  });

  test('write the same record’s rows one after the other, the last one lasting', async () => {
    const org = await openOrg();
    const row = (LastName: string, key: string) => ({ [KEY]: key, LastName, Company: 'C' });
    const outcomes = await org.salesforce.upsert('Lead', KEY, [
      row('A', 'x1'),
      row('B', 'x2'),
      row('C', 'X1'),
      row('D', 'x1'),
    ]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    const [first] = outcomes;
    const [record] = await org.salesforce.retrieve('Lead', [first?.ok ? first.id : ''], ['LastName']);
    expect(record?.LastName).toBe('D');
    const ids = outcomes.map((outcome) => (outcome.ok ? outcome.id : ''));
    expect(ids[3]).toBe(ids[0]);
  });

  test('refuse a row without a key, and only that', async () => {
    const { salesforce } = await openOrg();
    const outcomes = await salesforce.upsert('Lead', KEY, [
      { LastName: 'A', Company: 'C' },
      { [KEY]: '1', LastName: 'B', Company: 'C' },
    ]);
    expect(outcomes).toMatchObject([
      { ok: false, vendorCode: 'MISSING_ARGUMENT', retryable: false },
      { ok: true, created: true },
    ]);
  });
});

describe('values', () => {
  test.each([1, 300, 2_001])(
    'are cleared by null, kept when absent, and taken literally, among %d rows',
    async (count) => {
      const org = await openOrg();
      const ids = org.leads(count);
      const [one = '', ...others] = ids;
      await org.salesforce.update('Lead', [{ Id: one, Title: 'Old', City: 'Kept', Description: 'Old' }]);
      const filler = others.map((Id) => ({ Id, Title: '@{x.Id}' }));
      const outcomes = await org.salesforce.update('Lead', [
        { Id: one, Title: null, Description: '@{part0.Id} #N/A "x", y\n z' },
        ...filler,
      ]);
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      const [record, other] = await org.salesforce.retrieve('Lead', ids.slice(0, 2), [
        'Title',
        'City',
        'Description',
      ]);
      expect(record).toMatchObject({ Title: null, City: 'Kept', Description: '@{part0.Id} #N/A "x", y\n z' });
      if (count > 1) expect(other).toMatchObject({ Title: '@{x.Id}' });
    },
  );

  test('that read like the sign for clearing are no reason to clear', async () => {
    const org = await openOrg();
    const ids = org.leads(2_001);
    const outcomes = await org.salesforce.update(
      'Lead',
      ids.map((Id, n) => ({ Id, Title: n === 7 ? '#N/A' : 'x' })),
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect((await titlesOf(org, ids)).slice(6, 9)).toEqual(['x', '#N/A', 'x']);
  });
});
