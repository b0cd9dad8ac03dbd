import { randomBytes } from 'node:crypto';
import type { Clock } from '../../common/clock.ts';
import type { Sessions, UserContext } from '../org/types.ts';
import { ORGANIZATION_ID } from './organization.ts';
import type { SandboxUser, UserDirectory } from './users.ts';

/** The administrator's access token that never expires and survives a reset. */
export const STANDING_ACCESS_TOKEN = `${ORGANIZATION_ID}!sandbox`;
const STANDING_USERNAME = 'admin@sandbox.test';

/** A session timeout of two hours, the default of Session Settings. */
const DEFAULT_ACCESS_TOKEN_SECONDS = 7_200;

/** One access token. Times are milliseconds since the epoch. */
export interface Session {
  readonly token: string;
  readonly userId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly clientId: string;
  readonly scope: string;
  /** The chain of refresh tokens it belongs to; all of its access tokens die with it. */
  readonly grantId: string | undefined;
}

/** The org's access tokens. A token lives for a fixed time from its issue: using it does not prolong it. */
export class SessionStore implements Sessions {
  accessTokenSeconds = DEFAULT_ACCESS_TOKEN_SECONDS;
  readonly #clock: Clock;
  readonly #users: UserDirectory;
  readonly #sessions = new Map<string, Session>();
  readonly #standing: Session;

  constructor(clock: Clock, users: UserDirectory) {
    this.#clock = clock;
    this.#users = users;
    const admin = users.byUsername(STANDING_USERNAME);
    if (!admin) throw new Error(`The standing access token needs ${STANDING_USERNAME}.`);
    this.#standing = {
      token: STANDING_ACCESS_TOKEN,
      userId: admin.id,
      issuedAt: clock.now(),
      expiresAt: Number.POSITIVE_INFINITY,
      clientId: 'sandbox',
      scope: 'full',
      grantId: undefined,
    };
  }

  issue(user: SandboxUser, details: { clientId: string; scope: string; grantId?: string }): Session {
    const issuedAt = this.#clock.now();
    const session: Session = {
      token: `${ORGANIZATION_ID}!${randomBytes(72).toString('base64url').replaceAll('-', '.')}`,
      userId: user.id,
      issuedAt,
      expiresAt: issuedAt + this.accessTokenSeconds * 1_000,
      clientId: details.clientId,
      scope: details.scope,
      grantId: details.grantId,
    };
    this.#sessions.set(session.token, session);
    return session;
  }

  /** A session that is alive now. */
  find(token: string): Session | undefined {
    if (token === STANDING_ACCESS_TOKEN) return this.#standing;
    const session = this.#sessions.get(token);
    if (!session) return undefined;
    if (session.expiresAt > this.#clock.now()) return session;
    this.#sessions.delete(token);
    return undefined;
  }

  resolve(token: string): UserContext | undefined {
    const user = this.user(token);
    return user && this.#users.context(user);
  }

  user(token: string): SandboxUser | undefined {
    const session = this.find(token);
    return session && this.#users.byId(session.userId);
  }

  /** The standing token cannot be revoked. */
  revoke(token: string): boolean {
    return this.#sessions.delete(token);
  }

  revokeGrant(grantId: string): void {
    for (const [token, session] of this.#sessions)
      if (session.grantId === grantId) this.#sessions.delete(token);
  }

  /** Every access token but the standing one dies; refresh tokens live on. */
  expireAll(): void {
    this.#sessions.clear();
  }

  reset(): void {
    this.expireAll();
    this.accessTokenSeconds = DEFAULT_ACCESS_TOKEN_SECONDS;
  }
}
