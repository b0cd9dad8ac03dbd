import type { Link } from '../store/links.ts';

/** What a page that was read came to. */
export interface Seen {
  /** People whom the run takes on at once. Those who are new are stored with what comes of it, and not before. */
  readonly due: readonly Link[];
  /**
   * Moves the cursor behind the page; to be called when everybody is stored. A run that dies before it reads the page
   * once more.
   */
  readonly settle: () => Promise<void>;
}

/** Which of the people who are due a run takes on at once; the others are left due. */
export type Takes = (link: Link) => boolean;

export const takesNobody: Takes = () => false;
