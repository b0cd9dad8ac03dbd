import type { Tx } from './scope.ts';

/** Everything that is recorded; `resource.action`. */
export type AuditAction =
  | 'setup.started'
  | 'setup.proven'
  | 'token.issued'
  | 'token.revoked'
  | 'connection.created'
  | 'connection.updated'
  | 'connection.deleted'
  | 'connection.failed'
  | 'authorization.started'
  | 'authorization.failed'
  | 'mapping.saved'
  | 'selection.saved'
  | 'schedule.saved'
  | 'schedule.removed'
  | 'automation.saved'
  | 'automation.entered'
  | 'campaign.sent'
  | 'run.started'
  | 'conflict.resolved';

/** Who did it: an org by its token, a person in a browser, or the service itself. */
export type Actor =
  | { readonly kind: 'org_token'; readonly id: string }
  | { readonly kind: 'browser' }
  | { readonly kind: 'service' };

export interface AuditEvent {
  readonly action: AuditAction;
  readonly actor: Actor;
  readonly outcome?: 'success' | 'failure' | 'denied';
  /** Id of what it was done to. */
  readonly subject?: string;
  /** Names of what changed, codes, platforms: never values, never secrets. */
  readonly details?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly requestId?: string;
}

/** Records an event in the transaction that makes it true. */
export async function recordAudit(tx: Tx, event: AuditEvent): Promise<void> {
  await tx.query(
    `INSERT INTO audit (action, actor_kind, actor_id, outcome, subject, details, request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      event.action,
      event.actor.kind,
      event.actor.kind === 'org_token' ? event.actor.id : null,
      event.outcome ?? 'success',
      event.subject ?? null,
      JSON.stringify(event.details ?? {}),
      event.requestId ?? null,
    ],
  );
}

export interface StoredAuditEvent {
  readonly id: number;
  readonly at: Date;
  readonly action: AuditAction;
  readonly actorKind: Actor['kind'];
  readonly actorId: string | null;
  readonly outcome: 'success' | 'failure' | 'denied';
  readonly subject: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The tenant's newest events. */
export async function readAudit(tx: Tx, limit: number): Promise<StoredAuditEvent[]> {
  const { rows } = await tx.query<StoredAuditEvent>(
    `SELECT id, at, action, actor_kind AS "actorKind", actor_id AS "actorId", outcome, subject, details
       FROM audit ORDER BY at DESC, id DESC LIMIT $1`,
    [limit],
  );
  return rows;
}
