import { afterAll } from '@jest/globals';
import { createActiveCampaignServer } from '../../../sandbox/activecampaign/server.ts';
import { systemClock, type Clock } from '../../../sandbox/common/clock.ts';
import { createSalesforceServer } from '../../../sandbox/salesforce/server.ts';
import { doorsOf, type Doors } from './doors.ts';
import { freePort } from '../../../scripts/stack/ports.ts';

export const ORG_ID = '00D000000000001EAA';
export const APP = {
  SALESFORCE_CONSUMER_KEY: 'sandbox-consumer-key',
  SALESFORCE_CONSUMER_SECRET: 'sandbox-consumer-secret',
};

/** A vendor's sandbox on a free port until the test file's end. */
export interface TestVendor extends Doors {
  readonly url: string;
}

export async function startSalesforce(clock: Clock = systemClock): Promise<TestVendor> {
  const { app } = await createSalesforceServer({ clock });
  return serve(app);
}

/** An org with the package: its triggers run on every save, and its callouts reach the service. */
export async function startSalesforceWithPackage(serviceUrl: string, clock: Clock): Promise<TestVendor> {
  const port = await freePort();
  const { app } = await createSalesforceServer({
    clock,
    apex: {
      namedCredentials: { ActiveCampaign_Sync: serviceUrl, ActiveCampaign_Sync_Setup: serviceUrl },
      orgUrl: `http://127.0.0.1:${port}`,
    },
  });
  return serve(app, port);
}

export async function startActiveCampaign(clock: Clock = systemClock): Promise<TestVendor> {
  const { app } = await createActiveCampaignServer({ clock });
  return serve(app);
}

interface Server {
  listen(options: { host: string; port: number }): Promise<string>;
  close(): Promise<unknown>;
}

async function serve(app: Server, port = 0): Promise<TestVendor> {
  const url = await app.listen({ host: '127.0.0.1', port });
  afterAll(() => app.close());
  return { url, ...doorsOf(url) };
}
