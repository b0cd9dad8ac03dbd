import { z } from 'zod';
import { connectionSchema } from '../../src/schemas/connection.ts';
import { runWithOutcomesSchema } from '../../src/schemas/run.ts';
import { systemClock, type Clock } from '../../src/lib/clock.ts';
import type { Scope } from '../../src/store/scope.ts';
import type { TestDatabase } from './database.ts';
import { API_KEY, STANDING_TOKEN } from './doors.ts';
import { freePort } from '../../../scripts/stack/ports.ts';
import { connectOrg, startSetupInPackage } from './org.ts';
import { startService, type Answer, type TestService } from './service.ts';
import {
  APP,
  startActiveCampaign,
  startSalesforce,
  startSalesforceWithPackage,
  type TestVendor,
} from './vendors.ts';

type Run = z.infer<typeof runWithOutcomesSchema>;

/** An org with both systems connected through the service's own doors, and the two sandboxes behind it. */
export interface ConnectedOrg {
  readonly service: TestService;
  readonly token: string;
  readonly scope: Scope;
  readonly salesforce: TestVendor;
  readonly platform: TestVendor;
  /** Lets so much time pass on the clock of the service and of an org with the package. Milliseconds. */
  readonly pass: (milliseconds: number) => void;
  /** A request with the org's token. */
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  /** Saves the default mappings and lets every lead and contact enter. */
  readonly setUp: () => Promise<void>;
  /** Starts a run and carries it out here. */
  readonly run: (direction: 'outbound' | 'inbound') => Promise<Run>;
  /** Carries out runs that are queued. */
  readonly work: (runs: readonly { id: string }[]) => Promise<void>;
  readonly lead: (fields: Record<string, unknown>) => Promise<string>;
  /** A call to the org's REST API as its admin. */
  readonly inSalesforce: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** A call to the platform's API with its key. */
  readonly onPlatform: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

/**
 * To be called once at the top level of a test file.
 * @param options.withApex whether the org has the package: its triggers run and its callouts reach the service
 * @param options.standsStill whether the clock moves by `pass` alone
 */
export async function createConnectedOrg(
  database: TestDatabase,
  more: NodeJS.ProcessEnv = {},
  { withApex = false, standsStill = false } = {},
): Promise<ConnectedOrg> {
  // Known before the service listens, so that its public address, to which vendors call back, is the right one.
  const port = await freePort();
  const begun = Date.now();
  let shift = 0;
  const clock: Clock = {
    now: () => (standsStill ? begun : Date.now()) + shift,
    sleep: (...how) => systemClock.sleep(...how),
  };
  const salesforce = withApex
    ? await startSalesforceWithPackage(`http://127.0.0.1:${port}`, clock)
    : await startSalesforce();
  const platform = await startActiveCampaign();
  await platform.control('limits', { enforce: false, importDelayMs: 0 });
  const service = await startService(database, { ...APP, PORT_SERVICE: String(port), ...more }, { clock });
  const started = withApex ? await startSetupInPackage(salesforce) : undefined;
  const token = await connectOrg(service, salesforce.url, started);
  const call: ConnectedOrg['call'] = (method, path, body, headers = {}) =>
    service.call(method, path, { token, headers, ...(body === undefined ? {} : { body }) });
  const connected = await call('POST', '/v1/connections/activecampaign', {
    account: platform.url,
    apiKey: API_KEY,
  });
  const connectionId = connectionSchema.parse(connected.json).id;
  const [tenant] = await database.asOwner<{ tenant_id: string }>(
    'SELECT tenant_id FROM connection WHERE id = $1',
    [connectionId],
  );
  const scope = { tenantId: tenant?.tenant_id ?? '', connectionId };

  const work: ConnectedOrg['work'] = async (runs) => {
    for (const { id } of runs) await service.app.runner.work(scope.tenantId, id);
  };
  const inSalesforce: ConnectedOrg['inSalesforce'] = (method, path, body) =>
    request(
      `${salesforce.url}/services/data/v67.0${path}`,
      method,
      { authorization: `Bearer ${STANDING_TOKEN}` },
      body,
    );
  return {
    service,
    token,
    scope,
    salesforce,
    platform,
    pass: (milliseconds) => (shift += milliseconds),
    call,
    async setUp() {
      const mappings = z
        .object({
          mappings: z.array(
            z.object({ object: z.string(), enabled: z.boolean(), fields: z.array(z.unknown()) }),
          ),
        })
        .parse((await call('GET', '/v1/mappings')).json);
      for (const { object, enabled, fields } of mappings.mappings) {
        expectOk(await call('PUT', `/v1/mappings/${object}`, { enabled, fields }));
      }
      for (const object of ['Lead', 'Contact']) {
        const body = { mode: 'created', since: '2000-01-01T00:00:00Z' };
        expectOk(await call('PUT', `/v1/selections/${object}`, body));
      }
    },
    async run(direction) {
      const started = runWithOutcomesSchema
        .pick({ id: true })
        .parse(expectOk(await call('POST', '/v1/runs', { direction })).json);
      await work([started]);
      return runWithOutcomesSchema.parse((await call('GET', `/v1/runs/${started.id}`)).json);
    },
    work,
    async lead(fields) {
      const created = await inSalesforce('POST', '/sobjects/Lead', {
        LastName: 'Ruiz',
        Company: 'Acme',
        ...fields,
      });
      return z.object({ id: z.string() }).parse(created).id;
    },
    inSalesforce,
    onPlatform: (method, path, body) =>
      request(`${platform.url}/api/3${path}`, method, { 'api-token': API_KEY }, body),
  };
}

function expectOk(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer;
}

async function request(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 500)}`);
  return text === '' ? null : (JSON.parse(text) as unknown);
}
