import { expect, test } from '@jest/globals';
import { systemClock } from '../../src/lib/clock.ts';

test('a sleep ends when it is called off', async () => {
  const caller = new AbortController();
  const sleep = systemClock.sleep(20 * 24 * 3_600_000, caller.signal);
  caller.abort();
  await expect(sleep).rejects.toThrow('aborted');
});

test('a sleep that was called off before it began does not begin', async () => {
  await expect(systemClock.sleep(1, AbortSignal.abort())).rejects.toThrow('aborted');
});
