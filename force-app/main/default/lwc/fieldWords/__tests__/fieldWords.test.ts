import { describe, expect, it } from '@jest/globals';
import { platformField, salesforceField } from 'samples';
import { inPackagesWords, inUsersWords, typeWord } from '../fieldWords';

describe('fields in words', () => {
  it('are called as the org does, else as the service does', () => {
    const fields = [salesforceField('Phone'), salesforceField('Secret__c', { label: 'Secret' })];
    const info = { data: { fields: { Phone: { label: 'Teléfono' } } } };
    expect(inUsersWords(fields, info).map(({ label }) => label)).toEqual(['Teléfono', 'Secret']);
    expect(inUsersWords(fields, {})).toEqual(fields);
  });

  it('of ActiveCampaign have words of the package, custom ones their own', () => {
    const fields = [
      platformField('firstName', { label: 'x' }),
      platformField('field:1', { label: 'Size', custom: true }),
      platformField('fax', { label: 'Fax' }),
    ];
    expect(inPackagesWords(fields).map(({ label }) => label)).toEqual(['First name', 'Size', 'Fax']);
  });

  it('have a kind that people know, whichever system they are of', () => {
    expect(['boolean', 'checkbox', 'Double', 'reference'].map((type) => typeWord(type))).toEqual([
      'Checkbox',
      'Checkbox',
      'Number',
      'Lookup',
    ]);
    expect(typeWord('anytype')).toBe('anytype');
  });
});
