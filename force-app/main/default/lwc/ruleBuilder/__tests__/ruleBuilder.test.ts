import { describe, expect, it } from '@jest/globals';
import { salesforceField } from 'samples';
import type { CriteriaSelection } from 'service';
import { act, button, find, findAll, property, record, show } from 'testing';
import RuleBuilder from '../ruleBuilder';

const rule = { field: 'City', operator: 'equals' as const, value: 'Rome' };
const other = { field: 'City', operator: 'equals' as const, value: 'Oslo' };
const selection: CriteriaSelection = { mode: 'criteria', match: 'all', rules: [rule, other] };
const fields = [salesforceField('City'), salesforceField('Notes', { operators: [] })];

describe('the rule builder', () => {
  it('shows each rule, with the fields that can be searched', async () => {
    const builder = show(RuleBuilder, { selection, fields });
    const rows = findAll(builder, 'c-rule-row');
    expect(rows.map((row) => property(row, 'rule'))).toEqual([rule, other]);
    expect(property(rows[0] ?? builder, 'fields')).toEqual([fields[0]]);
    await expect(builder).toBeAccessible();
  });

  it('changes, adds and removes rules, and how they go together', () => {
    const builder = show(RuleBuilder, { selection, fields });
    const changes = record(builder, 'edit');
    const changed = { ...other, value: 'Bern' };
    act(find(builder, '[data-index="1"]'), 'edit', changed);
    act(find(builder, '[data-index="0"]'), 'remove');
    act(find(builder, 'lightning-radio-group'), 'change', { value: 'any' });
    act(button(builder, 'Add rule'), 'click');
    expect(changes).toEqual([
      { ...selection, rules: [rule, changed] },
      { ...selection, rules: [other] },
      { ...selection, match: 'any' },
      { ...selection, rules: [rule, other, { field: '', operator: 'equals', value: null }] },
    ]);
  });

  it('takes fifty rules at most', () => {
    const full = { ...selection, rules: Array.from({ length: 50 }, () => rule) };
    expect(property(button(show(RuleBuilder, { selection: full, fields }), 'Add rule'), 'disabled')).toBe(
      true,
    );
  });
});
