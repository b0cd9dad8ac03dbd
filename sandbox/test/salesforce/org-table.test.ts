import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { IdSequence, toId18 } from '../../salesforce/org/ids.ts';
import { createOrg } from '../../salesforce/org/org.ts';
import { createSchema } from '../../salesforce/org/schema.ts';
import { RecordTable } from '../../salesforce/org/table.ts';
import { stampOf } from '../../salesforce/org/time.ts';
import type { Bounds, Row } from '../../salesforce/org/types.ts';
import { START } from './rest-fixture.ts';

const schema = createSchema();

function leadTable(): RecordTable {
  const lead = schema.object('Lead');
  if (lead === undefined) throw new Error('There is no Lead');
  return new RecordTable(lead);
}

describe('ids', () => {
  test('15 characters become the 18 that Salesforce prints', () => {
    expect(toId18('00D000000000001')).toBe('00D000000000001EAA');
    expect(toId18('001D000000IqhSL')).toBe('001D000000IqhSLIAZ');
    expect(toId18('001D000000IqhSLIAZ')).toBe('001D000000IqhSLIAZ');
  });

  test('a wrong suffix, length or character is no id', () => {
    for (const text of ['001D000000IqhSLIAA', '001D000000IqhS', '001D000000Iqh-L', ''])
      expect(toId18(text)).toBeUndefined();
  });

  test('a sequence ascends and never repeats, also without regard to letter case', () => {
    const sequence = new IdSequence('00Q');
    const ids = Array.from({ length: 5_000 }, () => sequence.take());
    expect(ids.toSorted((left, right) => (left < right ? -1 : 1))).toEqual(ids);
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
  });
});

describe('tables', () => {
  const change = fc.record({
    kind: fc.constantFrom('put' as const, 'put' as const, 'put' as const, 'forget' as const),
    record: fc.integer({ min: 0, max: 30 }),
    second: fc.integer({ min: 0, max: 40 }),
    email: fc.constantFrom(null, 'a@x.example', 'A@X.example', 'b@x.example'),
  });

  test('indexes answer what a scan of all rows would, whatever happened before', () => {
    const bounds = fc.record(
      {
        gte: fc.integer({ min: 0, max: 40 }),
        gt: fc.integer({ min: 0, max: 40 }),
        lte: fc.integer({ min: 0, max: 40 }),
        lt: fc.integer({ min: 0, max: 40 }),
      },
      { requiredKeys: [] },
    );
    const sequence = new IdSequence('00Q');
    const ids = Array.from({ length: 31 }, () => sequence.take());
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 20, maxLength: 120, size: 'max' }),
        bounds,
        fc.nat({ max: 20 }),
        (changes, wanted, warmAt) => {
          const table = leadTable();
          const limits: Bounds = Object.fromEntries(
            Object.entries(wanted).map(([name, second]) => [name, stampOf(START + second * 1_000)]),
          );
          changes.forEach(({ kind, record, second, email }, index) => {
            // Indexes come to life at some point, and are kept from then on.
            if (index === warmAt) {
              table.range('SystemModstamp', {}, 'asc');
              table.find('Email', 'x');
            }
            const id = ids[record] ?? '';
            if (kind === 'forget') table.forget(id);
            else table.put({ Id: id, Email: email, SystemModstamp: stampOf(START + second * 1_000) });
          });
          const stamp = (row: Row): string => String(row['SystemModstamp']);
          const inBounds = [...table.rows()]
            .filter((row) => limits.gte === undefined || stamp(row) >= String(limits.gte))
            .filter((row) => limits.gt === undefined || stamp(row) > String(limits.gt))
            .filter((row) => limits.lte === undefined || stamp(row) <= String(limits.lte))
            .filter((row) => limits.lt === undefined || stamp(row) < String(limits.lt))
            .sort((left, right) => (stamp(left) + left.Id < stamp(right) + right.Id ? -1 : 1));
          expect([...(table.range('systemmodstamp', limits, 'asc') ?? [])]).toEqual(inBounds);
          expect([...(table.range('SystemModstamp', limits, 'desc') ?? [])]).toEqual(inBounds.toReversed());
          const withEmail = [...table.rows()].filter(
            (row) => String(row['Email']).toLowerCase() === 'a@x.example',
          );
          const found = [...(table.find('email', 'A@x.EXAMPLE') ?? [])];
          expect(new Set(found)).toEqual(new Set(withEmail));
          expect(found).toHaveLength(withEmail.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('an ordered index stays right over many chunks, splits and rebuilds', () => {
    const table = leadTable();
    const ids = Array.from({ length: 5_000 }, () => table.nextId());
    ids.forEach((Id, index) => table.put({ Id, SystemModstamp: stampOf(START + index * 1_000) }));
    table.range('SystemModstamp', {}, 'asc');
    // Backwards in time, so that entries land in the middle; several rounds, so that stale ones pile up.
    for (const round of [3, 2, 1]) {
      ids.forEach((Id, index) => {
        if (index % round === 0)
          table.put({ Id, SystemModstamp: stampOf(START + ((index * 7) % 4_999) * 1_000 - round) });
      });
    }
    const keys = [...(table.range('SystemModstamp', {}, 'asc') ?? [])].map(
      (row) => `${String(row['SystemModstamp'])} ${row.Id}`,
    );
    expect(keys).toHaveLength(5_000);
    expect(keys.toSorted()).toEqual(keys);
  });

  test('fields without an index say so', () => {
    const table = leadTable();
    expect(table.find('Title', 'x')).toBeUndefined();
    expect(table.range('Title', {}, 'asc')).toBeUndefined();
  });

  test('an update of one record among 100,000 touches no other row', () => {
    const org = createOrg({
      clock: { now: () => START },
      schema: createSchema(),
      id: '00D000000000001EAA',
      userById: () => undefined,
    });
    const ids = org.bulkLoad(
      'Contact',
      Array.from({ length: 100_000 }, (_, index) => ({
        LastName: `P${index}`,
        Email: `p${index}@x.example`,
      })),
    );
    const table = org.table('Contact');
    const before = new Map([...(table?.rows() ?? [])].map((row) => [row.Id, row]));
    const user = {
      id: '005000000000001AAA',
      username: 'a',
      isAdmin: true,
      timeZone: 'utc',
      fieldAccess: () => 'edit' as const,
    };
    org.update(user, 'Contact', [{ Id: ids[500], Title: 'Boss' }]);
    const changed = [...(table?.rows() ?? [])].filter((row) => before.get(row.Id) !== row);
    expect(changed.map((row) => row.Id)).toEqual([ids[500]]);
    expect([...(table?.find('Email', 'P99999@x.example') ?? [])].map((row) => row.Id)).toEqual([ids[99_999]]);
  });
});
