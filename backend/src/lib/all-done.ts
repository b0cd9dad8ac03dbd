/**
 * What pieces of work that are under way come to. Where some fail, the others are waited for before the first failure
 * is thrown, so that nothing goes on behind the caller's back.
 */
export async function allDone<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const ends = await Promise.allSettled(works);
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}
