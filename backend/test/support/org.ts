import { z } from 'zod';
import { decideInBrowser, type Decision } from '../../../scripts/browser/salesforce.ts';
import { setupStartedSchema } from '../../src/schemas/setup-session.ts';
import { authorizationStartedSchema } from '../../src/schemas/connection.ts';
import type { Answer, TestService } from './service.ts';
import { ORG_ID } from './vendors.ts';

type Caller = Pick<TestService, 'call'>;

/** Starts to set an org up and gives its token. */
export async function startSetup(
  { call }: Caller,
  claims: { orgId?: string; instanceUrl: string },
): Promise<string> {
  const answer = await call('POST', '/v1/setup-sessions', { body: { orgId: ORG_ID, ...claims } });
  return setupStartedSchema.parse(answer.json).token;
}

/** Starts an authorization window. */
export async function startAuthorization(
  { call }: Caller,
  token: string,
  body: Record<string, string> = {},
): Promise<z.infer<typeof authorizationStartedSchema>> {
  const answer = await call('POST', '/v1/connections/salesforce/authorize', { token, body });
  return authorizationStartedSchema.parse(answer.json);
}

/** Goes through an authorization window to its last page. */
export async function authorize(
  service: Caller,
  token: string,
  decision: Decision = 'allow',
): Promise<{ page: Answer; authorizationId: string }> {
  const { authorizeUrl, authorizationId } = await startAuthorization(service, token);
  const back = await decideInBrowser(authorizeUrl, decision);
  return { page: await service.call('GET', back.pathname + back.search), authorizationId };
}

/** An org that Salesforce has proven: its token. */
export async function connectOrg(service: Caller, instanceUrl: string): Promise<string> {
  const token = await startSetup(service, { instanceUrl });
  const { page } = await authorize(service, token);
  if (page.status !== 200) throw new Error(page.text);
  return token;
}
