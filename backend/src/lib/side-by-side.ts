/**
 * Works on up to `atOnce` items of a source at the same time, and gives the results in the order of the items. When
 * the source or the work on an item fails, nothing more is begun; the reader gets the results of all else that was
 * under way, and then the first failure. A reader that stops early waits until nothing is under way any more.
 */
export async function* sideBySide<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  work: (item: T) => Promise<R>,
  atOnce: number,
): AsyncGenerator<R, void, void> {
  const underWay: Promise<R>[] = [];
  const failures: unknown[] = [];
  try {
    try {
      for await (const item of source) {
        const working = work(item);
        // Heard when its turn comes; until then it must not end the process.
        working.catch(() => undefined);
        underWay.push(working);
        const first = underWay.length < atOnce ? undefined : underWay.shift();
        if (first !== undefined) yield await first;
      }
    } catch (error) {
      failures.push(error);
    }
    for (let first = underWay.shift(); first !== undefined; first = underWay.shift()) {
      const [end] = await Promise.allSettled([first]);
      if (end.status === 'fulfilled') yield end.value;
      else failures.push(end.reason);
    }
  } finally {
    await Promise.allSettled(underWay);
  }
  if (failures.length > 0) throw failures[0];
}
