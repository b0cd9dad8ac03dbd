import type { FieldIssue, SalesforceObject } from '../sync/types.ts';
import type { Sentence, Told } from '../words/told.ts';
import type { Tx } from './scope.ts';

export type OutcomeKind = 'created' | 'updated' | 'linked' | 'unchanged' | 'skipped' | 'failed' | 'stopped';

/** What became of one item of a run; every claimed item gets exactly one. */
export interface Outcome {
  readonly linkId: number | null;
  readonly object: SalesforceObject;
  readonly salesforceId: string | null;
  readonly platformId: string | null;
  readonly kind: OutcomeKind;
  /** A code of the error catalogue for skipped, failed and stopped. */
  readonly code: string | null;
  readonly message: Told | null;
  readonly written: readonly string[];
  readonly issues: readonly FieldIssue[];
}

export interface StoredOutcome extends Outcome {
  readonly id: number;
  readonly at: number;
}

export async function addOutcomes(
  tx: Tx,
  tenantId: string,
  runId: string,
  outcomes: readonly Outcome[],
  now: number,
): Promise<void> {
  if (outcomes.length === 0) return;
  await tx.query(
    `INSERT INTO outcome (tenant_id, run_id, link_id, object, salesforce_id, platform_id, kind, code, message, message_values, fields, at)
     SELECT $1, $2, link_id, object, salesforce_id, platform_id, kind, code, message, message_values, fields, $4
     FROM jsonb_to_recordset($3::jsonb) AS r(link_id bigint, object text, salesforce_id text, platform_id text,
       kind text, code text, message text, message_values jsonb, fields jsonb)`,
    [
      tenantId,
      runId,
      JSON.stringify(
        outcomes.map((outcome) => ({
          link_id: outcome.linkId,
          object: outcome.object,
          salesforce_id: outcome.salesforceId,
          platform_id: outcome.platformId,
          kind: outcome.kind,
          code: outcome.code,
          ...storedMessage(outcome.message),
          fields:
            outcome.written.length + outcome.issues.length === 0
              ? null
              : { written: outcome.written, issues: outcome.issues },
        })),
      ),
      new Date(now),
    ],
  );
}

interface OutcomeRow {
  id: number;
  link_id: number | null;
  object: SalesforceObject;
  salesforce_id: string | null;
  platform_id: string | null;
  kind: OutcomeKind;
  code: string | null;
  message: string | null;
  message_values: Sentence['values'] | null;
  fields: { written: string[]; issues: FieldIssue[] } | null;
  at: Date;
}

/** A page of a run's outcomes in the order in which they came about. */
export async function listOutcomes(
  tx: Tx,
  tenantId: string,
  runId: string,
  filter: { kind?: OutcomeKind; afterId?: number; limit: number },
): Promise<StoredOutcome[]> {
  const { rows } = await tx.query<OutcomeRow>(
    `SELECT id, link_id, object, salesforce_id, platform_id, kind, code, message, message_values, fields, at FROM outcome
     WHERE tenant_id = $1 AND run_id = $2 AND ($3::text IS NULL OR kind = $3)
       AND id > coalesce($4::bigint, 0) ORDER BY id LIMIT $5`,
    [tenantId, runId, filter.kind ?? null, filter.afterId ?? null, filter.limit],
  );
  return rows.map((row) => ({
    id: row.id,
    linkId: row.link_id,
    object: row.object,
    salesforceId: row.salesforce_id,
    platformId: row.platform_id,
    kind: row.kind,
    code: row.code,
    message: toldMessage(row),
    written: row.fields?.written ?? [],
    issues: row.fields?.issues ?? [],
    at: row.at.getTime(),
  }));
}

/** A text as it is, a sentence as its template and what stands in its places. */
function storedMessage(message: Told | null): Pick<OutcomeRow, 'message' | 'message_values'> {
  return message === null || typeof message === 'string'
    ? { message, message_values: null }
    : { message: message.says, message_values: message.values };
}

function toldMessage({ message, message_values: values }: OutcomeRow): Told | null {
  return message === null || values === null ? message : { says: message, values };
}
