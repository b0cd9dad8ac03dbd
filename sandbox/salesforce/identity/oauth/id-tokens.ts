import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { ORGANIZATION_ID_18 } from '../organization.ts';
import type { SandboxUser } from '../users.ts';
import type { Session } from '../sessions.ts';
import type { OAuthClient } from './clients.ts';
import { identityUrl } from './replies.ts';

const KEY_ID = 'sandbox';
const LIFETIME_SECONDS = 120;

/** Signs OpenID Connect ID tokens with a key of this process's own, published at `/id/keys`. */
export class IdTokens {
  #keys: Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> | undefined;

  async sign(subject: {
    session: Session;
    client: OAuthClient;
    user: SandboxUser;
    origin: string;
  }): Promise<string> {
    const { session, client, user, origin } = subject;
    const { privateKey } = await this.#pair();
    const issuedAt = Math.floor(session.issuedAt / 1_000);
    return new SignJWT({
      organization_id: ORGANIZATION_ID_18,
      preferred_username: user.username,
      email: user.email,
    })
      .setProtectedHeader({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' })
      .setIssuer(origin)
      .setAudience(client.consumerKey)
      .setSubject(identityUrl(origin, user))
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFETIME_SECONDS)
      .sign(privateKey);
  }

  async publicKeys(): Promise<{ keys: JWK[] }> {
    const { publicKey } = await this.#pair();
    return { keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' }] };
  }

  #pair(): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> {
    this.#keys ??= generateKeyPair('RS256');
    return this.#keys;
  }
}
