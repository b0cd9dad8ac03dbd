import { z } from 'zod';
import {
  authorizationSchema,
  authorizationStartedSchema,
  connectionListSchema,
  connectionSchema,
} from '../../backend/src/schemas/connection.ts';
import { fieldsSchema, mappingSchema } from '../../backend/src/schemas/mapping.ts';
import { scheduleStateSchema, selectionSchema } from '../../backend/src/schemas/selection.ts';
import { setupStartedSchema } from '../../backend/src/schemas/setup-session.ts';
import { Browser } from '../browser/browser.ts';
import { answerSalesforce } from '../browser/salesforce.ts';
import { Http } from '../stack/http.ts';
import type { Addresses } from '../stack/stack.ts';
import { credentials, Vendors } from '../stack/vendors.ts';

const credentialsSchema = z.object({ 'activecampaign_sync/org': z.object({ Token: z.string() }) });

/** An org that is set up: what its admin works with from now on. */
export interface Org {
  /** The service's API with the org's token. */
  readonly api: Http;
  readonly token: string;
  readonly connections: { readonly salesforce: string; readonly activecampaign: string };
}

/** A mapping row beside the default ones, by the names that an admin sees. */
export interface CustomPair {
  readonly object: 'Lead' | 'Contact' | 'Account';
  /** API name of the Salesforce field. */
  readonly salesforce: string;
  /** Label of the platform field. */
  readonly platform: string;
}

/** A set-up session of an org without the package's Apex. @returns its token */
async function startSession(addresses: Addresses, vendors: Vendors): Promise<string> {
  const [organization] = await vendors.query('SELECT Id FROM Organization');
  const stranger = new Http(addresses.service);
  const { token } = await stranger.send(
    'POST',
    '/v1/setup-sessions',
    { orgId: organization?.Id, instanceUrl: addresses.salesforce },
    setupStartedSchema,
  );
  return token;
}

/** "Get started" in the package, which keeps the token in the org. @returns the token, by the sandbox's own door */
export async function getStarted(_addresses: Addresses, vendors: Vendors): Promise<string> {
  await vendors.apex('SetupController', 'start');
  return heldToken(vendors);
}

/** The token that the package keeps in the org, by the sandbox's own door. */
export async function heldToken(vendors: Vendors): Promise<string> {
  const held = await vendors.salesforce.get('/__sandbox/credentials', credentialsSchema);
  return held['activecampaign_sync/org'].Token;
}

/**
 * Connects both accounts as the Setup Assistant does: set-up session, Salesforce in a browser window, API key.
 * @param begin starts the set-up session and answers its token
 */
export async function connect(addresses: Addresses, vendors: Vendors, begin = startSession): Promise<Org> {
  const token = await begin(addresses, vendors);
  const api = new Http(addresses.service, { Authorization: `Bearer ${token}` });
  await authorizeSalesforce(api, addresses);
  const { id: activecampaign } = await api.send(
    'POST',
    '/v1/connections/activecampaign',
    { account: addresses.activecampaign, apiKey: credentials.activecampaignKey },
    connectionSchema,
  );
  const { connections } = await api.get('/v1/connections', connectionListSchema);
  const salesforce = connections.find(({ platform }) => platform === 'salesforce');
  if (salesforce === undefined) throw new Error('The service lists no Salesforce connection.');
  return { api, token, connections: { salesforce: salesforce.id, activecampaign } };
}

/** The OAuth web server flow: log in, allow, and be led back to the service. */
async function authorizeSalesforce(api: Http, addresses: Addresses): Promise<void> {
  const { authorizationId, authorizeUrl } = await api.send(
    'POST',
    '/v1/connections/salesforce/authorize',
    { loginUrl: addresses.salesforce },
    authorizationStartedSchema,
  );
  await answerSalesforce(new Browser(), authorizeUrl, {
    username: credentials.integrationUser,
    decision: 'allow',
  });
  const { state, problem } = await api.get(
    `/v1/connections/salesforce/authorizations/${authorizationId}`,
    authorizationSchema,
  );
  if (state !== 'connected') {
    throw new Error(`Salesforce was not connected (${state}): ${problem?.meaning ?? 'no reason given'}`);
  }
}

/** Saves the default mappings with custom pairs added to them. */
export async function map(
  api: Http,
  { accounts, custom }: { accounts: boolean; custom: readonly CustomPair[] },
): Promise<void> {
  const { mappings } = await api.get('/v1/mappings', z.object({ mappings: z.array(mappingSchema) }));
  const fields = await api.get('/v1/fields', fieldsSchema);
  for (const { object, enabled, fields: rows } of mappings) {
    const choices = (object === 'Account' ? fields.platform.account : fields.platform.contact) ?? [];
    const added = custom
      .filter((pair) => pair.object === object)
      .map(({ salesforce, platform }) => {
        const key = choices.find(({ label }) => label === platform)?.key;
        if (key === undefined) throw new Error(`The platform has no field "${platform}" for ${object}.`);
        return { salesforce, platform: key };
      });
    const body = { enabled: object === 'Account' ? accounts : enabled, fields: [...rows, ...added] };
    await api.send('PUT', `/v1/mappings/${object}`, body, mappingSchema);
  }
}

/** Opens the mapping in the package, which keeps from then on which fields' edits it marks. */
export async function trackMappedFields(vendors: Vendors): Promise<void> {
  await vendors.apex('SetupController', 'getMappings');
}

/** Selects every lead and contact that there is. */
export async function selectEverybody(api: Http): Promise<void> {
  for (const object of ['Lead', 'Contact']) {
    const selection = { mode: 'created', since: '2000-01-01T00:00:00Z' };
    await api.send('PUT', `/v1/selections/${object}`, selection, selectionSchema);
  }
}

/** Lets batches start by themselves in both directions, as soon as they are not `paused`. */
export async function scheduleContinuously(api: Http, { paused }: { paused: boolean }): Promise<void> {
  for (const direction of ['outbound', 'inbound']) {
    const body = { schedule: { kind: 'continuous' }, paused };
    await api.send('PUT', `/v1/schedule/${direction}`, body, scheduleStateSchema);
  }
}

/** Lets record pages offer the campaigns and automations that have "Salesforce" in their name. */
export async function offerOnRecordPages(api: Http): Promise<void> {
  const offer = { enabled: true, campaignIds: null, automationIds: null };
  await api.send('PUT', '/v1/automations/offer', offer, z.unknown());
}

/** Has the platform report changes to the service. */
export async function registerHooks(api: Http): Promise<void> {
  await api.send('POST', '/v1/hooks/register', undefined, z.unknown());
}

/** The address that makes a Salesforce lead of the contact that it is called with. */
export async function createLeadUrl(api: Http): Promise<string> {
  const hooks = await api.get('/v1/hooks', z.object({ createLeadUrl: z.url() }));
  return hooks.createLeadUrl;
}
