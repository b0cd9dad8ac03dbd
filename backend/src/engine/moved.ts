import type { Link } from '../store/links.ts';
import type { Canonical, CompiledMapping, Values } from '../sync/types.ts';
import { knownValues, withoutAgreed } from './evaluate.ts';

/** Whether a link's Salesforce record is another one than before, by a merge or a conversion, and was not looked at yet. */
export function isMoved({ state, stateReason }: Link): boolean {
  return state === 'linked' && (stateReason === 'merged' || stateReason === 'converted');
}

/**
 * A link that goes on with another Salesforce record, which holds these values; until it was looked at, the old ones. Of some fields the two sides meet as for
 * the first time:
 *
 * - What is empty there is not what somebody emptied: nobody's value is lost by a merge, so such a field is filled. A
 *   conversion brings standard fields along, and custom ones as far as the org maps them.
 * - Nobody opts in by a merge or a conversion, so that what was agreed on consent does not count.
 */
export function metAnew(
  link: Link,
  values: Values,
  { mapping, by }: { mapping: CompiledMapping; by: string | null },
): Link {
  const { salesforce } = knownValues(link);
  const fields = mapping.fields.flatMap(({ salesforce: name, platform: field, policy }) => {
    const isEmptied = isSet(salesforce[field]) && !isSet(values[field]);
    const isByMove = isEmptied && (by !== 'converted' || name.endsWith('__c'));
    return isByMove || policy === 'most_restrictive' ? [field] : [];
  });
  return withoutAgreed(link, new Set(fields));
}

/** A box that is not checked says as little as an empty field. */
function isSet(value: Canonical | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}
