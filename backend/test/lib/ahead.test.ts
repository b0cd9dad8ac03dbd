import { describe, expect, test } from '@jest/globals';
import { ahead } from '../../src/lib/ahead.ts';

/** A source that says what it does; each item ends when it is let go. */
function stagedSource(items: readonly string[]) {
  const log: string[] = [];
  const gates = new Map(items.map((item) => [item, Promise.withResolvers<undefined>()]));
  async function* source(): AsyncGenerator<string, void, void> {
    try {
      for (const item of items) {
        log.push(`begins ${item}`);
        await gates.get(item)?.promise;
        yield item;
      }
    } finally {
      log.push('ends');
    }
  }
  return {
    log,
    source: source(),
    finish: (item: string) => gates.get(item)?.resolve(undefined),
    fail: (item: string, error: Error) => gates.get(item)?.reject(error),
  };
}

describe('ahead', () => {
  test('the source works on the next item while the reader uses one, and never on two', async () => {
    const { source, log, finish } = stagedSource(['a', 'b', 'c']);
    const reader = ahead(source);
    for (const item of ['a', 'b', 'c']) finish(item);
    expect((await reader.next()).value).toBe('a');
    log.push('uses a');
    expect((await reader.next()).value).toBe('b');
    log.push('uses b');
    expect(log).toEqual(['begins a', 'begins b', 'uses a', 'begins c', 'uses b']);
  });

  test('items keep their order and all arrive', async () => {
    const { source, finish } = stagedSource(['a', 'b', 'c']);
    for (const item of ['c', 'b', 'a']) finish(item);
    const seen: string[] = [];
    for await (const item of ahead(source)) seen.push(item);
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  test('a failure reaches the reader after the items before it', async () => {
    const { source, finish, fail } = stagedSource(['a', 'b']);
    finish('a');
    fail('b', new Error('no b'));
    const seen: string[] = [];
    const reading = (async () => {
      for await (const item of ahead(source)) seen.push(item);
    })();
    await expect(reading).rejects.toThrow('no b');
    expect(seen).toEqual(['a']);
  });

  test('a reader that fails waits for what the source is at, and ends the source', async () => {
    const { source, log, finish } = stagedSource(['a', 'b']);
    finish('a');
    const reading = (async () => {
      for await (const item of ahead(source)) throw new Error(`cannot use ${item}`);
    })().catch((error: Error) => log.push(error.message));
    await new Promise((resolve) => setImmediate(resolve));
    log.push('b goes on');
    finish('b');
    await reading;
    expect(log).toEqual(['begins a', 'begins b', 'b goes on', 'ends', 'cannot use a']);
  });
});
