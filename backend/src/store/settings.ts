import type { Direction, ObjectMapping, SalesforceObject } from '../sync/types.ts';
import type { Schedule } from '../sync/schedule.ts';
import type { Selection } from '../sync/selection.ts';
import { toMillis, type Scope, type Tx } from './scope.ts';

/** A saved setting with its generation, which rises with every save. */
export interface Generation<T> {
  readonly value: T;
  readonly generation: number;
}

export async function readMappings(
  tx: Tx,
  scope: Scope,
): Promise<Map<SalesforceObject, Generation<ObjectMapping>>> {
  const { rows } = await tx.query<{
    object: SalesforceObject;
    definition: Omit<ObjectMapping, 'object'>;
    generation: number;
  }>('SELECT object, definition, generation FROM mapping WHERE tenant_id = $1 AND connection_id = $2', [
    scope.tenantId,
    scope.connectionId,
  ]);
  return new Map(
    rows.map((row) => [
      row.object,
      { value: { object: row.object, ...row.definition }, generation: row.generation },
    ]),
  );
}

export async function saveMapping(
  tx: Tx,
  scope: Scope,
  { object, ...definition }: ObjectMapping,
): Promise<void> {
  await tx.query(
    `INSERT INTO mapping (tenant_id, connection_id, object, definition) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, connection_id, object) DO UPDATE SET definition = excluded.definition,
       generation = mapping.generation + 1, updated_at = now()
     WHERE mapping.definition IS DISTINCT FROM excluded.definition`,
    [scope.tenantId, scope.connectionId, object, JSON.stringify(definition)],
  );
}

export async function readSelections(
  tx: Tx,
  scope: Scope,
): Promise<Map<'Lead' | 'Contact', Generation<Selection>>> {
  const { rows } = await tx.query<{ object: 'Lead' | 'Contact'; definition: Selection; generation: number }>(
    'SELECT object, definition, generation FROM selection WHERE tenant_id = $1 AND connection_id = $2',
    [scope.tenantId, scope.connectionId],
  );
  return new Map(rows.map((row) => [row.object, { value: row.definition, generation: row.generation }]));
}

export async function saveSelection(
  tx: Tx,
  scope: Scope,
  object: 'Lead' | 'Contact',
  selection: Selection,
): Promise<void> {
  await tx.query(
    `INSERT INTO selection (tenant_id, connection_id, object, definition) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, connection_id, object) DO UPDATE SET definition = excluded.definition,
       generation = selection.generation + 1, updated_at = now()
     WHERE selection.definition IS DISTINCT FROM excluded.definition`,
    [scope.tenantId, scope.connectionId, object, JSON.stringify(selection)],
  );
}

export interface StoredSchedule {
  readonly direction: Direction;
  /** Null: the job was removed. */
  readonly schedule: Schedule | null;
  readonly timeZone: string;
  readonly paused: boolean;
  /** When a notice of changes last came, milliseconds; null: never. */
  readonly noticedAt: number | null;
}

export async function readSchedules(tx: Tx, scope: Scope): Promise<Map<Direction, StoredSchedule>> {
  const { rows } = await tx.query<{
    direction: Direction;
    definition: Schedule | null;
    time_zone: string;
    paused: boolean;
    noticed_at: Date | null;
  }>(
    `SELECT direction, definition, time_zone, paused, noticed_at FROM schedule
     WHERE tenant_id = $1 AND connection_id = $2`,
    [scope.tenantId, scope.connectionId],
  );
  return new Map(
    rows.map((row) => [
      row.direction,
      {
        direction: row.direction,
        schedule: row.definition,
        timeZone: row.time_zone,
        paused: row.paused,
        noticedAt: toMillis(row.noticed_at),
      },
    ]),
  );
}

/** A direction's schedule: inbound goes on continuously by itself, outbound waits for the admin's choice. */
export function scheduleOf(
  stored: ReadonlyMap<Direction, StoredSchedule>,
  direction: Direction,
): StoredSchedule {
  return (
    stored.get(direction) ?? {
      direction,
      schedule: direction === 'inbound' ? { kind: 'continuous' } : null,
      timeZone: 'UTC',
      paused: false,
      noticedAt: null,
    }
  );
}

/**
 * Notes that there is something to read in Salesforce, for every connection of the tenant whose outbound batches are
 * scheduled and not paused, and that somebody has chosen records for.
 * @returns how many connections that were
 */
export async function noteNotice(tx: Tx, tenantId: string, now: number): Promise<number> {
  const { rowCount } = await tx.query(
    `UPDATE schedule SET noticed_at = $2
     WHERE tenant_id = $1 AND direction = 'outbound' AND definition IS NOT NULL AND NOT paused
       AND EXISTS (SELECT FROM selection WHERE selection.tenant_id = $1
         AND selection.connection_id = schedule.connection_id)`,
    [tenantId, new Date(now)],
  );
  return rowCount ?? 0;
}

export async function saveSchedule(
  tx: Tx,
  scope: Scope,
  schedule: Omit<StoredSchedule, 'noticedAt'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO schedule (tenant_id, connection_id, direction, definition, time_zone, paused)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant_id, connection_id, direction) DO UPDATE SET definition = excluded.definition,
       time_zone = excluded.time_zone, paused = excluded.paused, updated_at = now()`,
    [
      scope.tenantId,
      scope.connectionId,
      schedule.direction,
      schedule.schedule === null ? null : JSON.stringify(schedule.schedule),
      schedule.timeZone,
      schedule.paused,
    ],
  );
}

export interface AutomationOffer {
  readonly enabled: boolean;
  /** Null: those whose name holds "Salesforce", in any letter case. */
  readonly campaignIds: readonly string[] | null;
  readonly automationIds: readonly string[] | null;
}

export async function readAutomationOffer(tx: Tx, scope: Scope): Promise<AutomationOffer> {
  const { rows } = await tx.query<{
    enabled: boolean;
    campaign_ids: string[] | null;
    automation_ids: string[] | null;
  }>(
    'SELECT enabled, campaign_ids, automation_ids FROM automation_offer WHERE tenant_id = $1 AND connection_id = $2',
    [scope.tenantId, scope.connectionId],
  );
  const [row] = rows;
  return row === undefined
    ? { enabled: false, campaignIds: null, automationIds: null }
    : { enabled: row.enabled, campaignIds: row.campaign_ids, automationIds: row.automation_ids };
}

export async function saveAutomationOffer(tx: Tx, scope: Scope, offer: AutomationOffer): Promise<void> {
  await tx.query(
    `INSERT INTO automation_offer (tenant_id, connection_id, enabled, campaign_ids, automation_ids)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (tenant_id, connection_id) DO UPDATE SET enabled = excluded.enabled,
       campaign_ids = excluded.campaign_ids, automation_ids = excluded.automation_ids, updated_at = now()`,
    [scope.tenantId, scope.connectionId, offer.enabled, offer.campaignIds, offer.automationIds],
  );
}
