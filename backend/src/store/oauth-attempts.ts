import type { Database } from './database.ts';
import type { Tx } from './scope.ts';

/** An attempt to authorize Salesforce in a browser. */
export interface OAuthAttempt {
  readonly id: string;
  readonly outcome: 'pending' | 'answered' | 'connected' | 'failed';
  /** Of the error catalogue, when it failed. */
  readonly code: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** What the browser that comes back is worth. */
export interface AnsweredAttempt {
  readonly tenantId: string;
  readonly id: string;
  /** The PKCE verifier, sealed. */
  readonly verifier: Buffer;
  readonly loginUrl: string;
  readonly returnUrl: string | null;
  readonly expired: boolean;
}

export async function insertOAuthAttempt(
  tx: Tx,
  attempt: {
    id: string;
    stateHash: Buffer;
    verifier: Buffer;
    loginUrl: string;
    returnUrl: string | undefined;
    expiresAt: Date;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO oauth_attempt (id, state_hash, verifier, login_url, return_url, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      attempt.id,
      attempt.stateHash,
      attempt.verifier,
      attempt.loginUrl,
      attempt.returnUrl ?? null,
      attempt.expiresAt,
    ],
  );
}

/** Takes the attempt that a state belongs to; a state works once. */
export async function answerOAuthAttempt(
  database: Database,
  stateHash: Buffer,
): Promise<AnsweredAttempt | undefined> {
  const { rows } = await database.system((tx) =>
    tx.query<AnsweredAttempt>(
      `SELECT tenant_id AS "tenantId", id, verifier, login_url AS "loginUrl", return_url AS "returnUrl", expired
         FROM answer_oauth_attempt($1)`,
      [stateHash],
    ),
  );
  return rows[0];
}

/** @param code of the error catalogue, when it failed */
export async function settleOAuthAttempt(
  tx: Tx,
  id: string,
  outcome: 'connected' | 'failed',
  code?: string,
): Promise<void> {
  await tx.query('UPDATE oauth_attempt SET outcome = $2, code = $3 WHERE id = $1', [
    id,
    outcome,
    code ?? null,
  ]);
}

export async function readOAuthAttempt(tx: Tx, id: string): Promise<OAuthAttempt | undefined> {
  const { rows } = await tx.query<OAuthAttempt>(
    `SELECT id, outcome, code, created_at AS "createdAt", expires_at AS "expiresAt" FROM oauth_attempt WHERE id = $1`,
    [id],
  );
  return rows[0];
}
