import fp from 'fastify-plugin';
import { SyncError } from '../lib/errors.ts';
import { sentence } from '../words/told.ts';

/**
 * Refuses requests with text that PostgreSQL cannot keep: U+0000, or half of a surrogate pair. To be registered where
 * the routes are.
 */
export default fp(
  async (app) => {
    app.addHook('preValidation', async ({ params, query, body }) => {
      if ([params, query, body].every(isStorable)) return;
      throw new SyncError(
        'SYNC_REQUEST_INVALID',
        sentence('The request holds a character that cannot be stored: U+0000, or half of a surrogate pair.'),
      );
    });
  },
  { name: 'storable-text' },
);

/** Looks through everything that a value holds, however deep. */
function isStorable(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') {
      if (next.includes('\0') || !next.isWellFormed()) return false;
    } else if (typeof next === 'object' && next !== null) {
      for (const [key, inner] of Object.entries(next)) open.push(key, inner);
    }
  }
  return true;
}
