import type { Link } from '../store/links.ts';
import type { Outcome } from '../store/outcomes.ts';

/** An outcome of a link, with what is particular to it. */
export function outcomeOf(link: Link, kind: Outcome['kind'], rest: Partial<Outcome> = {}): Outcome {
  return {
    linkId: link.id,
    object: link.object,
    salesforceId: link.salesforceId,
    platformId: link.platformId,
    kind,
    code: null,
    message: null,
    written: [],
    issues: [],
    ...rest,
  };
}
