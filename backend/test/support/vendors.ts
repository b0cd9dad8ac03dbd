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

export async function startSalesforce(clock: Clock = systemClock): Promise<TestVendor> {
  const { app } = await createSalesforceServer({ clock });
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

/**
 * A person in a browser: opens the page, logs in, allows or denies, and comes back.
 * @returns the address that the vendor leads the browser to
 */
export async function decideInBrowser(
  authorizeUrl: string,
  decision: 'allow' | 'deny',
  username = 'admin@sandbox.test',
): Promise<URL> {
  const { origin } = new URL(authorizeUrl);
  const login = await (await fetch(authorizeUrl)).text();
  const loggedIn = await submit(`${origin}/login`, {
    username,
    pw: 'sandbox1234',
    startURL: hiddenField(login, 'startURL'),
  });
  const cookie = (loggedIn.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  const approval = await fetch(new URL(loggedIn.headers.get('location') ?? '', origin), {
    headers: { cookie },
  });
  const page = await approval.text();
  const answer = await submit(
    `${origin}/services/oauth2/approval`,
    { request: hiddenField(page, 'request'), decision },
    cookie,
  );
  return new URL(answer.headers.get('location') ?? '');
}

function submit(url: string, fields: Record<string, string>, cookie = ''): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams(fields),
  });
}

function hiddenField(page: string, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1];
  if (value === undefined) throw new Error(`The page has no field ${name}: ${page}`);
  return value.replaceAll('&amp;', '&');
}
