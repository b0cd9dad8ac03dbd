import { describe, expect, test } from '@jest/globals';
import { apexWorld } from './fixture.ts';

/** What does not compile of the sources. */
function complaints(...sources: string[]): string[] {
  return apexWorld(sources)
    .apex.check()
    .map(({ message }) => message);
}

const query = (soql: string, before = ''): string =>
  `public class Reader {\n  public static void read(Set<Id> ids, String name, Integer most) { ${before}\n    Object found = ${soql};\n  }\n}`;

describe('a query is checked without being run', () => {
  test('with bound values of any kind', () => {
    expect(
      complaints(
        query('[SELECT Id, Owner.Name FROM Lead WHERE Id IN :ids AND LastName = :name LIMIT :most]'),
        query('[SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE OwnerId IN :ids]').replace(
          'Reader',
          'R2',
        ),
        query(
          '[SELECT COUNT() FROM Contact WHERE CreatedDate > :since]',
          'Datetime since = Datetime.now();',
        ).replace('Reader', 'R3'),
      ),
    ).toEqual([]);
  });

  test.each([
    ['a field', '[SELECT Id, Compny FROM Lead]', 'Compny'],
    ['a field of a condition', '[SELECT Id FROM Lead WHERE Nmae = :name]', 'Nmae'],
    ['a parent', '[SELECT Id, Boss.Name FROM Lead]', 'Boss'],
    ['a child relationship', '[SELECT Id, (SELECT Id FROM Kids) FROM Account]', 'Kids'],
  ])('and an unknown name is told with its line: %s', (_what, soql, name) => {
    const [complaint, ...others] = complaints(query(soql));
    expect(complaint).toMatch(/^classes\/Reader\.cls:3: /);
    expect(complaint).toContain(name);
    expect(others).toEqual([]);
  });

  test('in triggers, too', () => {
    expect(
      complaints('trigger Watch on Lead (after insert) {\n  List<Lead> all = [SELECT Compny FROM Lead];\n}'),
    ).toEqual([expect.stringMatching(/^triggers\/Watch\.trigger:2: [^]*Compny/)]);
  });
});
