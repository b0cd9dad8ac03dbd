/**
 * Usage: PAIRS=<n> FIRST_PORT=<n> node vendor-park.ts. Many orgs with an account each, two ports a pair, without
 * limits. Says "ready" when all of them listen.
 */
import { z } from 'zod';
import { createActiveCampaignServer } from '../../sandbox/activecampaign/server.ts';
import { systemClock } from '../../sandbox/common/clock.ts';
import { createSalesforceServer } from '../../sandbox/salesforce/server.ts';
import { HOST } from '../stack/ports.ts';

const { PAIRS, FIRST_PORT } = z
  .object({ PAIRS: z.coerce.number().int().positive(), FIRST_PORT: z.coerce.number().int() })
  .parse(process.env);

for (let pair = 0; pair < PAIRS; pair += 1) {
  const { app: salesforce } = await createSalesforceServer({ clock: systemClock });
  const { app: platform } = await createActiveCampaignServer({ clock: systemClock });
  await salesforce.listen({ host: HOST, port: FIRST_PORT + 2 * pair });
  await platform.listen({ host: HOST, port: FIRST_PORT + 2 * pair + 1 });
}
console.log('ready');
