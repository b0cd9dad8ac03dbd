import { randomUUID } from 'node:crypto';
import { isSyncError, SyncError, type ErrorCode } from '../../lib/errors.ts';
import { hashToken, randomToken } from '../../lib/tokens.ts';
import { authorizeUrl, createPkce, exchangeCode } from '../../salesforce/oauth.ts';
import { recordAudit } from '../../store/audit.ts';
import {
  answerOAuthAttempt,
  insertOAuthAttempt,
  settleOAuthAttempt,
  type AnsweredAttempt,
} from '../../store/oauth-attempts.ts';
import { sentence } from '../../words/told.ts';
import { asRefusals, connectSalesforce } from './connect-salesforce.ts';
import { loginHost, type Origin, type SetupContext } from './context.ts';

const LIFETIME_MINUTES = 15;
/** Where Salesforce leads the browser back to; registered with the app, so it never changes. */
const CALLBACK_PATH = '/v1/oauth/salesforce/callback';

export interface StartedAuthorization {
  readonly id: string;
  /** The page to open in a browser. */
  readonly authorizeUrl: string;
  readonly expiresAt: Date;
}

/**
 * Starts the web server flow with PKCE. The state that the browser carries is good for one return within 15 minutes.
 * @throws SyncError SYNC_SALESFORCE_APP_MISSING, SYNC_HOST_NOT_ALLOWED
 */
export async function startAuthorization(
  context: SetupContext,
  origin: Origin,
  { loginUrl, returnUrl }: { loginUrl: string; returnUrl: string | undefined },
): Promise<StartedAuthorization> {
  const { app, scope } = context.config.salesforce;
  if (!app) throw new SyncError('SYNC_SALESFORCE_APP_MISSING');
  const [id, state, pkce] = [randomUUID(), randomToken(), createPkce()];
  const page = authorizeUrl(loginHost(context, loginUrl), {
    consumerKey: app.consumerKey,
    redirectUri: redirectUri(context),
    scope,
    state,
    challenge: pkce.challenge,
  });
  const verifier = await context.vault.seal(origin.tenantId, verifierRef(id), pkce.verifier);
  const expiresAt = new Date(context.clock.now() + LIFETIME_MINUTES * 60_000);
  await context.database.withTenant(origin.tenantId, async (tx) => {
    await insertOAuthAttempt(tx, {
      id,
      stateHash: hashToken(state),
      verifier,
      loginUrl,
      returnUrl,
      expiresAt,
    });
    await recordAudit(tx, {
      action: 'authorization.started',
      actor: origin.actor,
      subject: id,
      details: { platform: 'salesforce' },
      requestId: origin.requestId,
    });
  });
  return { id, authorizeUrl: page, expiresAt };
}

/** What Salesforce sent the browser back with. */
export interface Callback {
  readonly state: string | undefined;
  readonly code: string | undefined;
  readonly error: string | undefined;
  readonly errorDescription: string | undefined;
}

/** What is shown to the person in the browser. */
export interface AuthorizationResult {
  readonly attemptId: string | undefined;
  /** The page that is told, if it opened this one. */
  readonly returnUrl: string | undefined;
  readonly error: SyncError | undefined;
}

/** Ends the web server flow. Whatever goes wrong is an outcome of the attempt and is told to the person. */
export async function finishAuthorization(
  context: SetupContext,
  callback: Callback,
  requestId: string,
): Promise<AuthorizationResult> {
  const attempt =
    callback.state === undefined
      ? undefined
      : await answerOAuthAttempt(context.database, hashToken(callback.state));
  if (!attempt) {
    return { attemptId: undefined, returnUrl: undefined, error: new SyncError('SYNC_OAUTH_STATE_UNKNOWN') };
  }
  const origin: Origin = { tenantId: attempt.tenantId, actor: { kind: 'browser' }, requestId };
  const result = { attemptId: attempt.id, returnUrl: attempt.returnUrl ?? undefined };
  try {
    const tenantId = await complete(context, origin, attempt, callback);
    await context.database.withTenant(tenantId, (tx) => settleOAuthAttempt(tx, attempt.id, 'connected'));
    return { ...result, error: undefined };
  } catch (error) {
    if (!isSyncError(error)) {
      await fail(context, origin, attempt, 'SYNC_INTERNAL');
      throw error;
    }
    await fail(context, origin, attempt, error.code);
    return { ...result, error };
  }
}

/** @returns the tenant that the org belongs to */
async function complete(
  context: SetupContext,
  origin: Origin,
  attempt: AnsweredAttempt,
  { code, error, errorDescription }: Callback,
): Promise<string> {
  const { clock, vault } = context;
  const { app } = context.config.salesforce;
  if (attempt.expired) throw new SyncError('SYNC_OAUTH_EXPIRED');
  // Salesforce's help pages spell it both ways.
  if (error === 'access_denied' || error === 'access-denied') throw new SyncError('SYNC_OAUTH_DENIED');
  if (error !== undefined || code === undefined) {
    const words = [error ?? 'no code', errorDescription].filter((part) => part !== undefined).join(': ');
    throw new SyncError('SYNC_OAUTH_REFUSED', `Salesforce: ${words.slice(0, 300)}`);
  }
  if (!app) throw new SyncError('SYNC_SALESFORCE_APP_MISSING');
  const verifier = await vault.open(attempt.tenantId, verifierRef(attempt.id), attempt.verifier);
  const login = await asRefusals(
    exchangeCode(loginHost(context, attempt.loginUrl), clock, {
      app,
      code,
      redirectUri: redirectUri(context),
      verifier,
    }),
  );
  if (login.refreshToken === undefined) {
    throw new SyncError(
      'SYNC_OAUTH_REFUSED',
      sentence('Salesforce gave no refresh token: the app lacks the scope refresh_token.'),
    );
  }
  const { tenantId } = await connectSalesforce(context, origin, {
    login,
    method: 'web_server',
    facts: { loginUrl: attempt.loginUrl, consumerKey: app.consumerKey },
    secrets: {},
  });
  return tenantId;
}

async function fail(
  { database }: SetupContext,
  { tenantId, actor, requestId }: Origin,
  attempt: AnsweredAttempt,
  code: ErrorCode,
): Promise<void> {
  await database.withTenant(tenantId, async (tx) => {
    await settleOAuthAttempt(tx, attempt.id, 'failed', code);
    await recordAudit(tx, {
      action: 'authorization.failed',
      actor,
      outcome: code === 'SYNC_OAUTH_DENIED' ? 'denied' : 'failure',
      subject: attempt.id,
      details: { platform: 'salesforce', code },
      requestId,
    });
  });
}

function redirectUri({ config }: SetupContext): string {
  return config.publicUrl + CALLBACK_PATH;
}

/** A verifier is sealed for its own attempt. */
function verifierRef(attemptId: string) {
  return { connectionId: attemptId, column: 'pkce_verifier' };
}
