import { afterAll } from '@jest/globals';
import { createActiveCampaignServer } from '../../../sandbox/activecampaign/server.ts';
import { systemClock, type Clock } from '../../../sandbox/common/clock.ts';
import { createSalesforceServer } from '../../../sandbox/salesforce/server.ts';
import { doorsOf, type Doors } from './doors.ts';

export const ORG_ID = '00D000000000001EAA';
export const APP = {
  SALESFORCE_CONSUMER_KEY: 'sandbox-consumer-key',
  SALESFORCE_CONSUMER_SECRET: 'sandbox-consumer-secret',
};

/** A vendor's sandbox on a free port until the test file's end. */
export interface TestVendor extends Doors {
  readonly url: string;
}

/** @param withApex whether the package's triggers run on every save */
export async function startSalesforce(clock: Clock = systemClock, withApex = false): Promise<TestVendor> {
  const { app } = await createSalesforceServer({ clock, ...(withApex && { apex: {} }) });
  return serve(app);
}

export async function startActiveCampaign(clock: Clock = systemClock): Promise<TestVendor> {
  const { app } = await createActiveCampaignServer({ clock });
  return serve(app);
}

interface Server {
  listen(options: { host: string; port: number }): Promise<string>;
  close(): Promise<unknown>;
}

async function serve(app: Server): Promise<TestVendor> {
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  afterAll(() => app.close());
  return { url, ...doorsOf(url) };
}
