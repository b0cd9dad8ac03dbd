import { tellsGone, tellsOf, type Change } from '../history.ts';
import { keyOf, type Snapshot } from '../records.ts';
import type { Evidence, Invariant } from '../evidence.ts';
import { wasSeen } from './lost-update.ts';

/** 5. One person, one link: what the sync created is somebody's, and nobody has two. */
export const duplicates: Invariant = (evidence) => [
  ...orphans(evidence),
  ...shared(evidence),
  ...twins(evidence),
  ...strangers(evidence),
];

/** Records that the sync created and then forgot: a retry has made another. */
function orphans(evidence: Evidence): string[] {
  const { changes, links, salesforce, platform } = evidence;
  const known = new Set(
    links.flatMap(({ object, salesforce: ours, platform: theirs }) => [
      `${object}/${ours}`,
      `${object === 'Account' ? 'account' : 'contact'}/${theirs}`,
    ]),
  );
  return changes.flatMap((change) => {
    if (change.field !== null || change.cause !== 'sync' || change.kind === 'Account') return [];
    const key = keyOf(change);
    const now = (change.side === 'salesforce' ? salesforce : platform).get(key);
    if (now === undefined || now.isGone || known.has(key)) return [];
    if (wasRenamedUnseen(evidence, change) || wasLeftAlone(evidence, change)) return [];
    if (isTold(evidence, now)) return [];
    return [`The sync created ${key} and has no link to it.`];
  });
}

/**
 * Whether somebody gave a new contact, or the record that it was made for, another address before the sync heard of it.
 * Contacts are made by their address, so the second attempt cannot find the first one; docs/sync-rules.md tells of it.
 */
function wasRenamedUnseen(evidence: Evidence, created: Change): boolean {
  const { changes, sights } = evidence;
  if (created.side !== 'platform') return false;
  const emails = changes.filter(({ field }) => field === 'email');
  const own = emails.filter(({ kind, id }) => kind === created.kind && id === created.id);
  const first = firstAddress(evidence, created);
  if (first === undefined) return false;
  const renames = emails.filter((change) =>
    change.side === 'salesforce'
      ? change.before === first && !wasSeen(evidence, [change], change, created.sentAt)
      : own.includes(change) && change.order > created.order,
  );
  return renames.some(
    (renamed) =>
      renamed.cause === 'user' &&
      !sights.some(
        ({ side, order, deliveredAt, text }) =>
          side === 'platform' &&
          order > created.order &&
          deliveredAt !== null &&
          deliveredAt < renamed.order &&
          text.includes(first),
      ),
  );
}

/** Whether everybody in Salesforce whose contact it was to be is gone: the answer to its creation came too late. */
function wasLeftAlone(evidence: Evidence, created: Change): boolean {
  const { changes, salesforce } = evidence;
  const email = firstAddress(evidence, created);
  const people = changes.filter(
    (change) => change.side === 'salesforce' && change.field === 'email' && change.after === email,
  );
  return (
    created.side === 'platform' && people.every((person) => salesforce.get(keyOf(person))?.isGone !== false)
  );
}

/** The address that a record was created with; it may have got another one since. */
function firstAddress({ changes }: Evidence, created: Change): string | undefined {
  const address = changes.find(
    ({ order, field, kind, id }) =>
      order === created.order && field === 'email' && kind === created.kind && id === created.id,
  )?.after;
  return typeof address === 'string' ? address : undefined;
}

/**
 * Whether the person's record says that another contact has its address, or that its own was deleted, after which nobody
 * but people looks for another one. A merge may have given it the other record's contact before the answer to the
 * creation was heard; two contacts are for people to merge.
 */
function isTold({ links, salesforce }: Evidence, { values: { email } }: Snapshot): boolean {
  return links.some(
    ({ object, salesforce: id, problem, reason }) =>
      (problem?.code === 'SYNC_PLATFORM_EMAIL_TAKEN' || reason === 'platform_deleted') &&
      salesforce.get(`${object}/${id}`)?.values.email === email,
  );
}

/** Records that two living links lead to. */
function shared({ links }: Evidence): string[] {
  const seen = new Set<string>();
  return links.flatMap(({ object, state, salesforce, platform }) => {
    if (state !== 'linked') return [];
    const ends = [`${object}/${salesforce}`, `${object === 'Account' ? 'account' : 'contact'}/${platform}`];
    const repeated = ends.filter((end) => seen.has(end));
    for (const end of ends) seen.add(end);
    return repeated.map((end) => `Two links lead to ${end}.`);
  });
}

/** Records that the sync created for a person who stood there already, was seen, and is nobody else's. */
function strangers(evidence: Evidence): string[] {
  const { changes, sights, links, salesforce } = evidence;
  const owned = new Set(
    links.flatMap(({ state, object, salesforce: id }) => (state === 'candidate' ? [] : `${object}/${id}`)),
  );
  return changes.flatMap((change) => {
    const { side, kind, id, cause, field, sentAt } = change;
    if (field !== null || cause !== 'sync' || side !== 'salesforce' || kind === 'Account') return [];
    const email = firstAddress(evidence, change);
    if (email === undefined) return [];
    const known = [...salesforce.values()].find((record) => {
      if (record.kind !== kind || record.id === id || record.isGone || owned.has(keyOf(record))) return false;
      const named = changes.findLast((other) => other.id === record.id && other.field === 'email');
      if (record.values.email !== email || named === undefined) return false;
      const last = sights.findLast(
        (sight) =>
          sight.side === side &&
          sight.order > named.order &&
          sight.deliveredAt !== null &&
          sight.deliveredAt < sentAt &&
          tellsOf(sight, record),
      );
      // Who lay in the recycle bin then may have been restored since.
      return last !== undefined && !tellsGone(last, record);
    });
    return known === undefined
      ? []
      : [`The sync created ${keyOf(change)} for ${email}, though ${keyOf(known)} had been there.`];
  });
}

/** Records of one kind that the sync created for one address. */
function twins(evidence: Evidence): string[] {
  const { changes, salesforce, platform } = evidence;
  const living = (change: { side: string; kind: string; id: string }): Snapshot | undefined => {
    const record = (change.side === 'salesforce' ? salesforce : platform).get(`${change.kind}/${change.id}`);
    return record?.isGone === true ? undefined : record;
  };
  const seen = new Map<string, string>();
  return changes.flatMap((change) => {
    if (change.field !== null || change.cause !== 'sync' || change.kind === 'Account') return [];
    const record = living(change);
    const email = record?.values.email;
    if (record === undefined || typeof email !== 'string') return [];
    const key = `${record.kind} ${email}`;
    const twin = seen.get(key);
    seen.set(key, keyOf(record));
    return twin === undefined || isTold(evidence, record)
      ? []
      : [`The sync created ${twin} and ${keyOf(record)} for ${email}.`];
  });
}
