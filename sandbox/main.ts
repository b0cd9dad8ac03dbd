import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createActiveCampaignServer } from './activecampaign/server.ts';
import { systemClock } from './common/clock.ts';
import { STANDING_ACCESS_TOKEN } from './salesforce/identity/sessions.ts';
import { seedDemo } from './salesforce/seed/seed.ts';
import { createSalesforceServer } from './salesforce/server.ts';

/**
 * The vendors on this machine: Salesforce on PORT_SALESFORCE (3001) and ActiveCampaign on PORT_ACTIVECAMPAIGN (3002),
 * loopback only. `--seed` or SANDBOX_SEED=1 fills the Salesforce org with demo records.
 */
const HOST = '127.0.0.1';

const port = (standard: number) => z.coerce.number().int().min(0).max(65_535).default(standard);
const settings = z
  .object({
    PORT_SALESFORCE: port(3001),
    PORT_ACTIVECAMPAIGN: port(3002),
    SANDBOX_SEED: z.enum(['0', '1']).default('0'),
  })
  .parse(process.env);

const salesforce = await createSalesforceServer({ clock: systemClock });
const activeCampaign = await createActiveCampaignServer({ clock: systemClock });
if (settings.SANDBOX_SEED === '1' || process.argv.includes('--seed')) seedDemo(salesforce.loadable);

const servers: readonly FastifyInstance[] = [salesforce.app, activeCampaign.app];
const salesforceUrl = await salesforce.app.listen({ host: HOST, port: settings.PORT_SALESFORCE });
const activeCampaignUrl = await activeCampaign.app.listen({ host: HOST, port: settings.PORT_ACTIVECAMPAIGN });

console.log(`Salesforce      ${salesforceUrl}
                admin@sandbox.test · password sandbox1234 · security token sandboxtoken
                access token ${STANDING_ACCESS_TOKEN}
                app sandbox-consumer-key · secret sandbox-consumer-secret
ActiveCampaign  ${activeCampaignUrl}
                Api-Token sandbox-activecampaign-key
Control doors   POST /__sandbox/reset, load, faults, limits · GET /__sandbox/stats
Stop with Ctrl-C.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all(servers.map((server) => server.close())).then(() => process.exit(0));
  });
}
