import type { FieldState } from '../../src/sync/merge.ts';
import type { Policy } from '../../src/sync/types.ts';

export const policies: readonly Policy[] = [
  'salesforce',
  'platform',
  'newest',
  'union',
  'most_restrictive',
  'ask',
];

/** A field on which both sides agree, but for what is told. */
export function field(overrides: Partial<FieldState>): FieldState {
  return {
    base: 'old',
    salesforce: 'old',
    platform: 'old',
    policy: 'salesforce',
    emptyWins: false,
    direction: 'both',
    salesforceChangedAt: null,
    platformChangedAt: null,
    resolution: undefined,
    ...overrides,
  };
}
