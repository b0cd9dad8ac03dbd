/**
 * Looks again and again, the first time after one interval, until a look answers that it is over. The next interval
 * begins when a look has ended, so that slow answers never pile up.
 * @param look must not reject
 * @returns stops it
 */
export function poll(milliseconds: number, look: () => Promise<'over' | 'again'>): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout>;
  const wait = (): void => {
    timer = setTimeout(() => {
      void look().then((answer) => {
        if (answer === 'again' && !stopped) wait();
      });
    }, milliseconds);
  };
  wait();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
