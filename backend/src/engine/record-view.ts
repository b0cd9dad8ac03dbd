import { explain } from '../lib/errors.ts';
import type { StoredConflict } from '../store/conflicts.ts';
import type { Link, LinkState } from '../store/links.ts';
import { canonicalEquals } from '../sync/merge.ts';
import type { Canonical, FieldMapping, Policy, SalesforceObject, Side, Values } from '../sync/types.ts';
import { type Told } from '../words/told.ts';
import { knownValues } from './evaluate.ts';
import { statusOfProblem, syncStatus } from './marks.ts';
import type { ObjectSettings } from './sync-settings.ts';

/** A mapped field of the record, with the names that people know it by where these are known. */
export interface FieldRow extends Pick<FieldMapping, 'salesforce' | 'platform' | 'direction' | 'policy'> {
  readonly salesforceLabel: string | null;
  readonly platformLabel: string | null;
}

/** One field in three columns. A value that is not known, or not valid in its field, is absent; empty is null. */
export interface FieldView {
  readonly salesforceField: string;
  readonly salesforceLabel: string | null;
  readonly platformField: string;
  readonly platformLabel: string | null;
  readonly direction: FieldMapping['direction'];
  readonly policy: Policy;
  readonly salesforce?: Canonical;
  readonly agreed?: Canonical;
  readonly platform?: Canonical;
  /** Where the last known change was made; null when that is not known. */
  readonly lastWriter: LastWriter | null;
  /** The conflict that waits for a decision about this field. */
  readonly conflictId: number | null;
}

/** Whose value a field has, since when, and why. */
export interface LastWriter {
  readonly side: Side;
  readonly at: number | null;
  /** edit: changed there, and nobody else did; policy: both sides changed it, and the mapping's policy decided; choice: a person did. */
  readonly reason: 'edit' | 'policy' | 'choice';
  /** Who chose: a Salesforce user's id, or the token that was used. */
  readonly chosenBy: string | null;
}

export interface ProblemView {
  readonly code: string;
  readonly message: Told;
  readonly meaning: string;
  readonly action: string;
  readonly remedy: string;
  readonly side: Side;
  readonly field: string | null;
}

/** What is known of one record's sync. Times are milliseconds. */
export interface RecordSummary {
  readonly object: SalesforceObject;
  readonly salesforceId: string | null;
  readonly platformId: string | null;
  /** A person's or company's name, else their address; null when neither is known. */
  readonly name: string | null;
  readonly state: LinkState;
  /** In the words of the package's status field. */
  readonly status: string;
  readonly problem: ProblemView | null;
  /** When it is to be acted on in a direction; null when there is nothing to do. */
  readonly outboundDue: number | null;
  readonly inboundDue: number | null;
}

export interface RecordView extends RecordSummary {
  readonly stateReason: string | null;
  readonly salesforceChangedAt: number | null;
  readonly platformChangedAt: number | null;
  readonly fields: readonly FieldView[];
}

/** The rows of an object's mapping as runs see them, with labels. */
export function rowsOf(settings: ObjectSettings): FieldRow[] {
  const salesforce = new Map(settings.fields.map((field) => [field.name, field.label]));
  const platform = new Map(settings.platformFields.map((field) => [field.key, field.label]));
  return settings.mapping.fields.map((field) => ({
    salesforce: field.salesforce,
    salesforceLabel: salesforce.get(field.salesforce) ?? null,
    platform: field.platform,
    platformLabel: platform.get(field.platform) ?? null,
    direction: field.direction,
    policy: field.policy,
  }));
}

/** The rows of a saved mapping, where the fields of the two systems cannot be read now. */
export function unlabelled(fields: readonly FieldMapping[]): FieldRow[] {
  return fields.map(({ salesforce, platform, direction, policy }) => ({
    salesforce,
    salesforceLabel: null,
    platform,
    platformLabel: null,
    direction,
    policy,
  }));
}

export function summariseRecord(link: Link): RecordSummary {
  return {
    object: link.object,
    salesforceId: link.salesforceId,
    platformId: link.platformId,
    name: nameOf(link),
    state: link.state,
    status: statusOf(link),
    problem: problemOf(link),
    outboundDue: link.outboundDue,
    inboundDue: link.inboundDue,
  };
}

/** @param conflicts those of the link, the newest first */
export function viewRecord(
  link: Link,
  rows: readonly FieldRow[],
  conflicts: readonly StoredConflict[],
): RecordView {
  const known = knownValues(link);
  const open = new Map(
    conflicts.flatMap(({ state, field, id }) => (state === 'open' ? [[field, id] as const] : [])),
  );
  return {
    ...summariseRecord(link),
    stateReason: link.stateReason,
    salesforceChangedAt: link.salesforceChangedAt,
    platformChangedAt: link.platformChangedAt,
    fields: rows.map((row) => ({
      salesforceField: row.salesforce,
      salesforceLabel: row.salesforceLabel,
      platformField: row.platform,
      platformLabel: row.platformLabel,
      direction: row.direction,
      policy: row.policy,
      ...column('salesforce', known.salesforce, row.platform),
      ...column('agreed', link.agreed, row.platform),
      ...column('platform', known.platform, row.platform),
      lastWriter: lastWriter(link, row.platform, conflicts),
      conflictId: open.get(row.platform) ?? null,
    })),
  };
}

function column<N extends string>(name: N, values: Values | null, key: string): { [K in N]?: Canonical } {
  const value = values?.[key];
  // The key is the name that the caller gave.
  return (value === undefined ? {} : { [name]: value }) as { [K in N]?: Canonical };
}

/**
 * A value that differs from the last agreement was written by its own side; one that we wrote came from the other. Of
 * a field on which both agree by a decision, the decision tells.
 */
function lastWriter(link: Link, key: string, conflicts: readonly StoredConflict[]): FieldView['lastWriter'] {
  const inSalesforce = link.salesforcePending?.[key] !== undefined;
  const onPlatform = link.platformPending?.[key] !== undefined;
  if (inSalesforce && onPlatform) {
    const [ours, theirs] = [link.salesforceChangedAt, link.platformChangedAt];
    if (ours === null || theirs === null) return null;
    return ours >= theirs ? edited('salesforce', ours) : edited('platform', theirs);
  }
  if (inSalesforce) return edited('salesforce', link.salesforceChangedAt);
  if (onPlatform) return edited('platform', link.platformChangedAt);
  const decision = decisionOf(link, key, conflicts);
  if (decision !== null) return decision;
  const written = link.recentWrites?.[key]?.at(-1);
  return written === undefined
    ? null
    : edited(written.side === 'platform' ? 'salesforce' : 'platform', written.at);
}

function edited(side: Side, at: number | null): LastWriter {
  return { side, at, reason: 'edit', chosenBy: null };
}

/** The last conflict about the field, if the value that it left standing is the one that both sides have. */
function decisionOf(link: Link, key: string, conflicts: readonly StoredConflict[]): LastWriter | null {
  const last = conflicts.find(({ field }) => field === key);
  if (last?.state !== 'settled' || last.winner === null || last.winner === 'both') return null;
  if (last.reason === 'written_over') return null;
  const agreed = link.agreed?.[key];
  if (agreed === undefined || !canonicalEquals(agreed, last[last.winner])) return null;
  return {
    side: last.winner,
    at: last.settledAt,
    reason: last.settledBy === null ? 'policy' : 'choice',
    chosenBy: last.settledBy,
  };
}

function nameOf(link: Link): string | null {
  const { salesforce, platform } = knownValues(link);
  const values = { ...platform, ...salesforce };
  const full = [values.firstName, values.lastName].filter((part) => typeof part === 'string' && part !== '');
  if (full.length > 0) return full.join(' ');
  const other = values.name ?? values.email;
  return typeof other === 'string' ? other : null;
}

function statusOf(link: Link): string {
  switch (link.state) {
    case 'stopped':
      return link.stateReason === 'converted' || link.stateReason === 'merged'
        ? 'Stopped: another record carries on'
        : syncStatus.stopped;
    case 'superseded':
      return 'Synced as a Contact';
    case 'candidate':
    case 'linked':
      if (link.problem !== null) return statusOfProblem(link.problem);
      return link.state === 'candidate' || link.outboundDue !== null || link.inboundDue !== null
        ? syncStatus.waiting
        : syncStatus.synced;
  }
}

function problemOf({ problem }: Link): ProblemView | null {
  if (problem === null) return null;
  const { meaning, action, remedy } = explain(problem.code);
  const { code, message, side, field } = problem;
  return { code, message, meaning, action, remedy, side, field: field ?? null };
}
