import type { SalesforceObject, Side, Values } from '../sync/types.ts';
import { type Told } from '../words/told.ts';
import { toMillis } from './scope.ts';

export type LinkState = 'candidate' | 'linked' | 'superseded' | 'stopped';

/** The three package fields that people see on a Salesforce record. */
export interface Marks {
  readonly status: string | null;
  readonly id: string | null;
  readonly relation: string | null;
}

/** The same as last read, with the number of the newest edit; absent where the org's package counts none. */
export interface SeenMarks extends Marks {
  readonly edit?: number;
}

/** Why a pair is not in step: a code of the error catalogue and this case's words. */
export interface Problem {
  readonly code: string;
  readonly message: Told;
  readonly side: Side;
  readonly field?: string;
  /** The link that has what this one wants; when it lets go of it, this one is tried again. */
  readonly rival?: number;
  /** The value that stands on that side is none of the field's kind: it cannot be read until somebody corrects it. */
  readonly unread?: true;
}

export interface RecentWrite {
  readonly side: Side;
  readonly at: number;
  readonly value: string;
}

/** What is known of one pair; migration 011 says what each part means. Times are milliseconds. */
export interface LinkData {
  readonly object: SalesforceObject;
  readonly salesforceId: string | null;
  readonly platformId: string | null;
  readonly state: LinkState;
  /** Why it is in its state; of a linked one, that its Salesforce record is another by a merge or a conversion and is yet to be looked at. */
  readonly stateReason: string | null;
  readonly agreed: Values | null;
  readonly salesforcePending: Values | null;
  readonly platformPending: Values | null;
  readonly salesforceChangedAt: number | null;
  readonly platformChangedAt: number | null;
  readonly salesforceCreatedAt: number | null;
  readonly salesforceMarks: SeenMarks | null;
  readonly salesforceAccountId: string | null;
  readonly platformAccountId: string | null;
  readonly writeback: Partial<Marks> | null;
  readonly platformTags: readonly string[] | null;
  readonly outboundDue: number | null;
  readonly inboundDue: number | null;
  readonly attempts: number;
  readonly recentWrites: Readonly<Record<string, readonly RecentWrite[]>> | null;
  readonly problem: Problem | null;
  /** Brought by a first, complete read: no automations are to run for its creation. */
  readonly fromBackfill: boolean;
}

export interface Link extends LinkData {
  readonly id: number;
  /** Of all links' versions the highest so far, whenever the link is changed. */
  readonly version: number;
}

/** The version of a link that has its number and is yet to be stored. */
export const unstored = 0;

export function isUnstored({ version }: Pick<Link, 'version'>): boolean {
  return version === unstored;
}

/** A row of the table. */
export interface LinkRow {
  id: number;
  version: number;
  object: SalesforceObject;
  salesforce_id: string | null;
  platform_id: string | null;
  state: LinkState;
  state_reason: string | null;
  agreed: Values | null;
  salesforce_pending: Values | null;
  platform_pending: Values | null;
  salesforce_changed_at: Date | null;
  platform_changed_at: Date | null;
  salesforce_created_at: Date | null;
  salesforce_marks: SeenMarks | null;
  salesforce_account_id: string | null;
  platform_account_id: string | null;
  writeback: Partial<Marks> | null;
  platform_tags: string[] | null;
  outbound_due: Date | null;
  inbound_due: Date | null;
  attempts: number;
  recent_writes: Record<string, RecentWrite[]> | null;
  problem: Problem | null;
  from_backfill: boolean | null;
}

/** A link of its row. */
export function fromRow(row: LinkRow): Link {
  return {
    id: row.id,
    version: row.version,
    object: row.object,
    salesforceId: row.salesforce_id,
    platformId: row.platform_id,
    state: row.state,
    stateReason: row.state_reason,
    agreed: row.agreed,
    salesforcePending: row.salesforce_pending,
    platformPending: row.platform_pending,
    salesforceChangedAt: toMillis(row.salesforce_changed_at),
    platformChangedAt: toMillis(row.platform_changed_at),
    salesforceCreatedAt: toMillis(row.salesforce_created_at),
    salesforceMarks: row.salesforce_marks,
    salesforceAccountId: row.salesforce_account_id,
    platformAccountId: row.platform_account_id,
    writeback: row.writeback,
    platformTags: row.platform_tags,
    outboundDue: toMillis(row.outbound_due),
    inboundDue: toMillis(row.inbound_due),
    attempts: row.attempts,
    recentWrites: row.recent_writes,
    problem: row.problem,
    fromBackfill: row.from_backfill ?? false,
  };
}

/**
 * The columns and their types, once: inserts and saves send rows as one JSON parameter of this shape. Times travel in
 * milliseconds, which both ends read and write much faster than text.
 */
const columns = {
  object: 'text',
  salesforce_id: 'text',
  platform_id: 'text',
  state: 'text',
  state_reason: 'text',
  agreed: 'jsonb',
  salesforce_pending: 'jsonb',
  platform_pending: 'jsonb',
  salesforce_changed_at: 'milliseconds',
  platform_changed_at: 'milliseconds',
  salesforce_created_at: 'milliseconds',
  salesforce_marks: 'jsonb',
  salesforce_account_id: 'text',
  platform_account_id: 'text',
  writeback: 'jsonb',
  platform_tags: 'text[]',
  outbound_due: 'milliseconds',
  inbound_due: 'milliseconds',
  attempts: 'smallint',
  recent_writes: 'jsonb',
  problem: 'jsonb',
  from_backfill: 'boolean',
} as const;
/** In SQL, the version of a link that is changed now. */
export const nextVersion = "nextval('link_version')";
export const names = Object.keys(columns);
export const shape = Object.entries(columns)
  .map(([name, type]) => `${name} ${type === 'milliseconds' ? 'double precision' : type}`)
  .join(', ');
/** The value of each column from a row of that shape. */
export const given = Object.entries(columns).map(([name, type]) => ({
  name,
  value: type === 'milliseconds' ? `to_timestamp(r.${name} / 1000)` : `r.${name}`,
}));
/** What `fromRow` reads. Tags come as JSON, which is read much faster than an array's own text. */
export const read = ['id', 'version', ...names]
  .map((name) => (name === 'platform_tags' ? 'to_json(platform_tags) AS platform_tags' : name))
  .join(', ');

/** Empty columns are left out: JSON without them is a third shorter, for both ends to write and to read. */
export function toRow(
  link: LinkData & Partial<Link>,
): Record<'id' | 'version' | keyof typeof columns, unknown> {
  return {
    id: link.id,
    version: link.version,
    object: link.object,
    salesforce_id: link.salesforceId ?? undefined,
    platform_id: link.platformId ?? undefined,
    state: link.state,
    state_reason: link.stateReason ?? undefined,
    agreed: link.agreed ?? undefined,
    salesforce_pending: link.salesforcePending ?? undefined,
    platform_pending: link.platformPending ?? undefined,
    salesforce_changed_at: link.salesforceChangedAt ?? undefined,
    platform_changed_at: link.platformChangedAt ?? undefined,
    salesforce_created_at: link.salesforceCreatedAt ?? undefined,
    salesforce_marks: link.salesforceMarks ?? undefined,
    salesforce_account_id: link.salesforceAccountId ?? undefined,
    platform_account_id: link.platformAccountId ?? undefined,
    writeback: link.writeback ?? undefined,
    platform_tags: link.platformTags ?? undefined,
    outbound_due: link.outboundDue ?? undefined,
    inbound_due: link.inboundDue ?? undefined,
    attempts: link.attempts,
    recent_writes: link.recentWrites ?? undefined,
    problem: link.problem ?? undefined,
    from_backfill: link.fromBackfill || undefined,
  };
}
