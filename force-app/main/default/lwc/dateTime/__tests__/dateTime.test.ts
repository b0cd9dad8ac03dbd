import { describe, expect, it } from '@jest/globals';
import { find, findAll, property, show } from 'testing';
import DateTime from '../dateTime';

describe('a time', () => {
  it('is left to Lightning to write, which knows the reader’s language and zone', async () => {
    const time = show(DateTime, { value: '2026-01-02T03:04:05Z' });
    expect(property(find(time, 'lightning-formatted-date-time'), 'value')).toBe('2026-01-02T03:04:05Z');
    await expect(time).toBeAccessible();
  });

  it('is nothing where there is none', () => {
    expect(findAll(show(DateTime), 'lightning-formatted-date-time')).toHaveLength(0);
  });
});
