import { describe, expect, it } from '@jest/globals';
import { recordField } from 'samples';
import { act, button, find, findAll, property, record, show, textOf } from 'testing';
import RecordField from '../recordField';

const at = '2026-01-02T03:04:05.000Z';

describe('a field of a synced record', () => {
  it('stands in three columns', async () => {
    const field = recordField({ salesforce: 'a', agreed: ['b', 'c'], platform: null });
    const shown = show(RecordField, { label: 'Phone number', field });
    expect(textOf(find(shown, 'h3'))).toBe('Phone number');
    expect(findAll(shown, 'dl > div').map((column) => textOf(column))).toEqual([
      'Salesforce a',
      'Last agreed b, c',
      'ActiveCampaign (empty)',
    ]);
    expect(findAll(shown, 'lightning-button')).toHaveLength(0);
    await expect(shown).toBeAccessible();
  });

  it('says what is not known', () => {
    const { agreed: _agreed, ...field } = recordField();
    expect(textOf(show(RecordField, { field }))).toContain('Last agreed (not known)');
  });

  it('says who wrote last, why, and when', () => {
    const lastWriter = { side: 'platform' as const, at, reason: 'policy' as const, chosenBy: null };
    const shown = show(RecordField, { field: recordField({ lastWriter }) });
    expect(textOf(shown)).toContain(
      'Written last by: ActiveCampaign. Both sides had changed it, and the mapping decided.',
    );
    expect(property(find(shown, 'c-date-time'), 'value')).toBe(at);
  });

  it('lets a person decide a conflict', async () => {
    const shown = show(RecordField, { field: recordField({ conflictId: 5 }) });
    const choices = record(shown, 'choose');
    act(button(shown, 'Keep the Salesforce value'), 'click');
    act(button(shown, 'Keep the ActiveCampaign value'), 'click');
    expect(choices).toEqual([
      { conflictId: 5, winner: 'salesforce' },
      { conflictId: 5, winner: 'platform' },
    ]);
    await expect(shown).toBeAccessible();
  });
});
