import type { Link } from '../store/links.ts';
import type { Canonical, Values } from '../sync/types.ts';
import { knownValues, withoutAgreed } from './evaluate.ts';

/** Why a link is linked whose Salesforce record is another one than before, and was not looked at yet. */
export const movedOn = 'moved';

/**
 * A link that goes on with another Salesforce record, which holds these values. What is empty there is not what
 * somebody emptied: nobody's value is lost by a merge, so such a field is filled as at a first meeting.
 */
export function withoutEmptied(link: Link, values: Values): Link {
  const { salesforce } = knownValues(link);
  const emptied = Object.keys(values).filter((field) => isSet(salesforce[field]) && !isSet(values[field]));
  return withoutAgreed(link, new Set(emptied));
}

/** A box that is not checked says as little as an empty field. */
function isSet(value: Canonical | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}
