import { describe, expect, test } from '@jest/globals';
import {
  resolveCandidates,
  type Candidate,
  type CandidateDecision,
  type CandidateQuestion,
  type Person,
} from '../../src/sync/identity.ts';
import { fc } from './properties.ts';

function lead(
  ref: string,
  email: string | null = 'ana@example.com',
  createdAt: number | null = 0,
): Candidate {
  return { ref, object: 'Lead', salesforceId: `00Q${ref}`, email, createdAt };
}

function contact(
  ref: string,
  email: string | null = 'ana@example.com',
  createdAt: number | null = 0,
): Candidate {
  return { ref, object: 'Contact', salesforceId: `003${ref}`, email, createdAt };
}

/** Decisions in a few words, by ref. */
function decide(question: Partial<CandidateQuestion>): Record<string, string> {
  const decisions = resolveCandidates({ candidates: [], contacts: [], links: [], ...question });
  return Object.fromEntries([...decisions].map(([ref, decision]) => [ref, told(decision)]));
}

function told(decision: CandidateDecision): string {
  switch (decision.kind) {
    case 'create':
      return `create ${decision.email}`;
    case 'adopt':
      return `adopt ${decision.platformId}`;
    case 'take_over':
      return `take over ${decision.platformId} from ${decision.fromLink}`;
    case 'refuse':
      return `${decision.code}${decision.holder === null ? '' : ` by ${decision.holder.ref}`}`;
  }
}

const ana = { id: '7', email: 'Ana@Example.com' };

describe('who a candidate is on the platform', () => {
  test('somebody new', () => {
    expect(decide({ candidates: [lead('1', ' ANA@example.com')] })).toEqual({
      '1': 'create ana@example.com',
    });
  });

  test('somebody who is there without a link', () => {
    expect(decide({ candidates: [lead('1')], contacts: [ana] })).toEqual({ '1': 'adopt 7' });
  });

  test.each([
    ['Lead', lead('1'), 'SYNC_EMAIL_REPEATED by L'],
    ['Contact', contact('1'), 'SYNC_EMAIL_REPEATED by L'],
    ['Contact', lead('1'), 'SYNC_PERSON_IS_CONTACT by L'],
    ['Lead', contact('1'), 'take over 7 from L'],
  ] as [Person, Candidate, string][])(
    'linked as a %s, asked for by %j: %s',
    (object, candidate, expected) => {
      const links = [{ ref: 'L', object, platformId: '7', email: 'ana@example.com' }];
      expect(decide({ candidates: [candidate], contacts: [ana], links })).toEqual({ '1': expected });
    },
  );

  test.each([
    [' ANA@example.com', 'take over 7 from L'],
    [null, 'take over 7 from L'],
    ['new@example.com', 'SYNC_EMAIL_REPEATED by L'],
  ])('a Contact wants the contact of a Lead that has the address %j by now: %s', (email, expected) => {
    const links = [{ ref: 'L', object: 'Lead' as const, platformId: '7', email }];
    expect(decide({ candidates: [contact('1')], contacts: [ana], links })).toEqual({ '1': expected });
  });

  test('another person’s link is nobody’s business', () => {
    const links = [{ ref: 'L', object: 'Contact' as const, platformId: '8', email: 'ana@example.com' }];
    expect(decide({ candidates: [lead('1')], contacts: [ana], links })).toEqual({ '1': 'adopt 7' });
  });

  test('no address and a wrong one are refused without a holder', () => {
    expect(decide({ candidates: [lead('1', null), lead('2', ' '), contact('3', 'ana')] })).toEqual({
      '1': 'SYNC_EMAIL_MISSING',
      '2': 'SYNC_EMAIL_MISSING',
      '3': 'SYNC_EMAIL_INVALID',
    });
  });
});

describe('several candidates under one address', () => {
  test('the one created first goes ahead', () => {
    expect(
      decide({ candidates: [lead('1', undefined, 2), lead('2', undefined, 1), lead('3', undefined, null)] }),
    ).toEqual({
      '1': 'SYNC_EMAIL_REPEATED by 2',
      '2': 'create ana@example.com',
      '3': 'SYNC_EMAIL_REPEATED by 2',
    });
  });

  test('a Contact goes before an older Lead', () => {
    expect(decide({ candidates: [lead('1', undefined, 1), contact('2', undefined, 2)] })).toEqual({
      '1': 'SYNC_PERSON_IS_CONTACT by 2',
      '2': 'create ana@example.com',
    });
  });

  test('the first Contact takes over a Lead’s link, the others are told', () => {
    const links = [{ ref: 'L', object: 'Lead' as const, platformId: '7', email: 'ana@example.com' }];
    const candidates = [lead('1'), contact('2', undefined, 5), contact('3', undefined, 4)];
    expect(decide({ candidates, contacts: [ana], links })).toEqual({
      '1': 'SYNC_PERSON_IS_CONTACT by 3',
      '2': 'SYNC_EMAIL_REPEATED by 3',
      '3': 'take over 7 from L',
    });
  });

  test('the same moment is decided by the record id', () => {
    expect(decide({ candidates: [lead('B'), lead('A')] })).toEqual({
      A: 'create ana@example.com',
      B: 'SYNC_EMAIL_REPEATED by A',
    });
  });

  test('of several platform contacts under one address the oldest is the one', () => {
    const contacts = [
      { id: '10', email: 'ana@example.com' },
      { id: '9', email: 'ana@example.com' },
    ];
    expect(decide({ candidates: [lead('1')], contacts })).toEqual({ '1': 'adopt 9' });
  });
});

describe('laws', () => {
  const emails = fc.constantFrom('a@x.org', 'A@x.org', 'b@x.org', 'c@x.org', 'bad', null);
  const objects = fc.constantFrom<Person>('Lead', 'Contact');
  const questions: fc.Arbitrary<CandidateQuestion> = fc.record({
    candidates: fc.array(fc.tuple(objects, emails, fc.option(fc.nat(2))), { maxLength: 8 }).map((all) =>
      all.map(([object, email, createdAt], index) => ({
        ref: String(index),
        object,
        salesforceId: `id${index % 5}`,
        email,
        createdAt,
      })),
    ),
    contacts: fc
      .array(fc.tuple(fc.constantFrom('a@x.org', 'b@x.org'), fc.nat(20)), { maxLength: 3 })
      .map((all) => all.map(([email, id]) => ({ id: String(id), email }))),
    links: fc.array(fc.tuple(objects, fc.nat(20), emails), { maxLength: 6 }).map((all) =>
      all.map(([object, id, email], index) => ({
        ref: `L${index}`,
        object,
        platformId: String(id),
        email,
      })),
    ),
  });

  test('the order of the input means nothing', () => {
    const shuffled = questions.chain((question) =>
      fc.record({
        question: fc.constant(question),
        other: fc.record({
          candidates: fc.shuffledSubarray([...question.candidates], {
            minLength: question.candidates.length,
          }),
          contacts: fc.shuffledSubarray([...question.contacts], { minLength: question.contacts.length }),
          links: fc.shuffledSubarray([...question.links], { minLength: question.links.length }),
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ question, other }) => {
        expect(decide(other)).toEqual(decide(question));
      }),
      { numRuns: 500 },
    );
  });

  test('every candidate is decided, and every address is won at most once and by the worthiest', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const decisions = resolveCandidates(question);
        expect([...decisions.keys()].sort()).toEqual(question.candidates.map(({ ref }) => ref).sort());
        const winners = [...decisions].filter(([, decision]) => decision.kind !== 'refuse');
        const won = winners.map(([, decision]) => (decision.kind === 'refuse' ? '' : decision.email));
        expect(new Set(won).size).toBe(won.length);
        for (const [ref, decision] of winners) {
          const winner = question.candidates.find((candidate) => candidate.ref === ref);
          const rivals = question.candidates.filter(
            (candidate) => decision.kind !== 'refuse' && candidate.email?.toLowerCase() === decision.email,
          );
          if (winner?.object === 'Lead') expect(rivals.every(({ object }) => object === 'Lead')).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a platform contact that is linked is never adopted, and only a Contact takes one from a Lead', () => {
    fc.assert(
      fc.property(questions, (question) => {
        for (const [ref, decision] of resolveCandidates(question)) {
          if (decision.kind !== 'adopt' && decision.kind !== 'take_over') continue;
          const holders = question.links.filter((link) => link.platformId === decision.platformId);
          if (decision.kind === 'adopt') expect(holders).toEqual([]);
          else {
            expect(holders.every((link) => link.object === 'Lead')).toBe(true);
            expect(question.candidates.find((candidate) => candidate.ref === ref)?.object).toBe('Contact');
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
