import type { Link } from '../store/links.ts';

/**
 * Whether what was read of a link's record may be older than what is known of it by now: it says something else, and
 * the link was changed after it was asked for, as by the answer to another run's write. Nobody can tell then which of
 * the two is the newer one but another look.
 *
 * @param next - The link as it would go on from what was read.
 * @param asked - How far the versions had come when the record was asked for.
 */
export function isOutrun(link: Link, next: Link, asked: number): boolean {
  return next !== link && link.version > asked;
}
