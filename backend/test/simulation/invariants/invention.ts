import { isPassingAddress } from '../../../src/connectors/activecampaign/renames.ts';
import { name, show, type Evidence, type Invariant } from '../evidence.ts';
import type { Change } from '../history.ts';

/** 4. Every value that the sync writes was on the other side before, in the same field. */
export const invention: Invariant = (evidence) => {
  const known = { salesforce: new Set<string>(), platform: new Set<string>() };
  const found: string[] = [];
  for (const change of evidence.changes) {
    const { side, field, after, cause, kind } = change;
    if (field === null || kind === 'Account') {
      if (typeof after === 'string') known[side].add(`account ${after}`);
      continue;
    }
    const value = `${field} ${String(after)}`;
    const others = known[side === 'salesforce' ? 'platform' : 'salesforce'];
    // Where a contact stands while two people exchange their addresses; it is nobody's.
    if (typeof after === 'string' && isPassingAddress(after)) continue;
    if (cause === 'sync' && typeof after === 'string' && !others.has(value)) {
      found.push(
        `The sync set ${name(change, field)} to ${show(after)}, which nobody had on the other side.`,
      );
    }
    if (cause === 'sync' && after === null && field !== 'account' && !wasEmptied(evidence, change)) {
      found.push(`The sync emptied ${name(change, field)}, though it was never empty on the other side.`);
    }
    known[side].add(value);
  }
  return found;
};

/** Whether the record that this one is linked to was ever without the value before. */
function wasEmptied({ links, changes }: Evidence, change: Change): boolean {
  const partners = links.flatMap(({ object, salesforce, platform }) =>
    change.side === 'salesforce'
      ? salesforce === change.id && platform !== null
        ? [`contact/${platform}`]
        : []
      : platform === change.id && salesforce !== null
        ? [`${object}/${salesforce}`]
        : [],
  );
  if (partners.length === 0) return true;
  return partners.some((partner) => {
    const values = changes.filter(
      ({ order, field, kind, id }) =>
        order < change.order && field === change.field && `${kind}/${id}` === partner,
    );
    return values.some(({ before, after }) => before === null || after === null);
  });
}
