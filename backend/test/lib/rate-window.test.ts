import { describe, expect, test } from '@jest/globals';
import { RateWindow, rateWindowOf } from '../../src/lib/rate-window.ts';
import { JumpClock } from '../support/jump-clock.ts';

/** A budget that keeps nobody waiting. */
const free = (): Promise<void> => Promise.resolve();

/** Sends calls one after the other and tells when each was sent and answered, from the start. */
async function send(rate: RateWindow, clock: JumpClock, trips: readonly number[]) {
  const start = clock.now();
  const sent: number[] = [];
  for (const trip of trips) {
    const leave = await rate.enter(free);
    sent.push(clock.now() - start);
    clock.advance(trip);
    leave();
  }
  return sent;
}

describe('a window of five calls a second', () => {
  test('lets five go at once and the sixth a second after the first', async () => {
    const clock = new JumpClock();
    const sent = await send(new RateWindow(clock, 5), clock, [0, 0, 0, 0, 0, 0, 0]);
    expect(sent).toEqual([0, 0, 0, 0, 0, 1_000, 1_000]);
  });

  test('never has six in a second by any time at which they may have been counted', async () => {
    const clock = new JumpClock();
    const trips = Array.from({ length: 60 }, (_, n) => 20 + ((n * 37) % 300));
    const sent = await send(new RateWindow(clock, 5), clock, trips);
    const shortest = 20;
    for (let n = 5; n < sent.length; n += 1) {
      const earlier = (sent[n - 5] ?? 0) + (trips[n - 5] ?? 0);
      expect((sent[n] ?? 0) + shortest - earlier).toBeGreaterThanOrEqual(1_000);
    }
  });

  test('costs nothing when the way is long and always the same', async () => {
    const clock = new JumpClock();
    const sent = await send(new RateWindow(clock, 5), clock, new Array<number>(20).fill(250));
    expect(sent).toEqual(sent.map((_, n) => n * 250));
  });

  test('does not wait for an answer that takes long', async () => {
    const clock = new JumpClock();
    const rate = new RateWindow(clock, 2);
    const start = clock.now();
    await rate.enter(free);
    await send(rate, clock, [0, 0]);
    expect(clock.now() - start).toBeLessThanOrEqual(1_500);
  });

  test('takes a call’s slot last, so that the call is sent as soon as it has it', async () => {
    const clock = new JumpClock();
    const rate = new RateWindow(clock, 1);
    const slots: number[] = [];
    const start = clock.now();
    for (let call = 0; call < 3; call += 1) {
      (await rate.enter(async () => void slots.push(clock.now() - start)))();
    }
    expect(slots).toEqual([0, 1_000, 2_000]);
  });

  test('lets the next calls go where one got no slot', async () => {
    const clock = new JumpClock();
    const rate = new RateWindow(clock, 1);
    await expect(rate.enter(() => Promise.reject(new Error('no slot')))).rejects.toThrow('no slot');
    expect(await send(rate, clock, [0, 0])).toEqual([0, 1_000]);
  });

  test('is the same for all who call the account by one clock', () => {
    const clock = new JumpClock();
    expect(rateWindowOf(clock, 'a', 5)).toBe(rateWindowOf(clock, 'a', 5));
    expect(rateWindowOf(clock, 'a', 5)).not.toBe(rateWindowOf(clock, 'b', 5));
    expect(rateWindowOf(clock, 'a', 5)).not.toBe(rateWindowOf(new JumpClock(), 'a', 5));
  });

  test('is open where the vendor sets no bound', async () => {
    const clock = new JumpClock();
    const sent = await send(new RateWindow(clock, 1_000_000), clock, new Array<number>(300).fill(0));
    expect(sent.every((at) => at === 0)).toBe(true);
  });
});
