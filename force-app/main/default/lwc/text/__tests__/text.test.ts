import { afterEach, describe, expect, it } from '@jest/globals';
import { fill } from '../text';

describe('filling a label', () => {
  afterEach(() => document.documentElement.removeAttribute('lang'));

  it('puts each value in its place', () => {
    expect(fill('{1} before {0}', 'b', 'a')).toBe('a before b');
  });

  it('writes numbers as the user’s language does', () => {
    document.documentElement.lang = 'es';
    expect(fill('{0}', 1234567.5)).toBe('1.234.567,5');
    document.documentElement.lang = 'en';
    expect(fill('{0}', 1234567.5)).toBe('1,234,567.5');
  });

  it('leaves a placeholder that has no value', () => {
    expect(fill('{0} {1}', 'a')).toBe('a {1}');
  });
});
