import { timingSafeEqual } from 'node:crypto';
import { hashToken, randomToken } from '../lib/tokens.ts';
import type { Database } from './database.ts';
import type { Tx } from './scope.ts';

/** Who calls. */
export interface Caller {
  /** Of the tenant. */
  readonly id: string;
  readonly tokenId: string;
  /** Pending until Salesforce has said which org it is. */
  readonly state: 'pending' | 'active';
}

export interface StoredToken {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Issues a token for the transaction's tenant. It is readable here and now only: its hash alone is stored. */
export async function issueToken(tx: Tx): Promise<{ id: string; token: string }> {
  const token = randomToken();
  const { rows } = await tx.query<{ id: string }>(
    'INSERT INTO org_token (token_hash) VALUES ($1) RETURNING id',
    [hashToken(token)],
  );
  const [row] = rows;
  if (!row) throw new Error('No token was stored.');
  return { id: row.id, token };
}

/** Whom a token speaks for; undefined when it is unknown, revoked or of a set-up that ended. */
export async function authenticateToken(database: Database, token: string): Promise<Caller | undefined> {
  const hash = hashToken(token);
  const { rows } = await database.system((tx) =>
    tx.query<Caller & { tokenHash: Buffer }>(
      `SELECT tenant_id AS id, token_id AS "tokenId", token_hash AS "tokenHash", state FROM authenticate_token($1)`,
      [hash],
    ),
  );
  const [row] = rows;
  if (!row || !timingSafeEqual(row.tokenHash, hash)) return undefined;
  return { id: row.id, tokenId: row.tokenId, state: row.state };
}

export async function listTokens(tx: Tx): Promise<StoredToken[]> {
  const { rows } = await tx.query<StoredToken>(
    `SELECT id, created_at AS "createdAt", last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"
       FROM org_token ORDER BY created_at`,
  );
  return rows;
}

/** Ends a token. Answers whether there was one to end. */
export async function revokeToken(tx: Tx, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'UPDATE org_token SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL',
    [id],
  );
  return rowCount === 1;
}
