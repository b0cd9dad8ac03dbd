import { describe, expect, it } from '@jest/globals';
import { salesforceField } from 'samples';
import type { SelectionRule } from 'service';
import { act, button, find, findAll, property, record, show } from 'testing';
import RuleRow from '../ruleRow';

const fields = [
  salesforceField('City', { operators: ['equals', 'contains', 'in', 'is_empty'] }),
  salesforceField('Rating', { picklistValues: ['Hot', 'Cold'], operators: ['equals', 'contains', 'in'] }),
  salesforceField('IsOld__c', { type: 'boolean', operators: ['equals', 'not_equals'] }),
  salesforceField('CreatedDate', { type: 'datetime', operators: ['last_n_days'] }),
];

function row(rule: SelectionRule): HTMLElement {
  return show(RuleRow, { rule, fields });
}

const value = (shown: HTMLElement): HTMLElement => find(shown, '[data-part="value"]');

describe('a rule', () => {
  it('begins with a field, whose first operator it takes', async () => {
    const shown = row({ field: '', operator: 'equals', value: null });
    const changes = record(shown, 'edit');
    expect(property(value(shown), 'disabled')).toBe(true);
    act(find(shown, 'c-field-picker'), 'pick', 'CreatedDate');
    expect(changes).toEqual([{ field: 'CreatedDate', operator: 'last_n_days', value: null }]);
    await expect(shown).toBeAccessible();
  });

  it('offers the operators of its field, in words', () => {
    const shown = row({ field: 'City', operator: 'equals', value: null });
    expect(property(find(shown, '[data-part="operator"]'), 'options')).toEqual([
      { value: 'equals', label: 'equals' },
      { value: 'contains', label: 'contains' },
      { value: 'in', label: 'is one of' },
      { value: 'is_empty', label: 'is empty' },
    ]);
  });

  it('lets a picklist’s value be chosen, and a checkbox’s', () => {
    const picklist = row({ field: 'Rating', operator: 'equals', value: 'Hot' });
    expect(property(value(picklist), 'options')).toEqual([
      { value: 'Hot', label: 'Hot' },
      { value: 'Cold', label: 'Cold' },
    ]);
    const checkbox = row({ field: 'IsOld__c', operator: 'not_equals', value: null });
    expect(property(value(checkbox), 'options')).toEqual([
      { value: 'true', label: 'Yes' },
      { value: 'false', label: 'No' },
    ]);
  });

  it('lets a part of a picklist’s value be typed', () => {
    const shown = row({ field: 'Rating', operator: 'contains', value: 'o' });
    expect(value(shown).tagName).toBe('LIGHTNING-INPUT');
  });

  it('takes several values with commas, and days as a number', () => {
    const list = row({ field: 'City', operator: 'in', value: null });
    const changes = record(list, 'edit');
    act(value(list), 'change', { value: 'Rome, Oslo' });
    expect(changes).toEqual([{ field: 'City', operator: 'in', value: ['Rome', 'Oslo'] }]);
    expect(property(value(list), 'fieldLevelHelp')).toBe('Several values, separated by commas.');
    const days = row({ field: 'CreatedDate', operator: 'last_n_days', value: 7 });
    expect(property(value(days), 'type')).toBe('number');
    expect(property(value(days), 'value')).toBe('7');
  });

  it('asks for no value where the operator needs none', () => {
    expect(findAll(row({ field: 'City', operator: 'is_empty', value: null }), '[data-part="value"]')).toEqual(
      [],
    );
  });

  it('keeps the value when the new operator compares alike, and forgets it otherwise', () => {
    const shown = row({ field: 'City', operator: 'equals', value: 'Rome' });
    const changes = record(shown, 'edit');
    act(find(shown, '[data-part="operator"]'), 'change', { value: 'contains' });
    act(find(shown, '[data-part="operator"]'), 'change', { value: 'in' });
    expect(changes).toEqual([
      { field: 'City', operator: 'contains', value: 'Rome' },
      { field: 'City', operator: 'in', value: null },
    ]);
  });

  it('can be removed', () => {
    const shown = row({ field: 'City', operator: 'equals', value: null });
    const removed = record(shown, 'remove');
    act(button(shown, 'Remove rule City'), 'click');
    expect(removed).toHaveLength(1);
  });
});
