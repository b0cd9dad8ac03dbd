/** The wish of whoever started this program that it ends: Ctrl-C, or a signal from a supervisor. */
export function interruption(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // Not `once`: a second signal must not end the program in the middle of stopping the others.
      process.on(signal, () => resolve('interrupted'));
    }
  });
}
