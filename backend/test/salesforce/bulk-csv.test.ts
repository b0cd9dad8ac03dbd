import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { isUnfitForCsv, jobData, readColumns } from '../../src/salesforce/bulk-csv.ts';
import type { Item, Row } from '../../src/salesforce/rows.ts';

const items = (rows: readonly Row[]): Item[] =>
  rows.map((row, index) => ({ index, row, key: String(index) }));
const many = (count: number, value = 'x') =>
  items(Array.from({ length: count }, (_, n) => ({ Id: String(n), V: value })));

describe('job data', () => {
  test('has a column for every field that any row names; what a row does not name is empty, null clears', () => {
    const [data] = jobData(
      items([
        { Id: '1', Name: 'A "quoted", b\nc', Active: true, Amount: 1.5 },
        { Id: '2', Account: { Key__c: 'k' }, Name: null, Note: '' },
      ]),
    );
    expect(parse(data?.csv ?? '')).toEqual([
      ['Id', 'Name', 'Active', 'Amount', 'Account.Key__c', 'Note'],
      ['1', 'A "quoted", b\nc', 'true', '1.5', '', ''],
      ['2', '#N/A', '', '', 'k', '#N/A'],
    ]);
  });

  test.each([
    { name: 'rows', bounds: { rows: 1_500, bytes: 1e9 }, sizes: [1_500, 1_500, 500] },
    { name: 'bytes', bounds: { rows: 1e9, bytes: 130_000 }, sizes: [1_000, 1_000, 1_000, 500] },
  ])('is cut by $name, nothing lost and in order', ({ bounds, sizes }) => {
    const all = many(3_500, 'x'.repeat(100));
    const jobs = [...jobData(all, bounds)];
    expect(jobs.map((job) => job.items.length)).toEqual(sizes);
    expect(jobs.flatMap((job) => job.items)).toEqual(all);
    for (const job of jobs) {
      const [header, ...rows] = parse(job.csv);
      expect(header).toEqual(['Id', 'V']);
      expect(rows.map(([id]) => id)).toEqual(job.items.map(({ key }) => key));
      expect(Buffer.byteLength(job.csv)).toBeLessThanOrEqual(bounds.bytes);
    }
  });

  test('cannot carry a text that reads like the sign for clearing', () => {
    expect(
      items([
        { Id: '1', V: '#N/A' },
        { Id: '2', V: '#N/A ' },
        { Id: '3', V: null },
      ]).map(isUnfitForCsv),
    ).toEqual([true, false, false]);
  });
});

describe('result files', () => {
  test('are read by column, whatever the letter case and order', () => {
    const csv =
      '\uFEFF"SF__ID","sf__Created","Name","Key__c"\n"00Q1","true","a\nb","1"\n"00Q2","false","","2"\n';
    expect(readColumns(csv, ['Key__c', 'sf__Id', 'Absent'])).toEqual([
      ['1', '00Q1', ''],
      ['2', '00Q2', ''],
    ]);
    expect(readColumns('', ['Id'])).toEqual([]);
  });
});
