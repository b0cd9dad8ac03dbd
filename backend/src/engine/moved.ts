import type { Link } from '../store/links.ts';
import type { Canonical, CompiledMapping, Values } from '../sync/types.ts';
import { knownValues, withoutAgreed } from './evaluate.ts';

/** Whether a link's Salesforce record is another one than before, by a merge or a conversion, and was not looked at yet. */
export function isMoved({ state, stateReason }: Link): boolean {
  return state === 'linked' && (stateReason === 'merged' || stateReason === 'converted');
}

/**
 * A link that goes on with another Salesforce record, which holds these values. What is empty there is not what
 * somebody emptied: nobody's value is lost by a merge, so such a field is filled as at a first meeting. A conversion
 * brings standard fields along, and custom ones as far as the org maps them.
 */
export function withoutEmptied(
  link: Link,
  values: Values,
  { mapping, by }: { mapping: CompiledMapping; by: string | null },
): Link {
  const { salesforce } = knownValues(link);
  const emptied = mapping.fields.flatMap(({ salesforce: name, platform: field }) =>
    isSet(salesforce[field]) && !isSet(values[field]) && (by !== 'converted' || name.endsWith('__c'))
      ? [field]
      : [],
  );
  return withoutAgreed(link, new Set(emptied));
}

/** A box that is not checked says as little as an empty field. */
function isSet(value: Canonical | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}
