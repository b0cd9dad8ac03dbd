import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Value } from '../../salesforce/org/types.ts';
import { fixture, idOf } from './soql-fixture.ts';

type Lead = Readonly<Record<string, Value>> & { readonly Id: string };

/** A predicate as SOQL text beside its meaning, written independently of the engine. */
interface Predicate {
  readonly soql: string;
  readonly holds: (lead: Lead) => boolean;
}

const WORDS = ['a', 'A', 'b', 'ab', 'x@x.test', "it's"];
const SECONDS = ['09:59:59', '10:00:00', '10:00:01'];
const SIZE = 8;

const text = fc.option(fc.constantFrom(...WORDS), { nil: null });
const second = fc.constantFrom(...SECONDS);
const leadFields = fc.record({
  LastName: text,
  Email: text,
  ActiveCampaign_ID__c: text,
  NumberOfEmployees: fc.option(fc.integer({ min: -1, max: 3 }), { nil: null }),
  IsConverted: fc.boolean(),
  Birthday__c: fc.option(fc.constantFrom('2000-01-01', '2001-01-01'), { nil: null }),
  SystemModstamp: fc
    .tuple(second, fc.constantFrom('000', '250', '999'))
    .map(([at, ms]) => `2026-11-22T${at}.${ms}Z`),
  IsDeleted: fc.boolean(),
});
const leads = fc
  .array(leadFields, { maxLength: SIZE })
  .map((all): Lead[] => all.map((fields, index) => ({ Id: idOf('Lead', index + 1), ...fields })));

const quoted = (word: string): string => `'${word.replaceAll("'", "\\'")}'`;
const lower = (value: Value | undefined): string | null =>
  typeof value === 'string' ? value.toLowerCase() : null;

const textPredicate: fc.Arbitrary<Predicate> = fc
  .tuple(
    fc.constantFrom('LastName', 'Email'),
    fc.constantFrom('=', '!=', '<', '>='),
    fc.constantFrom(...WORDS),
  )
  .map(([field, operator, word]) => ({
    soql: `${field} ${operator} ${quoted(word)}`,
    holds: (lead) => {
      const value = lower(lead[field]);
      const wanted = word.toLowerCase();
      if (operator === '=') return value === wanted;
      if (operator === '!=') return value !== wanted;
      return value !== null && (operator === '<' ? value < wanted : value >= wanted);
    },
  }));

const listPredicate: fc.Arbitrary<Predicate> = fc
  .tuple(
    fc.constantFrom('LastName', 'Email', 'ActiveCampaign_ID__c'),
    fc.boolean(),
    fc.array(fc.option(fc.constantFrom(...WORDS), { nil: null }), { minLength: 1, maxLength: 3 }),
  )
  .map(([field, negated, words]) => ({
    soql: `${field} ${negated ? 'NOT IN' : 'IN'} (${words.map((word) => (word === null ? 'null' : quoted(word))).join(', ')})`,
    holds: (lead) => {
      const value = lead[field] ?? null;
      const same = (word: string | null): boolean =>
        field === 'ActiveCampaign_ID__c' ? word === value : lower(word) === lower(value);
      return words.some(same) !== negated;
    },
  }));

const numberPredicate: fc.Arbitrary<Predicate> = fc
  .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), fc.integer({ min: -1, max: 3 }))
  .map(([operator, limit]) => ({
    soql: `NumberOfEmployees ${operator} ${limit}`,
    holds: ({ NumberOfEmployees: value }) =>
      compares(typeof value === 'number' ? value : null, operator, limit),
  }));

const momentPredicate: fc.Arbitrary<Predicate> = fc
  .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), second)
  .map(([operator, at]) => ({
    soql: `SystemModstamp ${operator} 2026-11-22T${at}Z`,
    holds: (lead) => compares(secondsOf(lead), operator, Date.parse(`2026-11-22T${at}Z`) / 1000),
  }));

const idPredicate: fc.Arbitrary<Predicate> = fc
  .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), fc.integer({ min: 1, max: SIZE }), fc.boolean())
  .map(([operator, n, short]) => ({
    soql: `Id ${operator} '${short ? idOf('Lead', n).slice(0, 15) : idOf('Lead', n)}'`,
    holds: (lead) => compares(numberOf(lead), operator, n),
  }));

const flagPredicate: fc.Arbitrary<Predicate> = fc.boolean().map((flag) => ({
  soql: `IsConverted = ${flag}`,
  holds: (lead) => lead['IsConverted'] === flag,
}));

const datePredicate: fc.Arbitrary<Predicate> = fc
  .tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), fc.constantFrom(2000, 2001))
  .map(([operator, year]) => ({
    soql: `Birthday__c ${operator} ${year}-01-01`,
    holds: ({ Birthday__c: value }) =>
      compares(typeof value === 'string' ? Number(value.slice(0, 4)) : null, operator, year),
  }));

const nullPredicate: fc.Arbitrary<Predicate> = fc
  .tuple(fc.constantFrom('Email', 'NumberOfEmployees', 'ActiveCampaign_ID__c'), fc.boolean())
  .map(([field, negated]) => ({
    soql: `${field} ${negated ? '!=' : '='} null`,
    holds: (lead) => ((lead[field] ?? null) === null) !== negated,
  }));

const keysetPredicate: fc.Arbitrary<Predicate> = fc
  .tuple(second, fc.integer({ min: 1, max: SIZE }))
  .map(([at, n]) => ({
    soql: `((SystemModstamp > 2026-11-22T${at}Z) OR (SystemModstamp = 2026-11-22T${at}Z AND Id > '${idOf('Lead', n)}'))`,
    holds: (lead) => {
      const from = Date.parse(`2026-11-22T${at}Z`) / 1000;
      return secondsOf(lead) > from || (secondsOf(lead) === from && numberOf(lead) > n);
    },
  }));

const { predicate } = fc.letrec<{ predicate: Predicate }>((tie) => ({
  predicate: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(
      textPredicate,
      listPredicate,
      numberPredicate,
      momentPredicate,
      idPredicate,
      flagPredicate,
      nullPredicate,
      datePredicate,
      keysetPredicate,
    ),
    fc
      .tuple(fc.constantFrom('AND', 'OR'), fc.array(tie('predicate'), { minLength: 2, maxLength: 3 }))
      .map(([joiner, parts]) => ({
        soql: parts.map((part) => `(${part.soql})`).join(` ${joiner} `),
        holds: (lead: Lead) =>
          joiner === 'AND' ? parts.every((part) => part.holds(lead)) : parts.some((part) => part.holds(lead)),
      })),
    tie('predicate').map(negated),
  ),
}));

/** NOT of a predicate; one that is negated twice already stays, as the engine's parser knows no third NOT within. */
function negated(part: Predicate): Predicate {
  if (part.soql.startsWith('NOT (NOT')) return part;
  return { soql: `NOT (${part.soql})`, holds: (lead) => !part.holds(lead) };
}

function compares(value: number | null, operator: string, limit: number): boolean {
  if (operator === '!=') return value !== limit;
  if (value === null) return false;
  switch (operator) {
    case '=':
      return value === limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    default:
      return value >= limit;
  }
}

function secondsOf(lead: Lead): number {
  return Math.floor(Date.parse(String(lead['SystemModstamp'])) / 1000);
}

/** The n of the n-th id: ids grow with it. */
function numberOf(lead: Lead): number {
  return Array.from({ length: SIZE }, (_, index) => idOf('Lead', index + 1)).indexOf(lead.Id) + 1;
}

const ORDERS = [
  'ORDER BY SystemModstamp, Id',
  'ORDER BY SystemModstamp DESC, Id DESC',
  'ORDER BY SystemModstamp DESC, Id',
  'ORDER BY SystemModstamp, Email NULLS LAST, Id',
  'ORDER BY Birthday__c, Id',
  'ORDER BY Birthday__c DESC NULLS LAST, Id',
  'ORDER BY Id DESC',
  'ORDER BY Email, NumberOfEmployees DESC, Id',
];

describe('any filter over any rows', () => {
  test('keeps exactly the rows for which it holds, with and without indexes', () => {
    fc.assert(
      fc.property(leads, predicate, (rows, { soql, holds }) => {
        const expected = rows
          .filter((lead) => lead['IsDeleted'] !== true && holds(lead))
          .map((lead) => lead.Id);
        for (const indexed of [true, false]) {
          const found = fixture({ Lead: rows }, { indexed }).values(
            `SELECT Id FROM Lead WHERE ${soql}`,
            'Id',
          );
          expect(found.map(String).sort()).toEqual(expected);
        }
      }),
      { numRuns: 600 },
    );
  });

  test('comes in the same order and cut to the same page with and without indexes', () => {
    const page = fc.record({
      limit: fc.integer({ min: 0, max: SIZE }),
      offset: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(
        leads,
        predicate,
        fc.constantFrom(...ORDERS),
        page,
        (rows, { soql }, order, { limit, offset }) => {
          const statement = `SELECT Id FROM Lead WHERE ${soql} ${order} LIMIT ${limit} OFFSET ${offset}`;
          const [walked, sorted] = [true, false].map((indexed) =>
            fixture({ Lead: rows }, { indexed }).values(statement, 'Id'),
          );
          expect(walked).toEqual(sorted);
        },
      ),
      { numRuns: 400 },
    );
  });
});
