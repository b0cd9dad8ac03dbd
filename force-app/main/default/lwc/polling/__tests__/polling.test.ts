import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { poll } from '../polling';

describe('polling', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('looks once an interval until it is over', async () => {
    const look = jest.fn(async () => (look.mock.calls.length < 3 ? ('again' as const) : ('over' as const)));
    poll(1000, look);
    await jest.advanceTimersByTimeAsync(999);
    expect(look).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(look).toHaveBeenCalledTimes(3);
  });

  it('does not look again while a look lasts', async () => {
    const look = jest.fn(() => new Promise<'again'>(() => undefined));
    poll(1000, look);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(look).toHaveBeenCalledTimes(1);
  });

  it('ends when it is stopped', async () => {
    const look = jest.fn(async () => 'again' as const);
    const stop = poll(1000, look);
    await jest.advanceTimersByTimeAsync(1000);
    stop();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(look).toHaveBeenCalledTimes(1);
  });
});
