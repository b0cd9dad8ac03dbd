import { describe, expect, test } from '@jest/globals';
import { EMPTY_PLAN, needs, planPair } from '../../src/sync/plan.ts';
import { compileMapping } from '../../src/sync/pairs.ts';
import type { FieldMapping, PairState } from '../../src/sync/types.ts';
import { platformField, salesforceField } from './fields.ts';

const rows: FieldMapping[] = [
  { salesforce: 'A__c', platform: 'field:1', direction: 'both', policy: 'salesforce', emptyWins: false },
  { salesforce: 'B__c', platform: 'field:2', direction: 'both', policy: 'ask', emptyWins: false },
  { salesforce: 'C__c', platform: 'field:3', direction: 'outbound', policy: 'salesforce', emptyWins: false },
  { salesforce: 'D__c', platform: 'field:4', direction: 'inbound', policy: 'salesforce', emptyWins: false },
];
const { mapping } = compileMapping(
  { object: 'Contact', enabled: false, fields: rows },
  rows.map((row) => salesforceField({ name: row.salesforce })),
  rows.map((row) => platformField({ key: row.platform })),
);
const old = { 'field:1': 'a', 'field:2': 'b', 'field:3': 'c', 'field:4': 'd' };

function state(overrides: Partial<PairState> = {}): PairState {
  return {
    agreed: old,
    salesforce: old,
    platform: old,
    salesforceChangedAt: null,
    platformChangedAt: null,
    resolutions: {},
    ...overrides,
  };
}

describe('planning a pair', () => {
  test('a pair that needs nothing always gets the same empty plan', () => {
    expect(planPair(mapping, state())).toBe(EMPTY_PLAN);
    expect(planPair(mapping, state({ platform: { ...old, 'field:3': 'drift' } }))).toBe(EMPTY_PLAN);
    expect(needs(EMPTY_PLAN)).toEqual({ outbound: false, inbound: false });
  });

  test('every field goes its own way', () => {
    const plan = planPair(
      mapping,
      state({
        salesforce: { ...old, 'field:1': 'a2', 'field:3': 'c2' },
        platform: { ...old, 'field:2': 'b2', 'field:4': 'd2' },
      }),
    );
    expect(plan).toEqual({
      toPlatform: { 'field:1': 'a2', 'field:3': 'c2' },
      toSalesforce: { 'field:2': 'b2', 'field:4': 'd2' },
      agree: {},
      conflicts: [],
    });
    expect(needs(plan)).toEqual({ outbound: true, inbound: true });
  });

  test('conflicts name both values, the agreement, the policy and the winner', () => {
    const plan = planPair(
      mapping,
      state({
        salesforce: { ...old, 'field:1': 's', 'field:2': 's' },
        platform: { ...old, 'field:1': 'p', 'field:2': 'p' },
      }),
    );
    expect(plan.conflicts).toEqual([
      {
        field: 'field:1',
        base: 'a',
        salesforce: 's',
        platform: 'p',
        policy: 'salesforce',
        winner: 'salesforce',
        value: 's',
      },
      {
        field: 'field:2',
        base: 'b',
        salesforce: 's',
        platform: 'p',
        policy: 'ask',
        winner: null,
        value: 'b',
      },
    ]);
    expect(plan.toPlatform).toEqual({ 'field:1': 's' });
    expect(plan.toSalesforce).toEqual({});
  });

  test('a person’s choice settles a parked field', () => {
    const plan = planPair(
      mapping,
      state({
        salesforce: { ...old, 'field:2': 's' },
        platform: { ...old, 'field:2': 'p' },
        resolutions: { 'field:2': 'platform' },
      }),
    );
    expect(plan.toSalesforce).toEqual({ 'field:2': 'p' });
    expect(plan.conflicts).toMatchObject([{ winner: 'platform' }]);
  });

  test('a field that one side does not know is left alone on both', () => {
    const { 'field:1': _unknown, ...known } = old;
    expect(planPair(mapping, state({ salesforce: known, platform: { ...old, 'field:1': 'p' } }))).toBe(
      EMPTY_PLAN,
    );
    expect(planPair(mapping, state({ platform: known, salesforce: { ...old, 'field:1': 's' } }))).toBe(
      EMPTY_PLAN,
    );
  });

  test('at first sight equal fields are agreed on and blanks are filled in the row’s direction', () => {
    const plan = planPair(
      mapping,
      state({
        agreed: null,
        salesforce: { ...old, 'field:2': null, 'field:3': null, 'field:4': null },
        platform: old,
      }),
    );
    expect(plan).toEqual({
      toPlatform: {},
      toSalesforce: { 'field:2': 'b', 'field:4': 'd' },
      agree: { 'field:1': 'a' },
      conflicts: [],
    });
  });

  test('a new mapping row is new for that field only', () => {
    const { 'field:1': _new, ...agreed } = old;
    const plan = planPair(mapping, state({ agreed, platform: { ...old, 'field:1': null } }));
    expect(plan).toMatchObject({ toPlatform: { 'field:1': 'a' }, conflicts: [] });
  });

  test('values that are no longer mapped are left out', () => {
    const plan = planPair(
      mapping,
      state({ salesforce: { ...old, 'field:99': 'x' }, platform: { ...old, 'field:99': 'y' } }),
    );
    expect(plan).toBe(EMPTY_PLAN);
  });
});
