import { describe, expect, it } from '@jest/globals';
import { mapping, pair, platformField, refusedPair, salesforceField } from 'samples';
import { emptyRow, pairUp, platformOptions, salesforceOptions, withPairs } from '../pairing';

describe('pairing', () => {
  it('lists fields that fit first, by label, and the others with the reason', () => {
    const fields = ['Zone', 'Alpha', 'Beta'].map((name) => salesforceField(name));
    const pairs = withPairs(new Map(), ['k'], [refusedPair('Alpha', 'k', 'No.'), pair('Beta', 'k')]);
    const options = salesforceOptions(fields, pairs.get('k'));
    expect(options.map(({ value, refusal }) => [value, refusal])).toEqual([
      ['Beta', null],
      ['Zone', null],
      ['Alpha', 'No.'],
    ]);
  });

  it('offers each ActiveCampaign field once, and to a row its own', () => {
    const fields = ['a', 'b', 'c'].map((key) => platformField(key));
    const rows = mapping('Lead', [
      ['X', 'a'],
      ['Y', 'b'],
    ]).fields;
    expect(platformOptions(fields, rows, 'b').map(({ value }) => value)).toEqual(['b', 'c']);
  });

  it('gives a row the direction and the policy of its pair', () => {
    const pairs = withPairs(
      new Map(),
      ['k'],
      [pair('F', 'k', { direction: 'outbound', defaultPolicy: 'union' })],
    );
    expect(pairUp('F', 'k', pairs)).toEqual({
      ...emptyRow,
      salesforce: 'F',
      platform: 'k',
      direction: 'outbound',
      policy: 'union',
    });
  });
});
