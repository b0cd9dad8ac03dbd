import { z } from 'zod';
import { decideInBrowser, type Decision } from '../../../scripts/browser/salesforce.ts';
import { setupStartedSchema } from '../../src/schemas/setup-session.ts';
import { authorizationStartedSchema } from '../../src/schemas/connection.ts';
import type { Answer, TestService } from './service.ts';
import { ORG_ID, type TestVendor } from './vendors.ts';

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

const heldSchema = z.object({ 'activecampaign_sync/org': z.object({ Token: z.string() }) });

/** "Get started" in the package, which keeps the token in the org; gives it by the sandbox's own door. */
export async function startSetupInPackage({ url, control }: TestVendor): Promise<string> {
  await control('apex', { username: 'admin@sandbox.test', class: 'SetupController', method: 'start' });
  const held = await (await fetch(`${url}/__sandbox/credentials`)).json();
  return heldSchema.parse(held)['activecampaign_sync/org'].Token;
}

/** An org that Salesforce has proven: its token. @param started the token of a set-up that was started elsewhere */
export async function connectOrg(service: Caller, instanceUrl: string, started?: string): Promise<string> {
  const token = started ?? (await startSetup(service, { instanceUrl }));
  const { page } = await authorize(service, token);
  if (page.status !== 200) throw new Error(page.text);
  return token;
}
