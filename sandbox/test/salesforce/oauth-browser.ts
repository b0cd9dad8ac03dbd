import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { decideInBrowser, type Decision } from '../../../scripts/browser/salesforce.ts';
import { form } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';

export const CLIENT = { client_id: 'sandbox-consumer-key', client_secret: 'sandbox-consumer-secret' };
export const REDIRECT_URI = 'http://127.0.0.1:3000/v1/oauth/callback';

export const tokenSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  id: z.string(),
  instance_url: z.string(),
  issued_at: z.string(),
  signature: z.string(),
  scope: z.string(),
  token_type: z.literal('Bearer'),
  id_token: z.string().optional(),
});
export type Tokens = z.infer<typeof tokenSchema>;

/** A PKCE pair. */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(48).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export function authorizePath(parameters: Record<string, string>): string {
  return `/services/oauth2/authorize?${new URLSearchParams(parameters).toString()}`;
}

export function authorizeParameters(challenge: string): Record<string, string> {
  return {
    response_type: 'code',
    client_id: CLIENT.client_id,
    redirect_uri: REDIRECT_URI,
    state: 'the-state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
}

/** Logs in and answers the approval page as a browser would; gives where the app is led back to. */
export function decide(
  salesforce: RunningSalesforce,
  parameters: Record<string, string>,
  decision: Decision,
  username?: string,
): Promise<URL> {
  return decideInBrowser(salesforce.url + authorizePath(parameters), decision, username);
}

export function requestToken(
  salesforce: RunningSalesforce,
  fields: Record<string, string>,
): Promise<Response> {
  return salesforce.call('/services/oauth2/token', { ...form(fields), token: null });
}

/** The whole web server flow. */
export async function authorize(
  salesforce: RunningSalesforce,
  scope?: string,
  username?: string,
): Promise<Tokens> {
  const { verifier, challenge } = pkce();
  const parameters = { ...authorizeParameters(challenge), ...(scope === undefined ? {} : { scope }) };
  const back = await decide(salesforce, parameters, 'allow', username);
  const reply = await requestToken(salesforce, {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
    ...CLIENT,
  });
  return tokenSchema.parse(await reply.json());
}

export async function refresh(salesforce: RunningSalesforce, refreshToken: string): Promise<Response> {
  return requestToken(salesforce, { grant_type: 'refresh_token', refresh_token: refreshToken, ...CLIENT });
}
