import { describe, expect, test } from '@jest/globals';
import { sideBySide } from '../../src/lib/side-by-side.ts';

async function* list(items: readonly string[], end?: Error): AsyncGenerator<string, void, void> {
  yield* items;
  if (end !== undefined) throw end;
}

/** Work that ends when it is let go. */
function stagedWork() {
  const begun: string[] = [];
  const gates = new Map<string, PromiseWithResolvers<string>>();
  const gate = (item: string): PromiseWithResolvers<string> => {
    const known = gates.get(item) ?? Promise.withResolvers<string>();
    gates.set(item, known);
    return known;
  };
  return {
    begun,
    work: (item: string) => {
      begun.push(item);
      return gate(item).promise;
    },
    finish: (...items: readonly string[]) => items.forEach((item) => gate(item).resolve(`${item} done`)),
    fail: (item: string) => gate(item).reject(new Error(`no ${item}`)),
  };
}

/** What a reader gets until the end, the failure included. */
async function read(results: AsyncIterable<string>): Promise<string[]> {
  const got: string[] = [];
  try {
    for await (const result of results) got.push(result);
  } catch (error) {
    got.push(String(error));
  }
  return got;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('sideBySide', () => {
  test('works on so many items at once, and gives results in their order', async () => {
    const { work, begun, finish } = stagedWork();
    const reading = read(sideBySide(list(['a', 'b', 'c']), work, 2));
    await settled();
    expect(begun).toEqual(['a', 'b']);
    finish('b');
    await settled();
    expect(begun).toEqual(['a', 'b']);
    finish('a', 'c');
    expect(await reading).toEqual(['a done', 'b done', 'c done']);
  });

  test('what was under way when one failed still arrives, and nothing more is begun', async () => {
    const { work, begun, finish, fail } = stagedWork();
    const reading = read(sideBySide(list(['a', 'b', 'c']), work, 2));
    await settled();
    fail('a');
    finish('b', 'c');
    expect(await reading).toEqual(['b done', 'Error: no a']);
    expect(begun).toEqual(['a', 'b']);
  });

  test('what was under way when the source failed still arrives', async () => {
    const { work, finish } = stagedWork();
    finish('a');
    expect(await read(sideBySide(list(['a'], new Error('no more')), work, 2))).toEqual([
      'a done',
      'Error: no more',
    ]);
  });

  test('a reader that stops early waits for what is under way', async () => {
    const { work, finish } = stagedWork();
    const results = sideBySide(list(['a', 'b', 'c']), work, 2);
    finish('a');
    await results.next();
    let hasStopped = false;
    const stopping = results.return().then(() => (hasStopped = true));
    await settled();
    expect(hasStopped).toBe(false);
    finish('b');
    await stopping;
  });
});
