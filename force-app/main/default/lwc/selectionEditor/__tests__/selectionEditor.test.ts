import { describe, expect, it } from '@jest/globals';
import { act, find, findAll, property, record, show, textOf } from 'testing';
import SelectionEditor from '../selectionEditor';

describe('the selection of records', () => {
  it('has four ways, in the words of its object', async () => {
    const editor = show(SelectionEditor, { objectName: 'Contact' });
    expect(property(find(editor, 'lightning-radio-group'), 'options')).toEqual([
      { value: 'none', label: 'Do not use contacts' },
      { value: 'created', label: 'All contacts created from now on' },
      { value: 'flagged', label: 'Contacts flagged by a flow, Process Builder or another method' },
      { value: 'criteria', label: 'Only contacts that match criteria' },
    ]);
    await expect(editor).toBeAccessible();
  });

  it('begins each way as it is chosen, criteria with everybody who has an address', () => {
    const editor = show(SelectionEditor);
    const changes = record(editor, 'edit');
    for (const value of ['created', 'flagged', 'criteria', 'none']) {
      act(find(editor, 'lightning-radio-group'), 'change', { value });
    }
    expect(changes).toEqual([
      { mode: 'created' },
      { mode: 'flagged' },
      {
        mode: 'criteria',
        match: 'all',
        rules: [{ field: 'Email', operator: 'is_not_empty', value: null }],
      },
      { mode: 'none' },
    ]);
  });

  it('explains the flag, and that an address is needed', () => {
    const editor = show(SelectionEditor, { selection: { mode: 'flagged' } });
    expect(textOf(editor)).toContain('"Waiting for next sync"');
    expect(textOf(editor)).toContain('Only records with an email address can be synced.');
    expect(textOf(show(SelectionEditor))).not.toContain('Only records');
  });

  it('shows the rule builder for criteria alone, and hands its rules on', () => {
    expect(findAll(show(SelectionEditor), 'c-rule-builder')).toHaveLength(0);
    const selection = { mode: 'criteria', match: 'any', rules: [] };
    const editor = show(SelectionEditor, { selection });
    const changes = record(editor, 'edit');
    act(find(editor, 'c-rule-builder'), 'edit', { ...selection, match: 'all' });
    expect(changes).toEqual([{ ...selection, match: 'all' }]);
  });
});
