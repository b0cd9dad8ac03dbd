import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { OAuthError } from './errors.ts';

/** An External Client App (or connected app) of the org. */
export interface OAuthClient {
  readonly consumerKey: string;
  /** Undefined for a public client, which proves itself by PKCE alone. */
  readonly consumerSecret: string | undefined;
  readonly name: string;
  /** The user that `client_credentials` runs as. */
  readonly runAsUsername: string | undefined;
  /** Users an administrator has approved in advance, as the JWT bearer flow demands. */
  readonly preAuthorized: readonly string[];
}

const CLIENTS: readonly OAuthClient[] = [
  {
    consumerKey: 'sandbox-consumer-key',
    consumerSecret: 'sandbox-consumer-secret',
    name: 'Syncline',
    runAsUsername: 'integration@sandbox.test',
    preAuthorized: ['admin@sandbox.test', 'integration@sandbox.test'],
  },
  {
    consumerKey: 'PlatformCLI',
    consumerSecret: undefined,
    name: 'Salesforce CLI',
    runAsUsername: undefined,
    preAuthorized: [],
  },
];

/** What an app may ask for; `refresh_token` and `offline_access` are the same permission. */
const SCOPES = [
  'api',
  'refresh_token',
  'offline_access',
  'id',
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'web',
  'full',
];
const DEFAULT_SCOPE = 'refresh_token api id openid web';

/** The org's apps and the certificates they sign JWTs with. */
export class ClientRegistry {
  readonly #clients = new Map(CLIENTS.map((client) => [client.consumerKey, client]));
  readonly #keys = new Map<string, KeyObject>();

  /** @throws OAuthError invalid_client_id */
  get(consumerKey: string | undefined): OAuthClient {
    const client = this.#clients.get(consumerKey ?? '');
    if (!client) throw new OAuthError('invalid_client_id', 'client identifier invalid');
    return client;
  }

  /** @throws OAuthError invalid_client_id, invalid_client */
  authenticate(consumerKey: string | undefined, secret: string | undefined): OAuthClient {
    const client = this.get(consumerKey);
    if (client.consumerSecret !== undefined && client.consumerSecret !== secret) {
      throw new OAuthError('invalid_client', 'invalid client credentials');
    }
    return client;
  }

  publicKey(client: OAuthClient): KeyObject | undefined {
    return this.#keys.get(client.consumerKey);
  }

  /** `pem`: a public key or an X.509 certificate. @throws OAuthError invalid_client_id; Error for what is neither. */
  setPublicKey(consumerKey: string, pem: string): void {
    this.#keys.set(this.get(consumerKey).consumerKey, createPublicKey(pem));
  }

  reset(): void {
    this.#keys.clear();
  }
}

/** Any port and path on this machine's loopback, over plain http: where a sandbox's clients live. */
export function isRegisteredRedirect(uri: string): boolean {
  const url = URL.parse(uri);
  return url?.protocol === 'http:' && (url.hostname === '127.0.0.1' || url.hostname === 'localhost');
}

/** The scope that a request gets, space-separated. @throws OAuthError invalid_scope */
export function grantedScope(requested: string | undefined): string {
  const scopes = (requested ?? '').split(/[\s+]+/).filter((scope) => scope !== '');
  if (scopes.length === 0) return DEFAULT_SCOPE;
  const unknown = scopes.find((scope) => !SCOPES.includes(scope));
  if (unknown !== undefined) throw new OAuthError('invalid_scope', `the requested scope is not allowed`);
  return [...new Set(scopes)].join(' ');
}

export function allowsRefresh(scope: string): boolean {
  return hasScope(scope, 'refresh_token') || hasScope(scope, 'offline_access');
}

export function hasScope(scope: string, name: string): boolean {
  return scope.split(' ').includes(name);
}
