import type { Scope, Tx } from './scope.ts';

/** Something done for one person: a campaign sent to them, an automation they were added to. */
export interface PersonAction {
  readonly linkId: number;
  readonly kind: 'campaign' | 'automation';
  readonly targetId: string;
}

/**
 * Remembers an action before it is carried out, in one statement, so that of two at once only one goes on.
 * @param unlessSince a time, milliseconds: an action of the same kind remembered after it wins; null lets every one pass
 * @returns whether this one may go on
 */
export async function claimAction(
  tx: Tx,
  scope: Scope,
  { linkId, kind, targetId }: PersonAction,
  at: number,
  unlessSince: number | null,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO person_action (tenant_id, connection_id, link_id, kind, target_id, at)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant_id, connection_id, link_id, kind, target_id) DO UPDATE SET at = excluded.at
     WHERE $7::timestamptz IS NULL OR person_action.at <= $7`,
    [
      scope.tenantId,
      scope.connectionId,
      linkId,
      kind,
      targetId,
      new Date(at),
      unlessSince === null ? null : new Date(unlessSince),
    ],
  );
  return rowCount === 1;
}

/** Forgets an action that did not happen. */
export async function releaseAction(
  tx: Tx,
  scope: Scope,
  { linkId, kind, targetId }: PersonAction,
  at: number,
): Promise<void> {
  await tx.query(
    `DELETE FROM person_action WHERE tenant_id = $1 AND connection_id = $2 AND link_id = $3 AND kind = $4
       AND target_id = $5 AND at = $6`,
    [scope.tenantId, scope.connectionId, linkId, kind, targetId, new Date(at)],
  );
}
