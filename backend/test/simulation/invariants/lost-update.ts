import { name, show, type Evidence, type Invariant, type LinkRow, type Pair } from '../evidence.ts';
import { tellsOf, type Change } from '../history.ts';
import { isSurvivor, origins } from '../persons.ts';
import { keyOf, type FieldName, type Snapshot, type Value } from '../records.ts';

/** 2. What somebody wrote and the sync could see is on both sides, was superseded, or stands in the conflict log. */
export const lostUpdate: Invariant = (evidence) =>
  evidence.pairs.flatMap((pair) =>
    pair.link.problem !== null
      ? []
      : evidence
          .mapped(pair.link.object)
          .filter((field) => field !== 'account')
          .flatMap((field) => [
            ...lost(evidence, pair, field, pair.salesforce, pair.platform),
            ...lost(evidence, pair, field, pair.platform, pair.salesforce),
          ]),
  );

function lost(
  evidence: Evidence,
  { link }: Pair,
  field: FieldName,
  own: Snapshot,
  other: Snapshot,
): string[] {
  const wish = wishFor(evidence.changes, own, field);
  if (wish === undefined) return [];
  const { after } = wish;
  if (own.values[field] === after && other.values[field] === after) return [];
  if (isBackAsSeen(evidence, own, wish) || isBackAsAgreed(evidence, [own, other], wish)) return [];
  const isLogged = evidence.conflicts.some(
    (row) =>
      row.field === field &&
      (typeof after === 'string' || row.link === link.id) &&
      (row.salesforce === after || row.platform === after || (field === 'email' && isSameText(row, after))),
  );
  const places = [other, ...origins(other, evidence.salesforce), ...forerunners(evidence, link)];
  if (isLogged || wasSuperseded(evidence, wish, other, places)) return [];
  const overwriting = evidence.changes.find(
    (change) =>
      change.order > wish.order &&
      change.cause === 'sync' &&
      change.field === field &&
      (isOf(change, own) || isOf(change, wish)),
  );
  if (overwriting !== undefined && !wasSeen(evidence, [own, wish], wish, overwriting.sentAt)) return [];
  const isForgivable =
    evidence.interrupted.has(field) ||
    neverAgreed(evidence, link, field, wish) ||
    [own, other].some((record) => isSurvivor(record, evidence.salesforce));
  // What a merge left empty, and what somebody emptied before the sync saw the merge, cannot be told apart.
  if (after === null && isForgivable) return [];
  const ends = `${show(own.values[field] ?? null)} and ${show(other.values[field] ?? null)}`;
  return [
    `${name(own, field)} was set to ${show(after)} by somebody (${wish.order}), but the two sides ended as ${ends}, and no conflict tells of it.`,
  ];
}

/** What somebody last made of a field: of a Contact that was a Lead, on the Lead where nobody did so since. */
function wishFor(
  changes: Evidence['changes'],
  record: Pick<Snapshot, 'kind' | 'id'>,
  field: FieldName,
  until = Infinity,
): Change | undefined {
  const last = changes.findLast(
    (change) =>
      change.order < until && change.cause === 'user' && change.field === field && isOf(change, record),
  );
  return last?.from === undefined ? last : wishFor(changes, last.from, field, last.order);
}

/** Whether the sync had seen the value there already, and nothing of what stood there in between. */
function isBackAsSeen(
  { changes, sights }: Evidence,
  record: Snapshot,
  { order, side, field, after }: Change,
): boolean {
  const last = sights.findLast(
    (sight) =>
      sight.order < order && sight.deliveredAt !== null && sight.side === side && tellsOf(sight, record),
  );
  if (last === undefined) return false;
  const seen = changes.findLast(
    (change) => change.order < last.order && change.field === field && isOf(change, record),
  );
  return (seen?.after ?? null) === after;
}

/**
 * Whether the value is the last one that both sides had: who sets it back, or creates the record that survives a merge
 * with it, has changed nothing, and an edit on the other side counts.
 */
function isBackAsAgreed(
  evidence: Evidence,
  [own, other]: readonly [Snapshot, Snapshot],
  wish: Change,
): boolean {
  const isOurs = wish.side === 'salesforce';
  const ours = isOurs ? own : other;
  return [ours, ...origins(ours, evidence.salesforce)].some((record) =>
    isAsAgreed(evidence, record, isOurs ? [record, other] : [own, record], wish),
  );
}

function isAsAgreed(
  { changes, played, tenant }: Evidence,
  record: Snapshot,
  [own, other]: readonly [Snapshot, Snapshot],
  wish: Change,
): boolean {
  const linkedAt = played.world.history.linked.get(`${tenant.name} ${keyOf(record)}`);
  if (linkedAt === undefined) return false;
  let [ours, theirs]: Value[] = [null, null];
  let agreed: Value | undefined;
  for (const change of changes) {
    if (change.order >= wish.order) break;
    if (change.order > linkedAt && ours === theirs) agreed = ours;
    if (change.field !== wish.field) continue;
    if (isOf(change, own) || isOf(change, wish)) ours = change.after;
    else if (isOf(change, other)) theirs = change.after;
  }
  return (ours === theirs ? ours : agreed) === wish.after;
}

/** Where the sides had not agreed by then, an empty one is filled: that it was emptied on purpose cannot be told. */
function neverAgreed(
  { conflicts, played, tenant }: Evidence,
  link: LinkRow,
  field: FieldName,
  wish: Change,
): boolean {
  const record = `${tenant.name} ${link.object}/${link.salesforce}`;
  const linkedAt = played.world.history.linked.get(record) ?? Infinity;
  return wish.order < linkedAt || conflicts.some((row) => row.link === link.id && row.field === field);
}

/**
 * Whether the value reached the other side, and was then replaced there by somebody.
 * @param held - Records of the other side that may have had the value all along.
 */
function wasSuperseded(
  evidence: Evidence,
  wish: Change,
  other: Snapshot,
  held: readonly Snapshot[],
): boolean {
  const { changes } = evidence;
  const isUnique = typeof wish.after === 'string';
  const arrivals = changes.filter(
    ({ order, side, field, after, kind, id }) =>
      order > wish.order &&
      side !== wish.side &&
      field === wish.field &&
      after === wish.after &&
      (isUnique || (kind === other.kind && id === other.id)),
  );
  const places = [...arrivals, ...heldBy(evidence, held, wish)];
  return places.some((arrival) => {
    const next = changes.find(
      (change) => change.order > arrival.order && change.field === wish.field && isOf(change, arrival),
    );
    return next?.cause === 'user' || (next === undefined && isUnique && arrival.id !== other.id);
  });
}

/** Leads of the same person, whose Contact has the link now. */
function forerunners({ links, salesforce }: Evidence, { platform }: LinkRow): Snapshot[] {
  return links.flatMap((link) =>
    link.state === 'superseded' && link.platform === platform
      ? (salesforce.get(`${link.object}/${link.salesforce}`) ?? [])
      : [],
  );
}

/** Where the wished value stood on the other side when somebody wished for it. */
function heldBy({ changes }: Evidence, records: readonly Snapshot[], wish: Change): Change[] {
  return records.flatMap((record) => {
    const held = changes.findLast(
      (change) => change.order < wish.order && change.field === wish.field && isOf(change, record),
    );
    return held?.after === wish.after ? [{ ...held, order: wish.order }] : [];
  });
}

/** Whether an answer that told of one of the records after the write had reached the service before it sent its own. */
export function wasSeen(
  { sights }: Evidence,
  records: readonly Pick<Snapshot, 'kind' | 'id'>[],
  wish: Change,
  sentAt: number,
): boolean {
  return sights.some(
    (sight) =>
      sight.order > wish.order &&
      sight.deliveredAt !== null &&
      sight.deliveredAt < sentAt &&
      sight.side === wish.side &&
      records.some((record) => tellsOf(sight, record)),
  );
}

function isOf(change: Pick<Change, 'kind' | 'id'>, record: Pick<Snapshot, 'kind' | 'id'>): boolean {
  return change.kind === record.kind && change.id === record.id;
}

function isSameText(row: { salesforce: unknown; platform: unknown }, value: Value): boolean {
  return [row.salesforce, row.platform].some(
    (text) => typeof text === 'string' && text.toLowerCase() === value,
  );
}
