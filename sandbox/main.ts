import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createActiveCampaignServer } from './activecampaign/server.ts';
import { systemClock } from './common/clock.ts';
import type { ApexSettings } from './salesforce/apex/run/serve.ts';
import { STANDING_ACCESS_TOKEN } from './salesforce/identity/sessions.ts';
import { seedJobs } from './salesforce/seed/jobs.ts';
import { seedDemo } from './salesforce/seed/seed.ts';
import { createSalesforceServer } from './salesforce/server.ts';

/**
 * The vendors on this machine: Salesforce on PORT_SALESFORCE (3001) and ActiveCampaign on PORT_ACTIVECAMPAIGN (3002),
 * loopback only. `--seed` or SANDBOX_SEED=1 fills the Salesforce org with demo records. The package is installed in the
 * org: its triggers run, and its named credentials lead to the service at SANDBOX_SERVICE_URL (this machine,
 * PORT_SERVICE). With SANDBOX_APEX=0 the org has the package's fields only.
 */
const HOST = '127.0.0.1';

const port = (standard: number) => z.coerce.number().int().min(0).max(65_535).default(standard);
const settings = z
  .object({
    PORT_SALESFORCE: port(3001),
    PORT_ACTIVECAMPAIGN: port(3002),
    PORT_SERVICE: port(3000),
    SANDBOX_SEED: z.enum(['0', '1']).default('0'),
    SANDBOX_APEX: z.enum(['0', '1']).default('1'),
    SANDBOX_SERVICE_URL: z.url().optional(),
  })
  .parse(process.env);

/** The package's Apex, where it runs. Jobs that fail are told here: nobody waits for them. */
function apexSettings(): ApexSettings {
  const service = settings.SANDBOX_SERVICE_URL ?? `http://${HOST}:${settings.PORT_SERVICE}`;
  return {
    namedCredentials: { ActiveCampaign_Sync: service, ActiveCampaign_Sync_Setup: service },
    orgUrl: `http://${HOST}:${settings.PORT_SALESFORCE}`,
    onJobFailure: (error) => {
      console.error('An Apex job failed:', error);
    },
  };
}

const salesforce = await createSalesforceServer({
  clock: systemClock,
  ...(settings.SANDBOX_APEX === '1' && { apex: apexSettings(), lightning: { say: console.log } }),
});
const activeCampaign = await createActiveCampaignServer({ clock: systemClock });
if (settings.SANDBOX_SEED === '1' || process.argv.includes('--seed')) {
  seedDemo(salesforce.loadable);
  seedJobs(salesforce.loadable, systemClock.now());
}

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
