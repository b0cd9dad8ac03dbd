import { name, type Evidence, type Invariant } from '../evidence.ts';
import type { Change } from '../history.ts';
import { wasSeen } from './lost-update.ts';

/** 6. The sync takes an opt-out back only where somebody did so on the other side, later. */
export const consent: Invariant = (evidence) =>
  evidence.changes
    .filter(
      ({ field, cause, before, after }) =>
        field === 'optOut' && cause === 'sync' && before === true && after === false,
    )
    .flatMap((change) =>
      wasAllowed(evidence, change)
        ? []
        : [`The sync took back the opt-out of ${name(change)} (${change.order}).`],
    );

function wasAllowed(evidence: Evidence, change: Change): boolean {
  const { changes, links } = evidence;
  const optedOut = changes.findLast(
    ({ order, field, cause, after, kind, id }) =>
      order < change.order &&
      field === 'optOut' &&
      cause === 'user' &&
      after === true &&
      kind === change.kind &&
      id === change.id,
  );
  const partners = new Set(
    links.flatMap(({ object, salesforce, platform }) =>
      change.side === 'salesforce'
        ? salesforce === change.id
          ? [`contact/${platform}`]
          : []
        : platform === change.id
          ? [`${object}/${salesforce}`]
          : [],
    ),
  );
  const isAllowed = changes.some(
    ({ order, field, cause, before, after, kind, id }) =>
      order < change.order &&
      order > (optedOut?.order ?? 0) &&
      field === 'optOut' &&
      cause === 'user' &&
      before === true &&
      after === false &&
      partners.has(`${kind}/${id}`),
  );
  if (isAllowed || optedOut === undefined) return isAllowed;
  const record = { kind: change.kind, id: change.id, isGone: false, values: {}, heir: null, marks: '' };
  return !wasSeen(evidence, record, optedOut, change.sentAt);
}
