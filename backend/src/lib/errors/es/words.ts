import type { ErrorEntry } from '../entry.ts';

/** What people read about a code, in one language. */
export type ErrorWords = Pick<ErrorEntry, 'meaning' | 'action' | 'remedy'>;

/** The words of one code, in the order in which they are read. */
export const words = (meaning: string, action: string, remedy: string): ErrorWords => ({
  meaning,
  action,
  remedy,
});
