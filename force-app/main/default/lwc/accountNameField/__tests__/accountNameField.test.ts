import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import getAccountNamePairs from '@salesforce/apex/SetupController.getAccountNamePairs';
import { pair, platformField, refusedPair } from 'samples';
import { act, apexError, find, property, record, settle, show, textOf } from 'testing';
import AccountNameField from '../accountNameField';

const fields = [
  platformField('email', { label: 'Email', type: 'email' }),
  platformField('field:1', { label: 'Employer', custom: true }),
];

async function component(value: string | null = null): Promise<HTMLElement> {
  const shown = show(AccountNameField, { fields, value });
  await settle();
  return shown;
}

const picker = (shown: HTMLElement): HTMLElement => find(shown, 'c-field-picker');

describe('the field of the account name', () => {
  beforeEach(() => {
    const pairs = [
      refusedPair('Account.Name', 'email', 'Only for addresses.'),
      pair('Account.Name', 'field:1'),
    ];
    jest.mocked(getAccountNamePairs).mockResolvedValue({ pairs });
  });

  it('is one of the contact fields that can hold a name; the others say why they cannot', async () => {
    const shown = await component();
    expect(property(picker(shown), 'options')).toEqual([
      { value: 'field:1', label: 'Employer', hint: 'Text', refusal: null },
      { value: 'email', label: 'Email', hint: 'Email', refusal: 'Only for addresses.' },
    ]);
    expect(textOf(shown)).toContain('Account Name');
    await expect(shown).toBeAccessible();
  });

  it('shows the one that is chosen, and tells of another choice', async () => {
    const shown = await component('field:1');
    expect(property(picker(shown), 'value')).toBe('field:1');
    const edits = record(shown, 'edit');
    act(picker(shown), 'pick', 'field:2');
    expect(edits).toEqual(['field:2']);
  });

  it('cannot be chosen before it is known what fits', () => {
    expect(property(picker(show(AccountNameField, { fields })), 'disabled')).toBe(true);
  });

  it('says why it cannot be offered, and tries again', async () => {
    jest.mocked(getAccountNamePairs).mockRejectedValueOnce(apexError('X', 'Not now.'));
    const shown = await component();
    expect(textOf(shown)).toContain('Not now.');
    act(find(shown, 'c-error-panel'), 'retry');
    await settle();
    expect(property(picker(shown), 'disabled')).toBe(false);
  });
});
