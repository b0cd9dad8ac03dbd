import { describe, expect, test } from '@jest/globals';
import type { Fixture } from './soql-fixture.ts';
import { fixture, idOf } from './soql-fixture.ts';

const COUNT = 4_000;

/** Leads that changed one a second from 22 November on. */
function crowd(): Fixture {
  const start = Date.parse('2026-11-22T00:00:00Z');
  return fixture({
    Lead: Array.from({ length: COUNT }, (_, index) => ({
      LastName: `n${index}`,
      Email: `p${index}@x.test`,
      ActiveCampaign_ID__c: index % 2 === 0 ? `ac${index}` : null,
      Status: index % 2 === 0 ? 'Open' : 'Closed',
      SystemModstamp: new Date(start + index * 1000).toISOString(),
    })),
  });
}

const many = crowd();

/** How many rows the tables hand out for a query. */
function readsOf(soql: string): number {
  many.query(soql);
  const before = many.reads.count;
  many.query(soql);
  return many.reads.count - before;
}

describe('look-ups', () => {
  test.each([
    [`Id = '${idOf('Lead', 7)}'`, 0],
    [`Id IN ('${idOf('Lead', 7)}', '${idOf('Lead', 9).slice(0, 15)}')`, 0],
    ["Email = 'P7@x.test'", 2],
    ["Email IN ('p7@x.test', 'p8@x.test') AND Status = 'Open'", 4],
    ["Email = 'p7@x.test' OR ActiveCampaign_ID__c = 'ac8'", 4],
    ["ActiveCampaign_ID__c IN ('ac8', 'ac10')", 4],
    ["SystemModstamp > 2026-11-22T00:00:00Z AND Email = 'p7@x.test'", 2],
  ])('%s reads only the rows it finds', (where, reads) => {
    expect(readsOf(`SELECT Id FROM Lead WHERE ${where} ORDER BY SystemModstamp`)).toBeLessThanOrEqual(reads);
    expect(many.engine.explain(`SELECT Id FROM Lead WHERE ${where}`).access.kind).toMatch(/keys|union/);
  });

  test('a semi-join looks its ids up', () => {
    const { engine } = fixture({
      Account: [{ Name: 'Acme' }],
      Contact: Array.from({ length: 100 }, () => ({ AccountId: idOf('Account', 1) })),
    });
    const { access } = engine.explain('SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact)');
    expect(access).toEqual({ kind: 'keys', field: 'Id', keys: [idOf('Account', 1)] });
  });

  test('a value that most rows share is not looked up when a range is narrower', () => {
    const { engine } = fixture({
      Contact: Array.from({ length: 3_000 }, () => ({ AccountId: idOf('Account', 1) })),
    });
    const soql = `SELECT Id FROM Contact WHERE AccountId = '${idOf('Account', 1)}' AND SystemModstamp > 2026-11-22T00:00:00Z`;
    expect(engine.explain(soql).access.kind).toBe('range');
  });
});

describe('keyset reads', () => {
  const T = '2026-11-22T00:10:00Z';
  const U = '2026-11-22T01:00:00Z';
  const keyset = (limit: string): string =>
    `SELECT Id, LastName FROM Lead WHERE ((SystemModstamp > ${T}) OR (SystemModstamp = ${T} AND Id > '${idOf('Lead', 601)}'))
      AND SystemModstamp <= ${U} AND (ActiveCampaign_ID__c != null OR Status = 'Open')
      ORDER BY SystemModstamp, Id ${limit}`;

  test('are a bounded walk along the index', () => {
    expect(many.engine.explain(keyset('LIMIT 20'))).toEqual({
      access: {
        kind: 'range',
        field: 'SystemModstamp',
        bounds: { gte: '2026-11-22T00:10:00.000Z', lt: '2026-11-22T01:00:01.000Z' },
        direction: 'asc',
      },
      order: 'index',
    });
  });

  test('stop at the limit', () => {
    // Every second row matches, and each new second costs one look at the next.
    expect(readsOf(keyset('LIMIT 20'))).toBeLessThan(100);
    expect(many.query(keyset('LIMIT 2')).map((record) => record['LastName'])).toEqual(['n602', 'n604']);
  });

  test('descend along the index', () => {
    const soql = 'SELECT LastName FROM Lead ORDER BY SystemModstamp DESC LIMIT 2';
    expect(many.values(soql, 'LastName')).toEqual(['n3999', 'n3998']);
    expect(readsOf(soql)).toBeLessThan(10);
  });

  test('walk ids', () => {
    const soql = `SELECT LastName FROM Lead WHERE Id > '${idOf('Lead', 3998)}' ORDER BY Id LIMIT 5`;
    expect(many.values(soql, 'LastName')).toEqual(['n3998', 'n3999']);
    expect(readsOf(soql)).toBeLessThan(10);
  });

  test('order by Id within a second, whatever the fractions stored', () => {
    const { values } = fixture({
      Lead: [
        { LastName: 'first', SystemModstamp: '2026-11-22T10:00:00.900Z' },
        { LastName: 'second', SystemModstamp: '2026-11-22T10:00:00.100Z' },
        { LastName: 'zeroth', SystemModstamp: '2026-11-22T09:59:59.999Z' },
      ],
    });
    const soql = 'SELECT LastName FROM Lead ORDER BY SystemModstamp, Id';
    expect(values(soql, 'LastName')).toEqual(['zeroth', 'first', 'second']);
  });

  test('rows without a value are not lost where an index would skip them', () => {
    const { engine, values } = fixture({
      Lead: [{ LastName: 'a', Birthday__c: '2000-01-01' }, { LastName: 'b' }],
    });
    const soql = 'SELECT LastName FROM Lead ORDER BY Birthday__c NULLS LAST';
    expect(engine.explain(soql).order).toBe('sort');
    expect(values(soql, 'LastName')).toEqual(['a', 'b']);
  });
});

describe('other plans', () => {
  test('a range without an order reads only its rows', () => {
    expect(readsOf('SELECT Id FROM Lead WHERE SystemModstamp < 2026-11-22T00:00:10Z')).toBe(10);
  });

  test('OR of ranges reads their hull', () => {
    const soql =
      'SELECT Id FROM Lead WHERE SystemModstamp < 2026-11-22T00:00:05Z OR (SystemModstamp > 2026-11-22T00:00:06Z AND SystemModstamp < 2026-11-22T00:00:10Z)';
    expect(many.total(soql)).toBe(8);
    expect(readsOf(soql)).toBe(10);
  });

  test('NOT is never narrowed', () => {
    expect(many.engine.explain("SELECT Id FROM Lead WHERE (NOT Email = 'p1@x.test')").access.kind).toBe(
      'scan',
    );
    expect(many.total("SELECT Id FROM Lead WHERE (NOT Email = 'p1@x.test')")).toBe(COUNT - 1);
  });

  test('a page of records is made without the others', () => {
    const result = many.engine.query(
      { id: '', username: '', isAdmin: true, timeZone: 'UTC', fieldAccess: () => 'edit' },
      'SELECT Id, Owner.Name FROM Lead',
    );
    expect(result.totalSize).toBe(COUNT);
    expect(result.slice?.(0, 2)).toHaveLength(2);
  });
});
