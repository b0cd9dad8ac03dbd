import { decodeJwt, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { Identity } from '../identity.ts';
import type { SandboxUser } from '../users.ts';
import type { OAuthClient } from './clients.ts';
import { OAuthError } from './errors.ts';

/** Salesforce refuses an assertion that lives for longer than three minutes; half a minute is for clocks that differ. */
const LONGEST_LIFETIME_SECONDS = 3 * 60 + 30;
/** The year 5138. */
const LARGEST_SECONDS = 100_000_000_000;

/**
 * Checks a JWT bearer assertion (Salesforce Help: OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration):
 * RS256 by the app's certificate, `iss` its consumer key, `aud` a login host, `exp` close, `sub` a user that an
 * administrator approved.
 * @throws OAuthError
 */
export async function verifyAssertion(
  identity: Identity,
  assertion: string,
  origin: string,
): Promise<{ client: OAuthClient; user: SandboxUser }> {
  const client = identity.clients.get(claims(assertion).iss);
  const key = identity.clients.publicKey(client);
  if (!key) throw new OAuthError('invalid_grant', 'invalid assertion');
  const now = identity.clock.now();
  const payload = await jwtVerify(assertion, key, {
    algorithms: ['RS256'],
    audience: [
      'https://login.salesforce.com',
      'https://test.salesforce.com',
      origin,
      // As the Salesforce CLI writes it.
      `${origin}/`,
      `${origin}/services/oauth2/token`,
    ],
    currentDate: new Date(now),
    requiredClaims: ['exp', 'sub'],
  }).then(
    (verified) => verified.payload,
    (error: unknown) => {
      throw refusal(error);
    },
  );
  if (expiryMs(payload) > now + LONGEST_LIFETIME_SECONDS * 1_000) {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
  const user = identity.users.byUsername(payload.sub ?? '');
  if (!user || !client.preAuthorized.includes(user.username)) {
    throw new OAuthError('invalid_grant', "user hasn't approved this consumer");
  }
  return { client, user };
}

/** The Salesforce CLI gives its `exp` in milliseconds and is let in; no time in seconds is as large. */
function expiryMs({ exp = 0 }: JWTPayload): number {
  return exp > LARGEST_SECONDS ? exp : exp * 1_000;
}

function claims(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion);
  } catch {
    throw new OAuthError('invalid_grant', 'invalid assertion');
  }
}

function refusal(error: unknown): OAuthError {
  if (error instanceof errors.JWTExpired)
    return new OAuthError('invalid_grant', 'expired authorization code');
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    return new OAuthError('invalid_grant', 'Audience validation failed');
  }
  return new OAuthError('invalid_grant', 'invalid assertion');
}
