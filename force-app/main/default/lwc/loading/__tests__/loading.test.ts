import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { settle, show, textOf } from 'testing';
import Loading from '../loading';

describe('loading', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['queueMicrotask'] }));
  afterEach(() => void jest.useRealTimers());

  it('says what is done, and for how long once it takes more than two seconds', async () => {
    const loading = show(Loading, { text: 'Reading fields…' });
    jest.advanceTimersByTime(2000);
    await settle();
    expect(textOf(loading)).toBe('Reading fields…');
    jest.advanceTimersByTime(1000);
    await settle();
    expect(textOf(loading)).toBe('Reading fields… 3 seconds so far');
  });

  it('stops counting when it is gone', () => {
    show(Loading).remove();
    expect(jest.getTimerCount()).toBe(0);
  });
});

it('is accessible', async () => {
  await expect(show(Loading)).toBeAccessible();
});
