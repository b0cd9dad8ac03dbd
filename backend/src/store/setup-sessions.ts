import type { Tx } from './scope.ts';

/** What a package said of itself when it asked to be set up. */
export interface SetupSession {
  readonly id: string;
  readonly tokenId: string;
  readonly instanceUrl: string;
  readonly packageVersion: string | null;
  readonly userId: string | null;
  readonly adminEmail: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** When Salesforce said that it is the org it claims to be. */
  readonly provenAt: Date | null;
}

const COLUMNS = `id, token_id AS "tokenId", instance_url AS "instanceUrl", package_version AS "packageVersion",
  user_id AS "userId", admin_email AS "adminEmail", created_at AS "createdAt", expires_at AS "expiresAt",
  proven_at AS "provenAt"`;

export async function insertSetupSession(
  tx: Tx,
  session: Omit<SetupSession, 'id' | 'createdAt' | 'provenAt'>,
): Promise<SetupSession> {
  const { rows } = await tx.query<SetupSession>(
    `INSERT INTO setup_session (token_id, instance_url, package_version, user_id, admin_email, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
    [
      session.tokenId,
      session.instanceUrl,
      session.packageVersion,
      session.userId,
      session.adminEmail,
      session.expiresAt,
    ],
  );
  const [row] = rows;
  if (!row) throw new Error('No set-up session was stored.');
  return row;
}

/** The session that a token was issued to. */
export async function readSetupSession(tx: Tx, tokenId: string): Promise<SetupSession | undefined> {
  const { rows } = await tx.query<SetupSession>(`SELECT ${COLUMNS} FROM setup_session WHERE token_id = $1`, [
    tokenId,
  ]);
  return rows[0];
}

export async function markSetupsProven(tx: Tx): Promise<void> {
  await tx.query('UPDATE setup_session SET proven_at = now() WHERE proven_at IS NULL');
}

/** Which of the four steps of the Setup Assistant are done. */
export interface SetupProgress {
  readonly platformConnected: boolean;
  readonly salesforceConnected: boolean;
  readonly mapped: boolean;
  readonly selected: boolean;
  readonly scheduled: boolean;
  readonly automationChosen: boolean;
  /** When a mapping was last saved, if after the last run and dry run that did not fail were asked for: nobody has seen what it does. */
  readonly mappingUnseenSince: Date | null;
}

export async function readSetupProgress(tx: Tx): Promise<SetupProgress> {
  const { rows } = await tx.query<SetupProgress>(
    `SELECT EXISTS (SELECT FROM connection WHERE platform <> 'salesforce' AND state = 'connected') AS "platformConnected",
            EXISTS (SELECT FROM connection WHERE platform = 'salesforce' AND state = 'connected') AS "salesforceConnected",
            EXISTS (SELECT FROM mapping) AS mapped,
            EXISTS (SELECT FROM selection) AS selected,
            EXISTS (SELECT FROM schedule WHERE definition IS NOT NULL) AS scheduled,
            EXISTS (SELECT FROM automation_offer) AS "automationChosen",
            (SELECT max(updated_at) FROM mapping
              WHERE updated_at > (SELECT max(queued_at) FROM run WHERE state <> 'failed')) AS "mappingUnseenSince"`,
  );
  const [row] = rows;
  if (!row) throw new Error('The progress query answered nothing.');
  return row;
}
