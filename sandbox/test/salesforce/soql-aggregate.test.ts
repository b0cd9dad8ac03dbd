import { describe, expect, test } from '@jest/globals';
import { fixture, idOf } from './soql-fixture.ts';

function org() {
  return fixture({
    Account: [{ Name: 'Acme' }, { Name: 'Globex' }],
    Contact: [
      { LastName: 'Stone', AccountId: idOf('Account', 1) },
      { LastName: 'Wood', AccountId: idOf('Account', 1) },
      { LastName: 'Free' },
    ],
    Lead: [
      {
        LastName: 'b',
        Status: 'Open',
        AnnualRevenue: 0.1,
        Email: 'x@x.test',
        CreatedDate: '2025-05-01T00:00:00.000Z',
      },
      {
        LastName: 'a',
        Status: 'Open',
        AnnualRevenue: 0.2,
        Email: 'X@x.test',
        CreatedDate: '2026-05-01T00:00:00.000Z',
      },
      { LastName: 'c', Status: 'Closed', AnnualRevenue: null, CreatedDate: '2026-06-01T00:00:00.000Z' },
      { LastName: 'd', Status: null, AnnualRevenue: 4, IsDeleted: true },
    ],
  });
}

const RESULT = { attributes: { type: 'AggregateResult' } };

describe('COUNT()', () => {
  test('answers totalSize alone', () => {
    const { engine, total } = org();
    expect(engine.explain('SELECT COUNT() FROM Lead')).toBeDefined();
    expect(total('SELECT COUNT() FROM Lead')).toBe(3);
    expect(org().query('SELECT COUNT() FROM Lead')).toEqual([]);
  });

  test('respects WHERE and LIMIT', () => {
    expect(org().total("SELECT COUNT() FROM Lead WHERE Status = 'open'")).toBe(2);
    expect(org().total('SELECT COUNT() FROM Lead LIMIT 2')).toBe(2);
  });

  test('stands alone', () => {
    expect(org().failure('SELECT COUNT(), Status FROM Lead GROUP BY Status').errorCode).toBe(
      'MALFORMED_QUERY',
    );
  });
});

describe('overall aggregates', () => {
  test('answer one AggregateResult with expr0, expr1, … and aliases', () => {
    const soql =
      'SELECT COUNT(Id), SUM(AnnualRevenue) total, COUNT_DISTINCT(Email), AVG(AnnualRevenue), MIN(LastName), MAX(CreatedDate) FROM Lead';
    expect(org().query(soql)).toEqual([
      {
        ...RESULT,
        expr0: 3,
        total: 0.3,
        expr1: 1,
        expr2: 0.15,
        expr3: 'a',
        expr4: '2026-06-01T00:00:00.000+0000',
      },
    ]);
  });

  test('count values, not nulls', () => {
    expect(org().values('SELECT COUNT(Email) n FROM Lead', 'n')).toEqual([2]);
  });

  test('over nothing answer 0 for counts and null for the rest', () => {
    const soql =
      "SELECT COUNT(Id) n, SUM(AnnualRevenue) s, MAX(LastName) m FROM Lead WHERE LastName = 'nobody'";
    expect(org().query(soql)).toEqual([{ ...RESULT, n: 0, s: null, m: null }]);
  });

  test('can not be limited', () => {
    expect(org().failure('SELECT COUNT(Id) FROM Lead LIMIT 1')).toEqual({
      errorCode: 'MALFORMED_QUERY',
      message: 'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
    });
  });
});

describe('GROUP BY', () => {
  test('answers one record per group', () => {
    expect(
      org().query('SELECT status, COUNT(Id) n FROM Lead GROUP BY Status ORDER BY COUNT(Id) DESC'),
    ).toEqual([
      { ...RESULT, Status: 'Open', n: 2 },
      { ...RESULT, Status: 'Closed', n: 1 },
    ]);
  });

  test('groups without aggregates', () => {
    expect(org().values('SELECT Status FROM Lead GROUP BY Status ORDER BY Status', 'Status')).toEqual([
      'Closed',
      'Open',
    ]);
  });

  test('groups by parent fields, null included', () => {
    const soql =
      'SELECT Account.Name, COUNT(Id) n FROM Contact GROUP BY Account.Name ORDER BY Account.Name NULLS LAST';
    expect(org().query(soql)).toEqual([
      { ...RESULT, Name: 'Acme', n: 2 },
      { ...RESULT, Name: null, n: 1 },
    ]);
  });

  test('groups by date functions', () => {
    const soql =
      'SELECT CALENDAR_YEAR(CreatedDate) year, COUNT(Id) FROM Lead GROUP BY CALENDAR_YEAR(CreatedDate) ORDER BY CALENDAR_YEAR(CreatedDate)';
    expect(org().query(soql)).toEqual([
      { ...RESULT, year: 2025, expr0: 1 },
      { ...RESULT, year: 2026, expr0: 2 },
    ]);
  });

  test('HAVING filters groups', () => {
    const soql = "SELECT Status FROM Lead GROUP BY Status HAVING COUNT(Id) > 1 AND Status LIKE 'o%'";
    expect(org().values(soql, 'Status')).toEqual(['Open']);
  });

  test('LIMIT and OFFSET count groups', () => {
    const soql = 'SELECT Status FROM Lead GROUP BY Status ORDER BY Status LIMIT 1 OFFSET 1';
    expect(org().values(soql, 'Status')).toEqual(['Open']);
  });

  test('a scope that is not emulated is refused here too', () => {
    expect(org().failure('SELECT COUNT(Id) FROM Lead USING SCOPE mine').message).toBe(
      'USING SCOPE mine is not supported by this sandbox',
    );
  });

  test('a field that is neither grouped nor aggregated is refused', () => {
    expect(org().failure('SELECT LastName, COUNT(Id) FROM Lead GROUP BY Status').message).toBe(
      'Field must be grouped or aggregated: LastName',
    );
  });

  test('a datetime can not be grouped by itself', () => {
    const { message } = org().failure('SELECT COUNT(Id) FROM Lead GROUP BY CreatedDate');
    expect(message).toContain("field 'CreatedDate' can not be grouped in a query call");
  });

  test('a sum of text is refused', () => {
    const { errorCode, message } = org().failure('SELECT SUM(LastName) FROM Lead');
    expect(errorCode).toBe('INVALID_FIELD');
    expect(message).toContain('field LastName does not support aggregate operator SUM');
  });
});
