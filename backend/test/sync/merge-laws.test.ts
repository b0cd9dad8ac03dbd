import { describe, expect, test } from '@jest/globals';
import { canonicalEquals, mergeField, type FieldDecision, type FieldState } from '../../src/sync/merge.ts';
import type { Canonical, Side } from '../../src/sync/types.ts';
import { field, policies } from './merge-states.ts';
import { fc } from './properties.ts';

/** Whether a value says something where nothing was ever agreed: an empty one does not, nor does a box that nobody checked. */
function says(value: Canonical, { policy }: FieldState): boolean {
  return value !== null && (value !== false || policy === 'most_restrictive');
}

describe('laws', () => {
  const value: fc.Arbitrary<Canonical> = fc.oneof(
    fc.constantFrom(null, 'a', 'b', 'c', true, false),
    fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }).map((items) => items.sort()),
  );
  const states: fc.Arbitrary<FieldState> = fc.record({
    base: fc.option(value, { nil: undefined }),
    salesforce: value,
    platform: value,
    policy: fc.constantFrom(...policies),
    emptyWins: fc.boolean(),
    direction: fc.constantFrom('both' as const, 'outbound' as const, 'inbound' as const),
    salesforceChangedAt: fc.option(fc.nat(3)),
    platformChangedAt: fc.option(fc.nat(3)),
    resolution: fc.constantFrom<Side | undefined>(undefined, undefined, 'salesforce', 'platform'),
  });
  const runs = { numRuns: 5_000 };

  /** Both sides after the decision was carried out. */
  function after(state: FieldState, decision: FieldDecision): { salesforce: Canonical; platform: Canonical } {
    const written = (side: Side): Canonical =>
      decision.kind === 'write' && decision.to.includes(side) ? decision.value : state[side];
    return { salesforce: written('salesforce'), platform: written('platform') };
  }

  test('what was written leaves both sides equal, and the next merge only notes it', () => {
    fc.assert(
      fc.property(states, (state) => {
        const decision = mergeField(state);
        if (decision.kind !== 'write') return;
        const settled = after(state, decision);
        expect(settled.salesforce).toEqual(settled.platform);
        const next = mergeField({ ...state, ...settled });
        expect(['agree', 'none']).toContain(next.kind);
        expect(mergeField({ ...state, ...settled, base: settled.salesforce })).toEqual({ kind: 'none' });
      }),
      runs,
    );
  });

  test('a two-way row leaves no difference standing unless a person is to decide', () => {
    fc.assert(
      fc.property(states, (state) => {
        const decision = mergeField({ ...state, direction: 'both' });
        if (decision.kind === 'none' || decision.kind === 'agree') {
          expect(state.salesforce).toEqual(state.platform);
        }
        if (decision.kind === 'parked') expect(state.policy).toBe('ask');
      }),
      runs,
    );
  });

  test('nothing is invented: every value written was seen on a side or is the union of both', () => {
    fc.assert(
      fc.property(states, (state) => {
        const decision = mergeField(state);
        if (decision.kind !== 'write') return;
        const { salesforce, platform } = state;
        const isSeen =
          canonicalEquals(decision.value, salesforce) || canonicalEquals(decision.value, platform);
        const both = [salesforce, platform].flatMap((each) => (typeof each === 'object' ? (each ?? []) : []));
        if (!isSeen) expect(decision.value).toEqual([...new Set(both)].sort());
      }),
      runs,
    );
  });

  test('no update is lost silently: a changed value that is overwritten stands in a conflict', () => {
    fc.assert(
      fc.property(states, (state) => {
        const decision = mergeField(state);
        if (decision.kind !== 'write') return;
        for (const side of decision.to) {
          const lost = state[side];
          const isNews = state.base === undefined ? says(lost, state) : !canonicalEquals(lost, state.base);
          if (isNews) expect(decision.conflict).not.toBeNull();
        }
      }),
      runs,
    );
  });

  /** The same seen from the other side. */
  function mirrored(state: FieldState): FieldState {
    const other = { salesforce: 'platform', platform: 'salesforce' } as const;
    const opposite = { outbound: 'inbound', inbound: 'outbound', both: 'both' } as const;
    const { policy, resolution } = state;
    return {
      ...state,
      salesforce: state.platform,
      platform: state.salesforce,
      salesforceChangedAt: state.platformChangedAt,
      platformChangedAt: state.salesforceChangedAt,
      direction: opposite[state.direction],
      policy: policy === 'salesforce' || policy === 'platform' ? other[policy] : policy,
      resolution: resolution && other[resolution],
    };
  }

  /** Salesforce goes first where a policy names no side and does not decide: unknown or equal times, no sets, no booleans. */
  function isUndecided({ policy, ...state }: FieldState): boolean {
    const { salesforce, platform, salesforceChangedAt: ours, platformChangedAt: theirs } = state;
    const areBoth = (test: (value: Canonical) => boolean): boolean => test(salesforce) && test(platform);
    if (policy === 'newest') return ours === null || theirs === null || ours === theirs;
    if (policy === 'union') return !areBoth(Array.isArray);
    return policy === 'most_restrictive' && !areBoth((value) => typeof value === 'boolean');
  }

  test('no side is preferred but by policy: seen from the other side the decision is the same', () => {
    let decided = 0;
    fc.assert(
      fc.property(states, (state) => {
        if (isUndecided(state)) return;
        const [here, there] = [mergeField(state), mergeField(mirrored(state))];
        expect(after(mirrored(state), there)).toEqual({
          salesforce: after(state, here).platform,
          platform: after(state, here).salesforce,
        });
        expect(there.kind).toBe(here.kind);
        decided += here.kind === 'write' ? 1 : 0;
      }),
      runs,
    );
    expect(decided).toBeGreaterThan(1_000);
  });

  test('where both sides changed to values of their own, the policy alone decides who wins', () => {
    const winners = new Map<string, number>();
    fc.assert(
      fc.property(states, (given) => {
        const state = { ...given, direction: 'both' as const, resolution: undefined };
        const { base, salesforce, platform, policy } = state;
        const isNews = (value: Canonical): boolean =>
          value !== null && (base === undefined ? says(value, state) : !canonicalEquals(value, base));
        if (!isNews(salesforce) || !isNews(platform) || canonicalEquals(salesforce, platform)) return;
        const decision = mergeField(state);
        const winner =
          decision.kind === 'write'
            ? decision.conflict?.winner
            : decision.kind === 'parked'
              ? null
              : undefined;
        expect(winner).toBe(winnerOf(state));
        winners.set(`${policy} ${winner}`, (winners.get(`${policy} ${winner}`) ?? 0) + 1);
      }),
      runs,
    );
    expect([...winners.keys()].sort()).toEqual([
      'ask null',
      'most_restrictive platform',
      'most_restrictive salesforce',
      'newest platform',
      'newest salesforce',
      'platform platform',
      'salesforce salesforce',
      'union both',
      'union salesforce',
    ]);
  });

  /** The rule of each policy in a word, written anew. */
  function winnerOf({ policy, ...state }: FieldState): Side | 'both' | null {
    const { salesforce, platform, salesforceChangedAt: ours, platformChangedAt: theirs } = state;
    switch (policy) {
      case 'salesforce':
      case 'platform':
        return policy;
      case 'newest':
        return (theirs ?? -1) > (ours ?? Infinity) ? 'platform' : 'salesforce';
      case 'union':
        return Array.isArray(salesforce) && Array.isArray(platform) ? 'both' : 'salesforce';
      case 'most_restrictive':
        return platform === true ? 'platform' : 'salesforce';
      case 'ask':
        return null;
    }
  }

  test('consent: through any history of edits, nobody is opted in again but by a person', () => {
    const edits = fc.array(
      fc.record({ salesforce: fc.option(fc.boolean()), platform: fc.option(fc.boolean()) }),
      { minLength: 1, maxLength: 12 },
    );
    let kept = 0;
    fc.assert(
      fc.property(
        edits,
        fc.constantFrom('both' as const, 'outbound' as const, 'inbound' as const),
        (history, direction) => {
          let base: Canonical | undefined;
          let [salesforce, platform] = [false, false];
          for (const edit of history) {
            // A side that is edited to false after the sides agreed on true is a person who opted in.
            const optsIn = {
              salesforce: base === true && salesforce && edit.salesforce === false,
              platform: base === true && platform && edit.platform === false,
            };
            salesforce = edit.salesforce ?? salesforce;
            platform = edit.platform ?? platform;
            const state = field({ base, salesforce, platform, policy: 'most_restrictive', direction });
            const decision = mergeField(state);
            const settled = after(state, decision);
            for (const side of ['salesforce', 'platform'] as const) {
              if (state[side] !== true || settled[side] === true) continue;
              expect(optsIn.salesforce || optsIn.platform).toBe(true);
            }
            if (decision.kind === 'write' || decision.kind === 'agree') base = decision.value;
            kept += settled.salesforce === true && settled.platform === true ? 1 : 0;
            [salesforce, platform] = [settled.salesforce === true, settled.platform === true];
          }
        },
      ),
      runs,
    );
    expect(kept).toBeGreaterThan(1_000);
  });

  test('a one-way row never writes to its source', () => {
    fc.assert(
      fc.property(states, (state) => {
        const decision = mergeField(state);
        const written = decision.kind === 'write' ? decision.to : [];
        if (state.direction === 'outbound') expect(written).not.toContain('salesforce');
        if (state.direction === 'inbound') expect(written).not.toContain('platform');
      }),
      runs,
    );
  });

  test('equality is by content', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(canonicalEquals(a, b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
    expect(canonicalEquals(undefined, null)).toBe(false);
  });
});
