import { dueLinks, type Link } from '../store/links.ts';
import type { Direction } from '../sync/types.ts';
import { beat, inTenant, type RunContext } from './context.ts';

/** Due people who are acted on together. */
export interface Batch {
  readonly links: readonly Link[];
  /** To be called when all of them are stored: acknowledged, or left due. */
  readonly settle: () => Promise<void>;
}

/** There is nothing to be done behind a batch. */
export const settled = (): Promise<void> => Promise.resolve();

/** People's links that are due in a direction, a batch at a time and each link once, oldest due first. */
export async function* dueBatches(
  context: RunContext,
  direction: Direction,
): AsyncGenerator<Batch, void, void> {
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
    yield { links, settle: settled };
  }
}
