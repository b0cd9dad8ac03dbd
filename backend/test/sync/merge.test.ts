import { describe, expect, test } from '@jest/globals';
import { mergeField, type FieldDecision, type FieldState } from '../../src/sync/merge.ts';
import type { Canonical, Policy } from '../../src/sync/types.ts';
import { field, policies } from './merge-states.ts';
import { fc } from './properties.ts';

/** A decision in a word or two: what is written where, who won. */
function told(decision: FieldDecision): string {
  switch (decision.kind) {
    case 'none':
      return 'nothing';
    case 'agree':
      return `agree on ${JSON.stringify(decision.value)}`;
    case 'parked':
      return 'wait for a person';
    case 'write': {
      const conflict = decision.conflict === null ? '' : `, ${decision.conflict.winner} won`;
      return `${JSON.stringify(decision.value)} to ${decision.to.join(' and ')}${conflict}`;
    }
  }
}

describe('without a conflict', () => {
  test.each([
    ['nothing changed', {}, 'nothing'],
    ['Salesforce changed', { salesforce: 'new' }, '"new" to platform'],
    ['the platform changed', { platform: 'new' }, '"new" to salesforce'],
    ['Salesforce was cleared', { salesforce: null }, 'null to platform'],
    ['the platform was cleared', { platform: null }, 'null to salesforce'],
    ['both changed to the same', { salesforce: 'new', platform: 'new' }, 'agree on "new"'],
    ['both were cleared', { salesforce: null, platform: null }, 'agree on null'],
    ['equal at first sight', { base: undefined }, 'agree on "old"'],
    ['empty at first sight', { base: undefined, salesforce: null, platform: null }, 'agree on null'],
    ['only Salesforce has a value at first', { base: undefined, platform: null }, '"old" to platform'],
    ['only the platform has a value at first', { base: undefined, salesforce: null }, '"old" to salesforce'],
    ['empty was agreed and Salesforce filled', { base: null, platform: null }, '"old" to platform'],
  ] as [string, Partial<FieldState>, string][])('%s', (_what, state, expected) => {
    for (const policy of policies) {
      for (const emptyWins of [true, false]) {
        expect(told(mergeField(field({ ...state, policy, emptyWins })))).toBe(expected);
      }
    }
  });
});

describe('when both changed differently', () => {
  const texts = { salesforce: 's', platform: 'p' };
  const ours = '"s" to platform, salesforce won';
  const theirs = '"p" to salesforce, platform won';

  test.each([
    ['salesforce', texts, ours],
    ['platform', texts, theirs],
    ['newest', { ...texts, salesforceChangedAt: 1, platformChangedAt: 2 }, theirs],
    ['newest', { ...texts, salesforceChangedAt: 2, platformChangedAt: 1 }, ours],
    ['newest', { ...texts, salesforceChangedAt: 1, platformChangedAt: 1 }, ours],
    ['newest', { ...texts, salesforceChangedAt: null, platformChangedAt: 2 }, ours],
    ['newest', { ...texts, salesforceChangedAt: 1, platformChangedAt: null }, ours],
    ['union', texts, ours],
    ['most_restrictive', texts, ours],
    ['ask', texts, 'wait for a person'],
    ['ask', { ...texts, resolution: 'platform' }, theirs],
    ['ask', { ...texts, resolution: 'salesforce' }, ours],
    ['salesforce', { ...texts, resolution: 'platform' }, theirs],
  ] as [Policy, Partial<FieldState>, string][])('%s: %j', (policy, state, expected) => {
    expect(told(mergeField(field({ ...state, policy })))).toBe(expected);
    expect(told(mergeField(field({ ...state, policy, base: undefined })))).toBe(expected);
  });

  test('a set is united on the sides that lack a part of it', () => {
    const union = (salesforce: Canonical, platform: Canonical): string =>
      told(mergeField(field({ base: ['a'], salesforce, platform, policy: 'union' })));
    expect(union(['a', 'b'], ['a', 'c'])).toBe('["a","b","c"] to platform and salesforce, both won');
    expect(union(['b'], ['b', 'c'])).toBe('["b","c"] to salesforce, both won');
    expect(union(['b', 'c'], ['c'])).toBe('["b","c"] to platform, both won');
  });

  test('a parked field keeps both values and names the agreement', () => {
    expect(mergeField(field({ ...texts, policy: 'ask' }))).toEqual({
      kind: 'parked',
      conflict: { winner: null, value: 'old' },
    });
  });
});

describe('an emptied field against a changed one', () => {
  test.each(policies)('loses under %s', (policy) => {
    expect(told(mergeField(field({ salesforce: null, platform: 'p', policy })))).toBe(
      '"p" to salesforce, platform won',
    );
    expect(told(mergeField(field({ salesforce: 's', platform: null, policy })))).toBe(
      '"s" to platform, salesforce won',
    );
  });

  test.each(policies.filter((policy) => policy !== 'ask'))('wins under %s where empty may win', (policy) => {
    const state = { policy, emptyWins: true };
    expect(told(mergeField(field({ ...state, salesforce: null, platform: 'p' })))).toBe(
      'null to platform, salesforce won',
    );
    expect(told(mergeField(field({ ...state, salesforce: 's', platform: null })))).toBe(
      'null to salesforce, platform won',
    );
  });

  test('waits for the person who wants to be asked, where empty may win', () => {
    const state = field({ salesforce: null, platform: 'p', policy: 'ask', emptyWins: true });
    expect(told(mergeField(state))).toBe('wait for a person');
    expect(told(mergeField({ ...state, resolution: 'salesforce' }))).toBe('null to platform, salesforce won');
  });
});

test.each<[string, Partial<FieldState>, string]>([
  ['the old value', { salesforce: 'new', resolution: 'platform' }, '"old" to salesforce, platform won'],
  ['the new value', { salesforce: 'new', resolution: 'salesforce' }, '"new" to platform, salesforce won'],
  [
    'emptiness',
    { base: undefined, platform: null, resolution: 'platform' },
    'null to salesforce, platform won',
  ],
])('a person may choose %s where only one side changed', (_what, state, expected) => {
  expect(told(mergeField(field(state)))).toBe(expected);
});

describe('a one-way row', () => {
  test.each([
    ['nothing changed', {}, 'nothing'],
    ['the source changed', { salesforce: 'new' }, '"new" to platform'],
    ['the source was cleared', { salesforce: null }, 'null to platform'],
    ['the target drifted', { platform: 'drift' }, 'nothing'],
    ['both changed', { salesforce: 'new', platform: 'drift' }, '"new" to platform, salesforce won'],
    ['the target drifted to the source', { salesforce: 'new', platform: 'new' }, 'agree on "new"'],
    ['never agreed, the target is empty', { base: undefined, platform: null }, '"old" to platform'],
    ['never agreed, the source is empty', { base: undefined, salesforce: null }, 'nothing'],
    [
      'never agreed, both have values',
      { base: undefined, platform: 'other' },
      '"old" to platform, salesforce won',
    ],
  ] as [string, Partial<FieldState>, string][])('%s', (_what, state, expected) => {
    const outbound = field({ ...state, direction: 'outbound' });
    expect(told(mergeField(outbound))).toBe(expected);

    const mirrored = { ...outbound, salesforce: outbound.platform, platform: outbound.salesforce };
    const swapped = expected
      .replace('to platform', 'to salesforce')
      .replace('salesforce won', 'platform won');
    expect(told(mergeField({ ...mirrored, direction: 'inbound' }))).toBe(swapped);
  });
});

describe('consent', () => {
  const consent = (base: boolean | undefined, salesforce: boolean, platform: boolean): string =>
    told(mergeField(field({ base, salesforce, platform, policy: 'most_restrictive' })));

  test('an opt-out on either side wins at first sight', () => {
    expect(consent(undefined, true, false)).toBe('true to platform, salesforce won');
    expect(consent(undefined, false, true)).toBe('true to salesforce, platform won');
  });

  test('an opt-out since the agreement goes to the other side', () => {
    expect(consent(false, true, false)).toBe('true to platform');
    expect(consent(false, false, true)).toBe('true to salesforce');
  });

  test('a person who opted in again since the agreement is heard', () => {
    expect(consent(true, false, true)).toBe('false to platform');
    expect(consent(true, true, false)).toBe('false to salesforce');
  });

  test('a one-way row does not take back an opt-out that it never agreed on', () => {
    const state = field({ base: undefined, policy: 'most_restrictive', direction: 'outbound' });
    expect(told(mergeField({ ...state, salesforce: false, platform: true }))).toBe('nothing');
    expect(told(mergeField({ ...state, salesforce: true, platform: false }))).toBe(
      'true to platform, salesforce won',
    );
  });

  test('false is written only over an agreed true that exactly one side left', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(true, false, undefined),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('both' as const, 'outbound' as const, 'inbound' as const),
        fc.boolean(),
        (base, salesforce, platform, direction, emptyWins) => {
          const decision = mergeField(
            field({ base, salesforce, platform, direction, emptyWins, policy: 'most_restrictive' }),
          );
          if (decision.kind === 'write' && decision.value === false) {
            expect(base).toBe(true);
            expect(salesforce).not.toBe(platform);
          }
        },
      ),
    );
  });
});
