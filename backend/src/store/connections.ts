import { SyncError } from '../lib/errors.ts';
import type { Tx } from './scope.ts';

export type Platform = 'salesforce' | 'activecampaign' | 'klaviyo' | 'hubspot';
export type AuthMethod = 'web_server' | 'jwt' | 'client_credentials' | 'password' | 'api_key';

/** What renewing a Salesforce token needs beside the secrets. */
export interface AuthFacts {
  readonly loginUrl?: string;
  readonly consumerKey?: string;
  readonly username?: string;
}

/** An account that an org has connected. Nothing here is secret. */
export interface Connection {
  readonly id: string;
  readonly platform: Platform;
  readonly state: 'connected' | 'error' | 'disconnected';
  /** Of the error catalogue, while the state is `error`. */
  readonly stateCode: string | null;
  readonly stateSince: Date;
  /** Which account it is at the platform: the org id, or the account's host. */
  readonly account: string;
  readonly accountName: string | null;
  readonly userName: string | null;
  /** Where its API answers, without a slash at the end. */
  readonly baseUrl: string;
  readonly authMethod: AuthMethod;
  readonly authFacts: AuthFacts;
  /** The key's last four characters. */
  readonly keyHint: string | null;
  /** The package's namespace prefix in a Salesforce org, null where it is installed without one. */
  readonly packageNamespace: string | null;
  /** The share of the org's daily API calls that sync may use, 0 to 0.8. */
  readonly dailyApiShare: number | null;
  readonly createdAt: Date;
}

const COLUMNS = `id, platform, state, state_code AS "stateCode", state_since AS "stateSince", account,
  account_name AS "accountName", user_name AS "userName", base_url AS "baseUrl", auth_method AS "authMethod",
  auth_facts AS "authFacts", key_hint AS "keyHint", package_namespace AS "packageNamespace",
  daily_api_share AS "dailyApiShare", created_at AS "createdAt"`;

export type NewConnection = Pick<
  Connection,
  'platform' | 'account' | 'accountName' | 'userName' | 'baseUrl' | 'authMethod' | 'authFacts' | 'keyHint'
> & {
  /** Taken when the account is connected for the first time. */
  readonly dailyApiShare: number | null;
};

/**
 * Stores an account as connected. An account that was connected before keeps its id, and with it what was synced,
 * and its settings.
 * @throws SyncError SYNC_CONNECTION_EXISTS while another account of the platform is connected
 */
export async function putConnection(tx: Tx, connection: NewConnection): Promise<Connection> {
  const live = await readLiveConnection(tx, connection.platform);
  if (live && live.account !== connection.account) {
    throw new SyncError('SYNC_CONNECTION_EXISTS', undefined, {
      connectionId: live.id,
      account: live.account,
    });
  }
  const { rows } = await tx.query<Connection>(
    `INSERT INTO connection (platform, state, account, account_name, user_name, base_url, auth_method, auth_facts,
                             key_hint, daily_api_share)
     VALUES ($1, 'connected', $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (tenant_id, platform, account) DO UPDATE SET
       state = 'connected', state_code = NULL,
       state_since = CASE connection.state WHEN 'connected' THEN connection.state_since ELSE now() END,
       account_name = excluded.account_name, user_name = excluded.user_name, base_url = excluded.base_url,
       auth_method = excluded.auth_method, auth_facts = excluded.auth_facts, key_hint = excluded.key_hint,
       updated_at = now()
     RETURNING ${COLUMNS}`,
    [
      connection.platform,
      connection.account,
      connection.accountName,
      connection.userName,
      connection.baseUrl,
      connection.authMethod,
      JSON.stringify(connection.authFacts),
      connection.keyHint,
      connection.dailyApiShare,
    ],
  );
  const [row] = rows;
  if (!row) throw new Error('No connection was stored.');
  return row;
}

export async function listConnections(tx: Tx): Promise<Connection[]> {
  const { rows } = await tx.query<Connection>(`SELECT ${COLUMNS} FROM connection ORDER BY created_at, id`);
  return rows;
}

export async function readConnection(tx: Tx, id: string): Promise<Connection | undefined> {
  const { rows } = await tx.query<Connection>(`SELECT ${COLUMNS} FROM connection WHERE id = $1`, [id]);
  return rows[0];
}

/** The same, and nobody else reads it this way, or changes it, before the transaction ends. */
export async function lockConnection(tx: Tx, id: string): Promise<Connection | undefined> {
  const { rows } = await tx.query<Connection>(`SELECT ${COLUMNS} FROM connection WHERE id = $1 FOR UPDATE`, [
    id,
  ]);
  return rows[0];
}

/** The account of a platform that is connected, or would be but for an error. */
export async function readLiveConnection(tx: Tx, platform: Platform): Promise<Connection | undefined> {
  const { rows } = await tx.query<Connection>(
    `SELECT ${COLUMNS} FROM connection WHERE platform = $1 AND state <> 'disconnected'`,
    [platform],
  );
  return rows[0];
}

/** `code` goes with `error` alone. A connection that was disconnected stays so. */
export async function setConnectionState(
  tx: Tx,
  id: string,
  state: { readonly state: 'connected' } | { readonly state: 'error'; readonly code: string },
): Promise<void> {
  const code = state.state === 'error' ? state.code : null;
  await tx.query(
    `UPDATE connection SET state = $2::text, state_code = $3::text, state_since = now(), updated_at = now()
      WHERE id = $1 AND state <> 'disconnected' AND (state, state_code) IS DISTINCT FROM ($2::text, $3::text)`,
    [id, state.state, code],
  );
}

/** The org and a platform were both spoken with: an error that was noted of either is over. */
export async function noteBothAnswered(tx: Tx, platformId: string): Promise<void> {
  await tx.query(
    `UPDATE connection SET state = 'connected', state_code = NULL, state_since = now(), updated_at = now()
      WHERE state = 'error' AND (platform = 'salesforce' OR id = $1)`,
    [platformId],
  );
}

export async function setBaseUrl(tx: Tx, id: string, baseUrl: string): Promise<void> {
  await tx.query('UPDATE connection SET base_url = $2, updated_at = now() WHERE id = $1 AND base_url <> $2', [
    id,
    baseUrl,
  ]);
}

/** Marks it disconnected; what was synced stays. */
export async function disconnect(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `UPDATE connection SET state = 'disconnected', state_code = NULL, state_since = now(), key_hint = NULL,
            updated_at = now()
      WHERE id = $1 AND state <> 'disconnected'`,
    [id],
  );
}

/** Changes the settings that are given. */
export async function updateSettings(
  tx: Tx,
  id: string,
  settings: { readonly packageNamespace?: string | null; readonly dailyApiShare?: number },
): Promise<Connection | undefined> {
  const { rows } = await tx.query<Connection>(
    `UPDATE connection SET
       package_namespace = CASE WHEN $2::boolean THEN $3::text ELSE package_namespace END,
       daily_api_share = coalesce($4::double precision, daily_api_share), updated_at = now()
     WHERE id = $1 RETURNING ${COLUMNS}`,
    [
      id,
      settings.packageNamespace !== undefined,
      settings.packageNamespace ?? null,
      settings.dailyApiShare ?? null,
    ],
  );
  return rows[0];
}
