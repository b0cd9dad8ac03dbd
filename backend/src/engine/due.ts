import { dueLinks, type Link } from '../store/links.ts';
import type { Direction } from '../sync/types.ts';
import { beat, inTenant, type RunContext } from './context.ts';

/** People's links that are due in a direction, a batch at a time and each link once, oldest due first. */
export async function* dueBatches(
  context: RunContext,
  direction: Direction,
): AsyncGenerator<Link[], void, void> {
  const { scope, clock, batchSize } = context;
  const dueBy = clock.now();
  let after: Link | null = null;
  for (;;) {
    // A turn ends before a batch begins: those under way are still written and acknowledged.
    await beat(context);
    const behind: Link | null = after;
    const links: Link[] = await inTenant(context, (tx) =>
      dueLinks(tx, scope, { direction, kind: 'contact', dueBy, behind, limit: batchSize }),
    );
    after = links.at(-1) ?? null;
    if (after === null) return;
    yield links;
  }
}
