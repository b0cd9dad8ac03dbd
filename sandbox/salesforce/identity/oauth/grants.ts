import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../../common/clock.ts';
import { OAuthError } from './errors.ts';

const CODE_LIFETIME_MS = 15 * 60_000;
/** `specific_inactivity:30:DAYS`, the refresh token policy that packaged apps must have. */
const REFRESH_IDLE_MS = 30 * 24 * 60 * 60_000;
/** RFC 7636, section 4.1, without its upper bound: Salesforce's own CLI sends 171 characters and is let in. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,}$/;

/** What a user allowed on the approval page. */
export interface Approval {
  readonly clientId: string;
  readonly userId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly codeChallenge: string;
}

/** A user's lasting permission: a chain of refresh tokens of which only the newest is good. */
export interface Grant {
  readonly id: string;
  readonly clientId: string;
  readonly userId: string;
  readonly scope: string;
}

interface StoredGrant extends Grant {
  currentToken: string;
  lastUsedAt: number;
}

interface StoredCode extends Approval {
  readonly expiresAt: number;
}

const expiredToken = () => new OAuthError('invalid_grant', 'expired access/refresh token');

/** Authorization codes and refresh tokens, with rotation: each refresh token works once, and a second use kills the chain. */
export class GrantStore {
  readonly #clock: Clock;
  readonly #revokeAccessTokens: (grantId: string) => void;
  readonly #codes = new Map<string, StoredCode>();
  readonly #grants = new Map<string, StoredGrant>();
  /** Every refresh token ever issued, to its grant: how a reuse is noticed. */
  readonly #grantOfToken = new Map<string, string>();

  constructor(clock: Clock, revokeAccessTokens: (grantId: string) => void) {
    this.#clock = clock;
    this.#revokeAccessTokens = revokeAccessTokens;
  }

  issueCode(approval: Approval): string {
    const code = `aPrx${randomBytes(36).toString('base64url')}==`;
    this.#codes.set(code, { ...approval, expiresAt: this.#clock.now() + CODE_LIFETIME_MS });
    return code;
  }

  /**
   * Takes a code out of circulation, whether the rest of the request is right or not.
   * @throws OAuthError invalid_grant, invalid_request, redirect_uri_mismatch
   */
  redeemCode(request: {
    code: string;
    clientId: string;
    redirectUri: string | undefined;
    verifier: string | undefined;
  }): Approval {
    const stored = this.#codes.get(request.code);
    this.#codes.delete(request.code);
    if (!stored || stored.clientId !== request.clientId)
      throw new OAuthError('invalid_grant', 'invalid authorization code');
    if (stored.expiresAt <= this.#clock.now())
      throw new OAuthError('invalid_grant', 'expired authorization code');
    if (stored.redirectUri !== request.redirectUri) {
      throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    }
    if (request.verifier === undefined) {
      throw new OAuthError('invalid_grant', 'missing required code verifier');
    }
    if (!VERIFIER.test(request.verifier) || challengeOf(request.verifier) !== stored.codeChallenge) {
      throw new OAuthError('invalid_request', 'invalid code verifier');
    }
    return stored;
  }

  /** A new chain and its first refresh token. */
  open(details: { clientId: string; userId: string; scope: string }): { grant: Grant; refreshToken: string } {
    const refreshToken = newRefreshToken();
    const grant: StoredGrant = {
      id: randomUUID(),
      ...details,
      currentToken: refreshToken,
      lastUsedAt: this.#clock.now(),
    };
    this.#grants.set(grant.id, grant);
    this.#grantOfToken.set(refreshToken, grant.id);
    return { grant, refreshToken };
  }

  /**
   * Exchanges a refresh token for the next one; the old one is dead from here on.
   * @throws OAuthError invalid_grant; for a token used before, the whole chain and its access tokens die too
   */
  rotate(token: string, clientId: string): { grant: Grant; refreshToken: string } {
    const grant = this.#grants.get(this.#grantOfToken.get(token) ?? '');
    if (!grant || grant.clientId !== clientId) throw expiredToken();
    const isIdle = grant.lastUsedAt + REFRESH_IDLE_MS <= this.#clock.now();
    if (isIdle || grant.currentToken !== token) {
      this.revoke(grant.id);
      throw expiredToken();
    }
    const refreshToken = newRefreshToken();
    grant.currentToken = refreshToken;
    grant.lastUsedAt = this.#clock.now();
    this.#grantOfToken.set(refreshToken, grant.id);
    return { grant, refreshToken };
  }

  /** The grant whose current refresh token this is. */
  find(refreshToken: string): (Grant & { readonly expiresAt: number }) | undefined {
    const grant = this.#grants.get(this.#grantOfToken.get(refreshToken) ?? '');
    if (grant?.currentToken !== refreshToken) return undefined;
    const expiresAt = grant.lastUsedAt + REFRESH_IDLE_MS;
    return expiresAt > this.#clock.now() ? { ...grant, expiresAt } : undefined;
  }

  revoke(grantId: string): void {
    this.#grants.delete(grantId);
    this.#revokeAccessTokens(grantId);
  }

  reset(): void {
    this.#codes.clear();
    this.#grants.clear();
    this.#grantOfToken.clear();
  }
}

/** BASE64URL(SHA256(verifier)). */
function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function newRefreshToken(): string {
  return `5Aep861${randomBytes(48).toString('base64url')}`;
}
