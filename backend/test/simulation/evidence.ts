import type { Canonical } from '../../src/sync/types.ts';
import type { Bench } from './bench.ts';
import type { Change, Sight } from './history.ts';
import type { Played } from './play.ts';
import { fieldOfKey, keyOf, type FieldName, type Snapshot, type Value } from './records.ts';
import type { Tenant } from './tenant.ts';

/** A link as it stands in the end. */
export interface LinkRow {
  readonly id: number;
  readonly object: 'Lead' | 'Contact' | 'Account';
  readonly state: string;
  readonly reason: string | null;
  readonly salesforce: string | null;
  readonly platform: string | null;
  readonly problem: {
    readonly code: string;
    readonly side: 'salesforce' | 'platform';
    readonly field?: string;
  } | null;
}

export interface ConflictRow {
  readonly link: number;
  readonly field: FieldName | undefined;
  readonly state: string;
  readonly policy: string;
  readonly winner: string | null;
  readonly reason: string;
  /** Whether a person chose. */
  readonly isPersons: boolean;
  readonly salesforce: Canonical;
  readonly platform: Canonical;
}

export interface RunRow {
  readonly direction: string;
  readonly state: string;
  readonly error: string | null;
}

/** A linked person, whose two records both live. */
export interface Pair {
  readonly link: LinkRow;
  readonly salesforce: Snapshot;
  readonly platform: Snapshot;
}

/** All that is known of one customer after a story. */
export interface Evidence {
  readonly played: Played;
  readonly tenant: Tenant;
  readonly links: readonly LinkRow[];
  readonly conflicts: readonly ConflictRow[];
  readonly pairs: readonly Pair[];
  /** The customer's changes, in order. */
  readonly changes: readonly Change[];
  readonly sights: readonly Sight[];
  readonly salesforce: ReadonlyMap<string, Snapshot>;
  readonly platform: ReadonlyMap<string, Snapshot>;
  /** Fields that are mapped now and that the service may see. */
  readonly mapped: (object: LinkRow['object']) => readonly FieldName[];
  /** Rows of other customers that this one's transactions see. */
  readonly foreignRows: number;
  /** How the customer's runs ended. */
  readonly runs: readonly RunRow[];
  /** Fields that were taken out of the mapping, or hidden, for a time. */
  readonly interrupted: ReadonlySet<FieldName>;
}

/** A sentence for each time that an invariant was broken. */
export type Invariant = (evidence: Evidence) => readonly string[];

export async function gather(bench: Bench, played: Played, tenant: Tenant): Promise<Evidence> {
  const { world, story } = played;
  const { tenantId } = tenant.scope;
  const links = await bench.rows<LinkRow & Record<string, unknown>>(
    `SELECT id::int, object, state, state_reason AS reason, salesforce_id AS salesforce, platform_id AS platform, problem
     FROM link WHERE tenant_id = $1 ORDER BY id`,
    [tenantId],
  );
  const conflicts = await bench.rows<{
    link: number;
    key: string;
    state: string;
    policy: string;
    winner: string | null;
    reason: string;
    isPersons: boolean;
    salesforce: Canonical;
    platform: Canonical;
  }>(
    `SELECT link_id::int AS link, field AS key, state, policy, winner, reason, settled_by IS NOT NULL AS "isPersons", salesforce_value AS salesforce, platform_value AS platform
     FROM conflict WHERE tenant_id = $1 ORDER BY id`,
    [tenantId],
  );
  const mappings = await bench.rows<{ object: string; keys: string[] }>(
    `SELECT object, ARRAY(SELECT jsonb_array_elements(definition->'fields')->>'platform') AS keys
     FROM mapping WHERE tenant_id = $1`,
    [tenantId],
  );
  const foreign = await bench.database.withTenant(tenantId, (tx) =>
    tx.query<{ count: number }>('SELECT count(*) FROM link WHERE tenant_id <> $1', [tenantId]),
  );
  const runs = await bench.rows<RunRow & Record<string, unknown>>(
    "SELECT direction, state, error->>'message' AS error FROM run WHERE tenant_id = $1 ORDER BY queued_at",
    [tenantId],
  );
  const salesforce = world.snapshot(tenant, 'salesforce');
  const platform = world.snapshot(tenant, 'platform');
  const hidden = story.steps.filter(
    ({ deed, serial }) => deed.kind === 'hide' && !played.undone.has(serial) && story.steps.length > 0,
  );
  const isTitleHidden = hidden.findLast(({ tenant: of }) => bench.tenants[of] === tenant)?.deed;
  const interrupted = new Set<FieldName>(hidden.length === 0 ? [] : ['title']);
  for (const { deed } of story.steps) if (deed.kind === 'remap') interrupted.add(deed.field);
  return {
    played,
    tenant,
    links,
    conflicts: conflicts.map(({ key, ...row }) => ({ ...row, field: fieldOfKey(key) })),
    pairs: links.flatMap((link) => pairOf(link, salesforce, platform) ?? []),
    changes: world.history.changes.filter((change) => change.tenant === tenant.name),
    sights: world.history.sights.filter((sight) => sight.tenant === tenant.name),
    salesforce,
    platform,
    mapped: (object) => {
      const keys = mappings.find((mapping) => mapping.object === object)?.keys ?? [];
      return keys.flatMap((key) => {
        const field = fieldOfKey(key);
        const isHidden = field === 'title' && isTitleHidden?.kind === 'hide' && isTitleHidden.isHidden;
        return field === undefined || isHidden ? [] : [field];
      });
    },
    runs,
    foreignRows: foreign.rows[0]?.count ?? 0,
    interrupted,
  };
}

function pairOf(
  link: LinkRow,
  salesforce: ReadonlyMap<string, Snapshot>,
  platform: ReadonlyMap<string, Snapshot>,
): Pair | undefined {
  if (link.state !== 'linked' || link.object === 'Account') return undefined;
  const ours = salesforce.get(`${link.object}/${link.salesforce}`);
  const theirs = platform.get(`contact/${link.platform}`);
  if (ours === undefined || theirs === undefined || ours.isGone) return undefined;
  return { link, salesforce: ours, platform: theirs };
}

/** How a record and a field are called in a sentence. */
export function name(record: Pick<Snapshot, 'kind' | 'id'>, field?: string): string {
  return field === undefined ? keyOf(record) : `${keyOf(record)} ${field}`;
}

export function show(value: Value): string {
  return value === null ? 'nothing' : JSON.stringify(value);
}
