import { describe, expect, it } from '@jest/globals';
import { isComplete, toText, toValue } from '../rules';

describe('the value of a rule', () => {
  it('is a list for operators that compare with several', () => {
    expect(toValue(' Hot, Warm,, ', 'in')).toEqual(['Hot', 'Warm']);
    expect(toText(['Hot', 'Warm'])).toBe('Hot, Warm');
  });

  it('is a number of days, a text, or nothing', () => {
    expect(toValue('30', 'last_n_days')).toBe(30);
    expect(toValue('30', 'equals')).toBe('30');
    expect(toValue('  ', 'equals')).toBeNull();
    expect(toValue('x', 'is_empty')).toBeNull();
  });
});

describe('a selection', () => {
  it('says enough when each rule has its field and its value', () => {
    const rules = [{ field: 'Email', operator: 'is_not_empty' as const, value: null }];
    expect(isComplete({ mode: 'criteria', match: 'all', rules })).toBe(true);
    expect(isComplete({ mode: 'created' })).toBe(true);
  });

  it('does not say enough with no rule, no field or no value', () => {
    const incomplete = [
      [],
      [{ field: '', operator: 'equals' as const, value: 'x' }],
      [{ field: 'City', operator: 'equals' as const, value: null }],
    ];
    expect(incomplete.map((rules) => isComplete({ mode: 'criteria', match: 'any', rules }))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
