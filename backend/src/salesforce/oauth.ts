import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import { SyncError } from '../lib/errors.ts';
import { assertAllowedUrl } from '../lib/hosts.ts';
import { createHttpClient, HttpError, parseJson, type HttpClient, type HttpResponse } from '../lib/http.ts';
import { toLongId } from '../lib/salesforce-id.ts';
import { randomToken } from '../lib/tokens.ts';
import { inEnglish, sentence, type Told } from '../words/told.ts';
import { SALESFORCE_HOSTS } from './hosts.ts';

/** An External Client App. A public one has no secret. */
export interface OAuthApp {
  readonly consumerKey: string;
  readonly consumerSecret: string | undefined;
}

/** Where a login is sent. */
export interface LoginHost {
  /** A login host or My Domain, without a slash at the end. */
  readonly url: string;
  /** Hosts that may be logged in to; see `assertAllowedUrl`. */
  readonly hosts: readonly string[];
  readonly allowLoopback: boolean;
}

/** What a login gives. */
export interface Login {
  readonly accessToken: string;
  /** Where the org's API answers: an allowed host, without a slash at the end. */
  readonly instanceUrl: string;
  /** 18 characters. Salesforce's own word on which org it is. */
  readonly orgId: string;
  readonly userId: string;
  /** A new one with every use: the one used before is dead. */
  readonly refreshToken: string | undefined;
}

/** Salesforce refused a login: its own code and words. */
export class LoginRefusal extends Error {
  readonly error: string;
  override readonly name = 'LoginRefusal';

  /** Salesforce's code with its words, or ours where we refuse; `message` is the same in English. */
  readonly told: Told;

  constructor(error: string, description: Told) {
    const told =
      description === '' ? error : sentence('{name}: {words}', { name: error, words: description });
    super(inEnglish(told));
    this.error = error;
    this.told = told;
  }
}

const TIMEOUT_MS = 15_000;
/** A request that never left is sent again so often; one that may have arrived never is, as it may have used a token up. */
const CONNECT_RETRIES = 2;
const CONNECT_PAUSE_MS = 250;
const JWT_LIFETIME_SECONDS = 180;

/** A PKCE pair: 43 characters of 256 random bits, and BASE64URL(SHA256) of them (RFC 7636). */
export function createPkce(): { verifier: string; challenge: string } {
  const verifier = randomToken();
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** The page where a person allows access (Salesforce Help: "OAuth 2.0 Web Server Flow for Web App Integration"). */
export function authorizeUrl(
  login: LoginHost,
  parameters: { consumerKey: string; redirectUri: string; scope: string; state: string; challenge: string },
): string {
  const url = assertAllowedUrl(login.url, login.hosts, login.allowLoopback);
  url.pathname = '/services/oauth2/authorize';
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: parameters.consumerKey,
    redirect_uri: parameters.redirectUri,
    scope: parameters.scope,
    state: parameters.state,
    code_challenge: parameters.challenge,
    code_challenge_method: 'S256',
  }).toString();
  return url.href;
}

/** @throws LoginRefusal, SyncError */
export async function exchangeCode(
  login: LoginHost,
  clock: Clock,
  grant: { app: OAuthApp; code: string; redirectUri: string; verifier: string },
): Promise<Login> {
  return requestToken(login, clock, {
    grant_type: 'authorization_code',
    ...clientFields(grant.app),
    code: grant.code,
    redirect_uri: grant.redirectUri,
    code_verifier: grant.verifier,
  });
}

/** Uses a refresh token up. @throws LoginRefusal, SyncError */
export async function refresh(
  login: LoginHost,
  clock: Clock,
  grant: { app: OAuthApp; refreshToken: string },
): Promise<Login> {
  return requestToken(login, clock, {
    grant_type: 'refresh_token',
    ...clientFields(grant.app),
    refresh_token: grant.refreshToken,
  });
}

/** Salesforce Help: "OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration". @throws LoginRefusal, SyncError */
export async function loginByJwt(
  login: LoginHost,
  clock: Clock,
  grant: { consumerKey: string; username: string; privateKey: string },
): Promise<Login> {
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(grant.consumerKey)
    .setSubject(grant.username)
    .setAudience(audienceOf(login))
    .setExpirationTime(Math.floor(clock.now() / 1000) + JWT_LIFETIME_SECONDS)
    .sign(readPrivateKey(grant.privateKey));
  return requestToken(login, clock, {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion,
  });
}

/** On the org's My Domain only. @throws LoginRefusal, SyncError */
export async function loginByClientCredentials(
  login: LoginHost,
  clock: Clock,
  app: OAuthApp,
): Promise<Login> {
  return requestToken(login, clock, { grant_type: 'client_credentials', ...clientFields(app) });
}

/** Withdraws a token, as far as it goes: a failure does not matter to the caller. */
export async function revoke(login: LoginHost, clock: Clock, token: string): Promise<void> {
  await post(login, clock, '/services/oauth2/revoke', { token }).catch(() => undefined);
}

/** A PEM private key, PKCS#8 or PKCS#1. @throws SyncError SYNC_REQUEST_INVALID for anything but an RSA key of 2048 bits or more */
export function readPrivateKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) return key;
  } catch {
    // What the parser says may quote the key.
  }
  throw new SyncError(
    'SYNC_REQUEST_INVALID',
    sentence('The private key is not an RSA key of 2048 bits or more in PEM form.'),
    {
      fields: [{ field: 'body.privateKey', problem: 'is no RSA private key in PEM form' }],
    },
  );
}

/** Production orgs and sandboxes have their own; the sandbox on this machine takes its own address. */
function audienceOf({ url }: LoginHost): string {
  const { hostname, origin, protocol } = new URL(url);
  if (protocol === 'http:') return origin;
  const isSandbox = hostname === 'test.salesforce.com' || hostname.includes('.sandbox.my.');
  return isSandbox ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
}

function clientFields(app: OAuthApp): Record<string, string> {
  return {
    client_id: app.consumerKey,
    ...(app.consumerSecret === undefined ? {} : { client_secret: app.consumerSecret }),
  };
}

const loginSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  instance_url: z.string(),
  /** The identity URL: `https://login.salesforce.com/id/00D…/005…`. */
  id: z.string(),
});
const refusalSchema = z.object({ error: z.string(), error_description: z.string().catch('') });

async function requestToken(login: LoginHost, clock: Clock, fields: Record<string, string>): Promise<Login> {
  const { status, text } = await post(login, clock, '/services/oauth2/token', fields);
  const body = parseJson(text);
  if (status !== 200) {
    const refused = refusalSchema.safeParse(body);
    if (status >= 500 || !refused.success) {
      throw new SyncError(
        'SYNC_SALESFORCE_UNAVAILABLE',
        sentence('Salesforce’s login answered with status {status}.', { status }),
        { status },
      );
    }
    throw new LoginRefusal(refused.data.error, refused.data.error_description);
  }
  const answer = loginSchema.safeParse(body);
  const identity = answer.success ? /\/id\/(\w{15,18})\/(\w{15,18})$/.exec(answer.data.id) : null;
  const [orgId, userId] = [toLongId(identity?.[1] ?? ''), toLongId(identity?.[2] ?? '')];
  if (!answer.success || orgId === undefined || userId === undefined) {
    throw new SyncError(
      'SYNC_SALESFORCE_ANSWER_UNEXPECTED',
      sentence('Salesforce’s login answered in an unknown form.'),
    );
  }
  return {
    accessToken: answer.data.access_token,
    instanceUrl: instanceOf(answer.data.instance_url, login.allowLoopback),
    orgId,
    userId,
    refreshToken: answer.data.refresh_token,
  };
}

/** @throws SyncError SYNC_HOST_NOT_ALLOWED where an answer would send our tokens elsewhere */
export function instanceOf(url: string, allowLoopback: boolean): string {
  return assertAllowedUrl(url, SALESFORCE_HOSTS, allowLoopback).origin;
}

async function post(
  login: LoginHost,
  clock: Clock,
  path: string,
  fields: Record<string, string>,
): Promise<HttpResponse> {
  return send(clientFor(login), clock, {
    path,
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(fields).toString(),
  });
}

/** @throws SyncError SYNC_HOST_NOT_ALLOWED */
export function clientFor({ url, hosts, allowLoopback }: LoginHost): HttpClient {
  return createHttpClient({ baseUrl: url, hosts, allowLoopback, timeoutMs: TIMEOUT_MS });
}

/** @throws SyncError SYNC_SALESFORCE_UNREACHABLE */
export async function send(
  http: HttpClient,
  clock: Clock,
  {
    path,
    contentType,
    body,
    headers,
  }: { path: string; contentType: string; body: string; headers?: Record<string, string> },
): Promise<HttpResponse> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await http.request({
        method: 'POST',
        path,
        headers: { 'Content-Type': contentType, ...headers },
        body,
      });
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      if (error.reason !== 'unsent' || attempt >= CONNECT_RETRIES) {
        throw new SyncError(
          'SYNC_SALESFORCE_UNREACHABLE',
          sentence('Salesforce’s login did not answer: {reason}', { reason: error.told }),
          { reason: error.reason },
          { cause: error },
        );
      }
      await clock.sleep(CONNECT_PAUSE_MS * 2 ** attempt);
    }
  }
}
