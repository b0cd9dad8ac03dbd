import { z } from 'zod';
import { mappingSchema } from '../../backend/src/schemas/mapping.ts';
import type { Stage } from './stage.ts';

/** Has the mapping of leads ask a person where both sides changed a field. */
export async function askAbout(stage: Stage, field: string): Promise<void> {
  const api = await stage.orgApi();
  const { mappings } = await api.get('/v1/mappings', z.object({ mappings: z.array(mappingSchema) }));
  const leads = mappings.find(({ object }) => object === 'Lead');
  const fields = leads?.fields.map((row) => (row.salesforce === field ? { ...row, policy: 'ask' } : row));
  await api.send('PUT', '/v1/mappings/Lead', { enabled: true, fields }, mappingSchema);
}

/**
 * Somebody revokes the connected app's access to Salesforce: the service is refused until access is given anew after
 * `giveAccess`. All access tokens end, and with them the sessions of everybody who is logged in.
 */
export async function revokeAccess({ vendors }: Stage): Promise<void> {
  const refused = { match: 'POST /services/oauth2/token', status: 400, body: { error: 'invalid_grant' } };
  await vendors.door('salesforce', 'sessions', { expireAccessTokens: true }, z.unknown());
  await vendors.door('salesforce', 'faults', [refused], z.unknown());
}

export async function giveAccess({ vendors }: Stage): Promise<void> {
  await vendors.door('salesforce', 'faults', [], z.unknown());
}
