import type { Clock } from '../lib/clock.ts';
import { SyncError } from '../lib/errors.ts';
import { sentence } from '../words/told.ts';
import {
  LoginRefusal,
  loginByClientCredentials,
  loginByJwt,
  refresh,
  type Login,
  type LoginHost,
  type OAuthApp,
} from './oauth.ts';
import { loginBySoap } from './soap-login.ts';
import type { Access, AccessTokens } from './types.ts';

/** How an org is logged in to again, by the way it was connected. */
export type Credentials =
  | { readonly method: 'web_server'; readonly consumerKey: string; readonly refreshToken: string }
  | {
      readonly method: 'jwt';
      readonly consumerKey: string;
      readonly username: string;
      readonly privateKey: string;
    }
  | { readonly method: 'client_credentials'; readonly consumerKey: string; readonly consumerSecret: string }
  | { readonly method: 'password'; readonly username: string; readonly password: string };

/** What is stored of a connected org. */
export interface StoredAccess {
  readonly orgId: string;
  readonly loginUrl: string;
  readonly access: Access;
  readonly credentials: Credentials;
}

/** Where tokens live, shared by all processes of the service. */
export interface TokenStore {
  /** @throws SyncError SYNC_NOT_CONNECTED */
  read(): Promise<StoredAccess>;
  /**
   * Runs `fn` while no other process can do the same for this org. What it answers is stored before anybody else
   * goes on; what it throws changes nothing.
   */
  exclusively(fn: (stored: StoredAccess) => Promise<Renewal>): Promise<void>;
}

/** What became of a renewal. */
export type Renewal =
  /** Another process had done it. */
  | { readonly kind: 'current' }
  | { readonly kind: 'renewed'; readonly login: Login }
  /** Salesforce will not let us in again before a person acts. */
  | { readonly kind: 'lost'; readonly code: 'SYNC_SALESFORCE_UNAUTHORIZED' };

export interface TokenManagerOptions {
  readonly store: TokenStore;
  readonly clock: Clock;
  /** The service's own app, for orgs that were connected in a browser. */
  readonly app: OAuthApp | undefined;
  readonly loginHosts: readonly string[];
  readonly allowLoopback: boolean;
}

/** Refusals that say "not now" rather than "never again". */
const PASSING = new Set(['rate_limit_exceeded', 'server_error', 'temporarily_unavailable', 'unknown_error']);

/**
 * The access token of one org. However many processes find it expired, one of them renews it: each refresh token
 * works once, and using one twice ends the whole authorization (Salesforce Help: "Refresh Token Rotation").
 */
export class TokenManager implements AccessTokens {
  readonly #options: TokenManagerOptions;
  #known: Access | undefined;
  #renewing: Promise<Access> | undefined;

  constructor(options: TokenManagerOptions) {
    this.#options = options;
  }

  async current(): Promise<Access> {
    this.#known ??= (await this.#options.store.read()).access;
    return this.#known;
  }

  /**
   * A token other than the one that was refused.
   * @throws SyncError SYNC_SALESFORCE_UNAUTHORIZED when Salesforce has ended the authorization, SYNC_SALESFORCE_UNREACHABLE, …
   */
  async renew(stale: string): Promise<Access> {
    if (this.#known && this.#known.accessToken !== stale) return this.#known;
    this.#renewing ??= this.#renew(stale).finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  async #renew(stale: string): Promise<Access> {
    this.#known = undefined;
    let lost: LoginRefusal | undefined;
    await this.#options.store.exclusively(async (stored) => {
      if (stored.access.accessToken !== stale) return { kind: 'current' };
      try {
        const login = await logIn(this.#options, stored);
        if (login.orgId === stored.orgId) return { kind: 'renewed', login };
        lost = new LoginRefusal('org_changed', sentence('the login leads to another org'));
      } catch (error) {
        if (!(error instanceof LoginRefusal)) throw error;
        if (PASSING.has(error.error)) {
          throw new SyncError(
            'SYNC_SALESFORCE_UNAVAILABLE',
            sentence('Salesforce’s login: {reason}', { reason: error.told }),
            {},
            { cause: error },
          );
        }
        lost = error;
      }
      return { kind: 'lost', code: 'SYNC_SALESFORCE_UNAUTHORIZED' };
    });
    if (lost) {
      throw new SyncError(
        'SYNC_SALESFORCE_UNAUTHORIZED',
        sentence('{name}: {words}', { name: 'Salesforce', words: lost.told }),
        {
          error: lost.error,
        },
      );
    }
    return this.current();
  }
}

/** @throws LoginRefusal, SyncError */
async function logIn(options: TokenManagerOptions, { loginUrl, credentials }: StoredAccess): Promise<Login> {
  const { clock, loginHosts: hosts, allowLoopback } = options;
  const login: LoginHost = { url: loginUrl, hosts, allowLoopback };
  switch (credentials.method) {
    case 'web_server': {
      const { consumerKey, refreshToken } = credentials;
      if (options.app?.consumerKey !== consumerKey) {
        throw new LoginRefusal(
          'invalid_client_id',
          sentence('the org was authorized for another app than this service has now'),
        );
      }
      return refresh(login, clock, { app: options.app, refreshToken });
    }
    case 'jwt':
      return loginByJwt(login, clock, credentials);
    case 'client_credentials':
      return loginByClientCredentials(login, clock, credentials);
    case 'password':
      return loginBySoap(login, clock, credentials);
  }
}
