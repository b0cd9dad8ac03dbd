import type { Direction } from '../sync/types.ts';
import type { OutcomeKind } from './outcomes.ts';
import type { DryRunCounts } from './dry-runs.ts';
import type { Tx } from './scope.ts';

/** Which conflicts a batch decides, or leaves waiting, in a direction. */
const winners: Readonly<Record<Direction, readonly string[]>> = {
  outbound: ['salesforce', 'both'],
  inbound: ['platform', 'both'],
};

/** Problems under which a record waits for a person's decision: those are counted as conflicts. */
const waiting = ['SYNC_CONFLICT_WAITING', 'SYNC_FIELD_OSCILLATES'];

/**
 * The outcomes that belong to a direction: requests to create a Salesforce record are settled before there is a link,
 * while both sides are read, and are the platform's.
 */
const belongs: Readonly<Record<Direction, string>> = { outbound: 'link_id IS NOT NULL', inbound: 'true' };

/** Counts what one direction of a dry run came to. Of a record with several outcomes the first says what it is. */
export async function tallyDryRun(
  tx: Tx,
  tenantId: string,
  id: string,
  direction: Direction,
): Promise<DryRunCounts> {
  const acted = await tx.query<{ kind: OutcomeKind; code: string | null; count: number }>(
    `SELECT kind, CASE WHEN kind IN ('skipped', 'failed', 'stopped') THEN code END AS code, count(*) FROM (
       SELECT DISTINCT ON (coalesce(link_id, -id)) kind, code FROM outcome
        WHERE tenant_id = $1 AND run_id = $2 AND ${belongs[direction]} ORDER BY coalesce(link_id, -id), id
     ) AS first GROUP BY 1, 2`,
    [tenantId, id],
  );
  // Grouped, not joined: of tables that were filled just now the database knows too little to join them well.
  const left = await tx.query<{ code: string | null; count: number }>(
    `SELECT code, count(*) FROM (
       SELECT id, max(code) AS code FROM (
         SELECT id, CASE WHEN state = 'candidate' OR $3 = 'outbound' THEN problem->>'code' END AS code,
             true AS is_live, false AS is_acted FROM link
          WHERE tenant_id = $1 AND connection_id = $2
            AND (state = 'linked' OR (state = 'candidate' AND problem IS NOT NULL
              AND (salesforce_id IS NOT NULL) = ($3 = 'outbound')))
         UNION ALL
         SELECT link_id, NULL, false, true FROM outcome
          WHERE tenant_id = $1 AND run_id = $2 AND link_id IS NOT NULL
       ) AS seen GROUP BY id HAVING bool_or(is_live) AND NOT bool_or(is_acted)
     ) AS left_alone GROUP BY 1`,
    [tenantId, id, direction],
  );
  const conflicts = await tx.query<{ count: number }>(
    `SELECT count(DISTINCT link_id) FROM conflict WHERE tenant_id = $1 AND connection_id = $2
       AND (state <> 'settled' OR winner IS NOT NULL) AND (winner IS NULL OR winner = ANY($3))`,
    [tenantId, id, winners[direction]],
  );
  const counts = { create: 0, update: 0, skip: 0, unchanged: 0 };
  const skips = new Map<string, number>();
  const skip = (code: string, count: number): void => {
    counts.skip += count;
    skips.set(code, (skips.get(code) ?? 0) + count);
  };
  for (const { kind, code, count } of acted.rows) {
    if (kind === 'created') counts.create += count;
    else if (kind === 'updated' || kind === 'linked') counts.update += count;
    else if (kind === 'unchanged') counts.unchanged += count;
    else skip(code ?? 'SYNC_INTERNAL', count);
  }
  for (const { code, count } of left.rows) {
    if (code === null) counts.unchanged += count;
    else if (!waiting.includes(code)) skip(code, count);
  }
  return {
    ...counts,
    conflict: conflicts.rows[0]?.count ?? 0,
    skips: [...skips].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
  };
}

/** A few links of each reason for which a direction left records out. */
export async function skippedLinks(
  tx: Tx,
  tenantId: string,
  id: string,
  direction: Direction,
  perCode: number,
): Promise<{ linkId: number; code: string }[]> {
  const { rows } = await tx.query<{ linkId: number; code: string }>(
    `SELECT link_id AS "linkId", code FROM (
       SELECT link_id, code, row_number() OVER (PARTITION BY code ORDER BY id) AS place FROM outcome
        WHERE tenant_id = $1 AND run_id = $2 AND link_id IS NOT NULL AND ${belongs[direction]}
          AND kind IN ('skipped', 'failed', 'stopped') AND code IS NOT NULL
     ) AS left_out WHERE place <= $3 ORDER BY code, place`,
    [tenantId, id, perCode],
  );
  return rows;
}

/** Forgets the outcomes that were counted for a direction. */
export async function clearTallied(
  tx: Tx,
  tenantId: string,
  id: string,
  direction: Direction,
): Promise<void> {
  await tx.query(`DELETE FROM outcome WHERE tenant_id = $1 AND run_id = $2 AND ${belongs[direction]}`, [
    tenantId,
    id,
  ]);
}
