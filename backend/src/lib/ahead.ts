/**
 * Lets a source work on its next item while the reader uses the last one. Stages that are chained so run side by side,
 * each on one item at a time, and items keep their order.
 *
 * A failure of the source reaches the reader after the items before it. A reader that stops early waits until what the
 * source is at has come to its end, so that nothing goes on behind its back.
 */
export async function* ahead<T>(source: AsyncGenerator<T, void, void>): AsyncGenerator<T, void, void> {
  let upcoming = start(source);
  try {
    for (let item = await upcoming; item.done !== true; item = await upcoming) {
      upcoming = start(source);
      yield item.value;
    }
  } finally {
    await Promise.allSettled([upcoming, source.return()]);
  }
}

function start<T>(source: AsyncGenerator<T, void, void>): Promise<IteratorResult<T, void>> {
  const item = source.next();
  // Whoever awaits it hears of a failure; until then it must not end the process.
  item.catch(() => undefined);
  return item;
}
