import { expect, test } from '@jest/globals';
import { allDone } from '../../src/lib/all-done.ts';

test('what several pieces of work come to keeps their order, not that in which they end', async () => {
  const first = Promise.withResolvers<string>();
  const all = allDone([first.promise, Promise.resolve('second')]);
  first.resolve('first');
  expect(await all).toEqual(['first', 'second']);
});

test('a failure is told when nothing is under way any more, and the first in order where several fail', async () => {
  const slow = Promise.withResolvers<string>();
  const told: string[] = [];
  const all = allDone([slow.promise, Promise.reject(new Error('the quick one'))]).catch((error: Error) => {
    told.push(error.message);
  });
  await new Promise(setImmediate);
  expect(told).toEqual([]);
  slow.reject(new Error('the slow one'));
  await all;
  expect(told).toEqual(['the slow one']);
});
