import { addHints, type Hint } from '../store/hints.ts';
import {
  dropCandidates,
  linksByPlatformIds,
  linksBySalesforceIds,
  saveLinks,
  type Link,
} from '../store/links.ts';
import type { Outcome } from '../store/outcomes.ts';
import type { Tx } from '../store/scope.ts';
import type { CompiledMapping, SalesforceObject } from '../sync/types.ts';
import { sentence, type Sentence, type Told } from '../words/told.ts';
import { noteWaiting } from './conflicts.ts';
import { Overtaken, settleOutcomes, type RunContext } from './context.ts';
import { knownValues, withObserved } from './evaluate.ts';
import { lookAtRecord, looksAtPlatform } from './looks.ts';
import { isMoved, metAnew } from './moved.ts';
import type { ReadRecord } from './salesforce-records.ts';
import type { ObjectSettings } from './sync-settings.ts';
import { platformTags } from './tags.ts';

/**
 * What becomes of links whose Salesforce record was deleted, merged into another or converted (A19): the link
 * follows the person to the surviving record or the Contact, unless that one has a link of its own; a plain
 * deletion stops it. A survivor that took over the other one's address takes over its contact, too. Nothing is
 * deleted on the platform.
 */
export async function followLifecycle(
  context: RunContext,
  tx: Tx,
  settings: ObjectSettings,
  records: readonly ReadRecord[],
  links: ReadonlyMap<string, Link>,
): Promise<void> {
  const { scope } = context;
  const heirs = {
    same: collect(records, (record) => record.masterId),
    contacts: collect(records, (record) => record.convertedContactId),
  };
  // What each record's link is by now: a record's heir may be gone as well.
  const resumed = await resume(context, tx, settings, records, links);
  const current = new Map<string, Link>([
    ...links,
    ...(await linksBySalesforceIds(tx, scope, settings.object, heirs.same)),
    ...(await linksBySalesforceIds(tx, scope, 'Contact', heirs.contacts)),
    ...resumed,
  ]);
  const now = context.clock.now();
  const changed = new Map<number, Link>();
  const outcomes: Outcome[] = [];
  const hints: Hint[] = [...resumed.values()].flatMap(looksAtPlatform);
  const change = (salesforceId: string, link: Link): void => {
    current.set(salesforceId, link);
    changed.set(link.id, link);
  };
  for (const record of records) {
    const link = current.get(record.id);
    if (link === undefined || link.state === 'stopped' || link.state === 'superseded') continue;
    const heir = record.convertedContactId ?? record.masterId;
    const object: SalesforceObject = record.convertedContactId === null ? settings.object : 'Contact';
    const occupant = heir === null ? undefined : current.get(heir);
    const reason =
      record.convertedContactId !== null ? 'converted' : heir !== null ? 'merged' : 'salesforce_deleted';
    const mapping = context.settings.objects.get(object)?.mapping;
    const canMove = heir !== null && link.state === 'linked' && mapping !== undefined;
    const tags = reason === 'converted' ? [platformTags.converted] : [];
    const look = (recordId: string): void => void hints.push(lookAtRecord(object, recordId));
    if (canMove && (occupant === undefined || occupant.state === 'candidate')) {
      if (occupant !== undefined) await dropCandidates(tx, scope, object, [heir]);
      const going = metAnew(withTags(link, tags), knownValues(link).salesforce, { mapping, by: reason });
      const moved = { ...going, object, salesforceId: heir };
      // Of a record that was merged and then converted, what is empty may be so by the merge.
      const stateReason = isMoved(link) && link.stateReason === 'merged' ? 'merged' : reason;
      change(heir, { ...moved, stateReason, salesforceMarks: null, writeback: null });
      look(heir);
      outcomes.push(outcome(moved, 'linked', null, null));
    } else if (canMove && occupant !== undefined && givesWay(occupant, link, reason)) {
      change(record.id, { ...stopped(link, reason), platformId: occupant.platformId });
      change(heir, carriedOn(occupant, withTags(link, tags), { mapping, by: reason }, now));
      look(heir);
      outcomes.push(outcome(link, 'stopped', 'SYNC_RECORD_GONE', describe(reason)));
    } else {
      change(record.id, stopped(link, reason));
      outcomes.push(outcome(link, 'stopped', 'SYNC_RECORD_GONE', describe(reason)));
    }
  }
  // Links that end go first: a platform record has one live link at any time.
  for (const ends of [true, false]) {
    const links = [...changed.values()].filter((link) => (link.state === 'stopped') === ends);
    const saved = await saveLinks(tx, scope, links);
    if (saved.size < links.length) throw new Overtaken('Links were changed by another run.');
  }
  await noteWaiting(context, tx, [...changed.values()]);
  await addHints(tx, scope, hints, now);
  await settleOutcomes(context, tx, outcomes);
}

/**
 * Links that ended because their record was gone when it was to be written, now that it is known where it went: they
 * go on from there, unless somebody else has the contact by now.
 */
async function resume(
  { scope }: RunContext,
  tx: Tx,
  { object }: ObjectSettings,
  records: readonly ReadRecord[],
  links: ReadonlyMap<string, Link>,
): Promise<Map<string, Link>> {
  const gone = records.flatMap((record) => {
    const link = links.get(record.id);
    const wentOn = record.masterId !== null || record.convertedContactId !== null;
    return wentOn && link?.state === 'stopped' && link.stateReason === 'salesforce_deleted' ? link : [];
  });
  if (gone.length === 0) return new Map();
  const ids = gone.flatMap(({ platformId }) => platformId ?? []);
  const live = await linksByPlatformIds(tx, scope, object === 'Account' ? 'account' : 'contact', ids);
  const taken = new Set(live.map(({ platformId }) => platformId));
  return new Map(
    gone.flatMap((link): [string, Link][] =>
      link.salesforceId === null || taken.has(link.platformId)
        ? []
        : [[link.salesforceId, { ...link, state: 'linked', stateReason: null }]],
    ),
  );
}

function stopped(link: Link, stateReason: 'converted' | 'merged' | 'salesforce_deleted'): Link {
  return { ...link, state: 'stopped', stateReason, outboundDue: null, inboundDue: null, writeback: null };
}

/**
 * Whether the surviving record's own link makes room for the other one's: it ended, or its record has now the address
 * under which the platform knows the other one's person.
 */
function givesWay(
  survivor: Link,
  link: Link,
  reason: 'converted' | 'merged' | 'salesforce_deleted',
): boolean {
  if (survivor.state === 'stopped') return true;
  const { email } = knownValues(survivor).salesforce;
  return (
    reason === 'merged' &&
    survivor.state === 'linked' &&
    typeof email === 'string' &&
    email === knownValues(link).platform.email &&
    email !== knownValues(survivor).platform.email
  );
}

function withTags(link: Link, tags: readonly string[]): Link {
  return tags.length === 0 ? link : { ...link, platformTags: [...(link.platformTags ?? []), ...tags] };
}

/** The survivor with the other one's contact, from where that one's link stands. */
function carriedOn(
  survivor: Link,
  merged: Link,
  move: { mapping: CompiledMapping; by: string },
  now: number,
): Link {
  const { salesforce } = knownValues(survivor);
  const link: Link = {
    ...survivor,
    state: 'linked',
    stateReason: null,
    platformId: merged.platformId,
    platformAccountId: merged.platformAccountId,
    platformChangedAt: merged.platformChangedAt,
    platformPending: merged.platformPending,
    platformTags: merged.platformTags,
    agreed: merged.agreed,
    salesforcePending: merged.salesforcePending,
    recentWrites: null,
    problem: null,
    attempts: 0,
    // Planned anew, with one more look at the contact.
    outboundDue: now,
    inboundDue: null,
  };
  return withObserved(metAnew(link, salesforce, move), 'salesforce', salesforce);
}

function collect(records: readonly ReadRecord[], pick: (record: ReadRecord) => string | null): string[] {
  return records.flatMap((record) => pick(record) ?? []);
}

function describe(reason: 'converted' | 'merged' | 'salesforce_deleted'): Sentence {
  switch (reason) {
    case 'converted':
      return sentence('The Lead was converted to a Contact that is synced already.');
    case 'merged':
      return sentence('The record was merged into one that is synced already.');
    case 'salesforce_deleted':
      return sentence('The record was deleted in Salesforce; nothing was deleted on the platform.');
  }
}

function outcome(link: Link, kind: Outcome['kind'], code: string | null, message: Told | null): Outcome {
  return {
    linkId: link.id,
    object: link.object,
    salesforceId: link.salesforceId,
    platformId: link.platformId,
    kind,
    code,
    message,
    written: [],
    issues: [],
  };
}
