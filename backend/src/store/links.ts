import { partition } from '../lib/lists.ts';
import type { Direction, SalesforceObject } from '../sync/types.ts';
import {
  fromRow,
  given,
  isUnstored,
  names,
  nextVersion,
  read,
  shape,
  toRow,
  unstored,
  type Link,
  type LinkData,
  type LinkRow,
  type LinkState,
} from './link-row.ts';
import type { Scope, Tx } from './scope.ts';
import { toIso } from './scope.ts';

export type { Link, LinkData, LinkState, Marks, Problem, RecentWrite, SeenMarks } from './link-row.ts';

const dueColumn = (direction: Direction): string =>
  direction === 'outbound' ? 'outbound_due' : 'inbound_due';

export async function linksBySalesforceIds(
  tx: Tx,
  scope: Scope,
  object: SalesforceObject,
  ids: readonly string[],
): Promise<Map<string, Link>> {
  const { rows } = await tx.query<LinkRow>(
    `SELECT ${read} FROM link WHERE tenant_id = $1 AND connection_id = $2 AND object = $3 AND salesforce_id = ANY($4)`,
    [scope.tenantId, scope.connectionId, object, ids],
  );
  return new Map(rows.map((row) => [row.salesforce_id ?? '', fromRow(row)]));
}

/**
 * The live links of platform records, and the open requests to create their Salesforce record. The states are told
 * apart as the two partial indexes have them; put otherwise, the whole table would be read.
 */
export async function linksByPlatformIds(
  tx: Tx,
  scope: Scope,
  kind: 'contact' | 'account',
  ids: readonly string[],
): Promise<Link[]> {
  const { rows } = await tx.query<LinkRow>(
    `SELECT ${read} FROM link WHERE tenant_id = $1 AND connection_id = $2 AND (object = 'Account') = $3
       AND platform_id = ANY($4) AND (state = 'linked' OR (state = 'candidate' AND salesforce_id IS NULL))`,
    [scope.tenantId, scope.connectionId, kind === 'account', ids],
  );
  return rows.map(fromRow);
}

/** The live links of platform records alone. */
export async function liveLinks(
  tx: Tx,
  scope: Scope,
  kind: 'contact' | 'account',
  ids: readonly string[],
): Promise<Link[]> {
  if (ids.length === 0) return [];
  const { rows } = await tx.query<LinkRow>(
    `SELECT ${read} FROM link WHERE tenant_id = $1 AND connection_id = $2 AND (object = 'Account') = $3
       AND platform_id = ANY($4) AND state = 'linked'`,
    [scope.tenantId, scope.connectionId, kind === 'account', ids],
  );
  return rows.map(fromRow);
}

/** @param lock whether nobody else may change them before the transaction ends */
export async function linksByIds(
  tx: Tx,
  scope: Scope,
  ids: readonly number[],
  { lock = false }: { lock?: boolean } = {},
): Promise<Link[]> {
  const { rows } = await tx.query<LinkRow>(
    `SELECT ${read} FROM link WHERE tenant_id = $1 AND connection_id = $2 AND id = ANY($3::bigint[])
     ORDER BY id${lock ? ' FOR UPDATE' : ''}`,
    [scope.tenantId, scope.connectionId, ids],
  );
  return rows.map(fromRow);
}

/** Makes links of one connection those of another one as well, under the same ids. */
export async function copyLinks(tx: Tx, from: Scope, connectionId: string): Promise<void> {
  await tx.query(
    `INSERT INTO link (tenant_id, connection_id, id, version, ${names.join(', ')}) OVERRIDING SYSTEM VALUE
     SELECT tenant_id, $3, id, version, ${names.join(', ')} FROM link WHERE tenant_id = $1 AND connection_id = $2`,
    [from.tenantId, from.connectionId, connectionId],
  );
}

/** Which links to act on. */
export interface DueFilter {
  readonly direction: Direction;
  readonly kind: 'contact' | 'account';
  /** Epoch milliseconds. */
  readonly dueBy: number;
  /** The last link of the page before; none for the first page. */
  readonly behind?: Link | null;
  readonly limit: number;
}

/** Links on which to act in a direction, oldest due first. */
export async function dueLinks(tx: Tx, scope: Scope, filter: DueFilter): Promise<Link[]> {
  const { direction, kind, dueBy, behind = null, limit } = filter;
  const due = dueColumn(direction);
  const since = direction === 'outbound' ? behind?.outboundDue : behind?.inboundDue;
  const { rows } = await tx.query<LinkRow>(
    `SELECT ${read} FROM link WHERE tenant_id = $1 AND connection_id = $2 AND ${due} <= $3 AND (object = 'Account') = $4
       AND (${due}, id) > (coalesce($5::timestamptz, '-infinity'), $6::bigint)
     ORDER BY ${due}, id LIMIT $7`,
    [
      scope.tenantId,
      scope.connectionId,
      new Date(dueBy),
      kind === 'account',
      toIso(since ?? null),
      behind?.id ?? 0,
      limit,
    ],
  );
  return rows.map(fromRow);
}

/** Gives numbers to links that are to be stored by `saveLinks`, in this transaction or in a later one. */
export async function numberLinks(tx: Tx, links: readonly LinkData[]): Promise<Link[]> {
  if (links.length === 0) return [];
  const { rows } = await tx.query<{ id: number }>(
    "SELECT nextval('link_id_seq') AS id FROM generate_series(1, $1::integer)",
    [links.length],
  );
  return links.map((link, index) => {
    const id = rows[index]?.id;
    if (id === undefined) throw new Error('PostgreSQL gave fewer numbers than it was asked for.');
    return { ...link, id, version: unstored };
  });
}

/**
 * Saves links as a whole where their version is still the one that was read, and raises it. Those that are not stored
 * yet are added, but for those whose record or request somebody else added meanwhile.
 * @returns the new versions of those that were saved, by id; the others were changed meanwhile and are untouched
 */
export async function saveLinks(tx: Tx, scope: Scope, links: readonly Link[]): Promise<Map<number, number>> {
  const [added, known] = partition(links, isUnstored);
  return new Map([...(await addLinks(tx, scope, added)), ...(await changeLinks(tx, scope, known))]);
}

async function addLinks(tx: Tx, scope: Scope, links: readonly Link[]): Promise<[number, number][]> {
  if (links.length === 0) return [];
  const { rows } = await tx.query<{ id: number; version: number }>(
    `INSERT INTO link (tenant_id, connection_id, id, version, ${names.join(', ')}) OVERRIDING SYSTEM VALUE
     SELECT $1, $2, r.id, ${nextVersion}, ${given.map(({ value }) => value).join(', ')}
     FROM jsonb_to_recordset($3::jsonb) AS r(id bigint, ${shape})
     ON CONFLICT DO NOTHING RETURNING id, version`,
    [scope.tenantId, scope.connectionId, JSON.stringify(links.map(toRow))],
  );
  return rows.map(({ id, version }) => [id, version]);
}

async function changeLinks(tx: Tx, scope: Scope, links: readonly Link[]): Promise<[number, number][]> {
  if (links.length === 0) return [];
  const { rows } = await tx.query<{ id: number; version: number }>(
    `UPDATE link SET ${given.map(({ name, value }) => `${name} = ${value}`).join(', ')}, version = ${nextVersion}
     FROM jsonb_to_recordset($3::jsonb) AS r(id bigint, version bigint, ${shape})
     WHERE link.tenant_id = $1 AND link.connection_id = $2 AND link.id = r.id AND link.version = r.version
     RETURNING link.id, link.version`,
    [scope.tenantId, scope.connectionId, JSON.stringify(links.map(toRow))],
  );
  return rows.map(({ id, version }) => [id, version]);
}

/**
 * The highest version that any link has had so far. Whoever asks a vendor for records takes it before: a link that has
 * a higher one when their answer is stored was changed in between.
 */
export async function highestVersion(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ version: number }>('SELECT last_value AS version FROM link_version');
  const [row] = rows;
  if (row === undefined) throw new Error('PostgreSQL did not tell how far the versions have come.');
  return row.version;
}

/** Which links are still of the version that was read. @returns their ids */
export async function unchangedLinks(
  tx: Tx,
  scope: Scope,
  links: readonly Pick<Link, 'id' | 'version'>[],
): Promise<Set<number>> {
  const { rows } = await tx.query<{ id: number }>(
    `SELECT link.id FROM link, unnest($3::bigint[], $4::bigint[]) AS r(id, version)
     WHERE link.tenant_id = $1 AND link.connection_id = $2 AND (link.id, link.version) = (r.id, r.version)`,
    [scope.tenantId, scope.connectionId, links.map(({ id }) => id), links.map(({ version }) => version)],
  );
  return new Set(rows.map((row) => row.id));
}

/** Salesforce Accounts of linked contacts that have no link of their own yet. */
export async function unlinkedAccountIds(tx: Tx, scope: Scope, limit: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT DISTINCT person.salesforce_account_id AS id FROM link person
     WHERE person.tenant_id = $1 AND person.connection_id = $2 AND person.state = 'linked'
       AND person.salesforce_account_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM link account WHERE account.tenant_id = $1 AND account.connection_id = $2
         AND account.object = 'Account' AND account.salesforce_id = person.salesforce_account_id)
     LIMIT $3`,
    [scope.tenantId, scope.connectionId, limit],
  );
  return rows.map((row) => row.id);
}

/** Makes links due in both directions: a person chose, or asked for another try. What is known of them is looked at anew. */
export async function makeDue(tx: Tx, scope: Scope, linkIds: readonly number[], now: number): Promise<void> {
  await tx.query(
    `UPDATE link SET outbound_due = CASE WHEN salesforce_id IS NULL THEN outbound_due ELSE $4 END,
       inbound_due = CASE WHEN platform_id IS NULL THEN inbound_due ELSE $4 END, attempts = 0, version = ${nextVersion}
     WHERE tenant_id = $1 AND connection_id = $2 AND id = ANY($3::bigint[]) AND state IN ('linked', 'candidate')`,
    [scope.tenantId, scope.connectionId, linkIds, new Date(now)],
  );
}

/** How many links wait to be acted on in a direction. */
export async function countDue(tx: Tx, scope: Scope, direction: Direction, dueBy: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `SELECT count(*) FROM link WHERE tenant_id = $1 AND connection_id = $2 AND ${dueColumn(direction)} <= $3`,
    [scope.tenantId, scope.connectionId, new Date(dueBy)],
  );
  return rows[0]?.count ?? 0;
}

export interface LinkSummary {
  readonly object: SalesforceObject;
  readonly state: LinkState;
  readonly problem: string | null;
  readonly count: number;
}

/** How many links stand in which state, with which problem. */
export async function summariseLinks(tx: Tx, scope: Scope): Promise<LinkSummary[]> {
  const { rows } = await tx.query<LinkSummary>(
    `SELECT object, state, problem->>'code' AS problem, count(*) FROM link
     WHERE tenant_id = $1 AND connection_id = $2 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [scope.tenantId, scope.connectionId],
  );
  return rows.map((row) => row);
}

/** Removes candidates that were never linked: a deselected object's, or one whose place a moved link takes. */
export async function dropCandidates(
  tx: Tx,
  scope: Scope,
  object: SalesforceObject,
  salesforceIds: readonly string[] | null,
): Promise<void> {
  if (salesforceIds?.length === 0) return;
  await tx.query(
    `DELETE FROM link WHERE tenant_id = $1 AND connection_id = $2 AND object = $3 AND state = 'candidate'
       AND salesforce_id IS NOT NULL AND ($4::text[] IS NULL OR salesforce_id = ANY($4))`,
    [scope.tenantId, scope.connectionId, object, salesforceIds],
  );
}

/** Removes links that have ended, whose Salesforce record goes on with another one. */
export async function dropEnded(tx: Tx, scope: Scope, linkIds: readonly number[]): Promise<void> {
  if (linkIds.length === 0) return;
  await tx.query(
    `DELETE FROM link WHERE tenant_id = $1 AND connection_id = $2 AND id = ANY($3::bigint[])
       AND state IN ('stopped', 'superseded')`,
    [scope.tenantId, scope.connectionId, linkIds],
  );
}

/** Has the links of Leads give way to that of their person's Contact, whatever was observed of them meanwhile; the Leads stay as they are. */
export async function supersedeLeads(tx: Tx, scope: Scope, linkIds: readonly number[]): Promise<void> {
  if (linkIds.length === 0) return;
  await tx.query(
    `UPDATE link SET state = 'superseded', state_reason = 'contact', outbound_due = NULL, inbound_due = NULL,
       writeback = NULL, version = ${nextVersion}
     WHERE tenant_id = $1 AND connection_id = $2 AND id = ANY($3::bigint[]) AND state = 'linked' AND object = 'Lead'`,
    [scope.tenantId, scope.connectionId, linkIds],
  );
}
