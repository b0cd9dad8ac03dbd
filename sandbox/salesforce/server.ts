import { join } from 'node:path';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../common/clock.ts';
import { installControl } from '../common/control.ts';
import type { Control } from '../common/control.ts';
import type { LightningSettings } from '../lightning/lightning.ts';
import { registerBulk } from './bulk/bulk.ts';
import type { LiveApex } from './apex/run/live.ts';
import type { ApexSettings, ApexServing } from './apex/run/serve.ts';
import { createApiGuard } from './identity/api-guard.ts';
import { createIdentity } from './identity/identity.ts';
import type { Identity } from './identity/identity.ts';
import { ORGANIZATION_ID_18 } from './identity/organization.ts';
import { registerIdentity, registerIdentityDoors } from './identity/register.ts';
import { ApiUsage } from './identity/usage.ts';
import { registerOrgControl } from './org/control.ts';
import { createOrg } from './org/org.ts';
import type { SandboxOrg } from './org/org.ts';
import { createSchema } from './org/schema.ts';
import { registerRest } from './rest/rest.ts';
import { loadingAs, RecordLoader } from './seed/seed.ts';
import type { LoadableOrg } from './seed/seed.ts';
import { loadSetupRecords } from './setup-records.ts';

const PACKAGE_FOLDER = join(import.meta.dirname, '../../force-app/main/default');
/** The largest JSON body of a REST call. */
const LARGEST_BODY_BYTES = 50 * 1024 * 1024;
/** The longest URL that Salesforce takes, and room for headers beside it. */
const LONGEST_URL = 16_384;
const LARGEST_HEADERS_BYTES = 64 * 1024;
const KEEP_ALIVE_MS = 10 * 60_000;

const countsSchema = z.strictObject({
  leads: z.number().default(0),
  contacts: z.number().default(0),
  accounts: z.number().default(0),
});
const limitsSchema = z.object({ salesforceDaily: z.number().int().min(0).optional() });

export interface SalesforceServer {
  /** Not listening yet. */
  readonly app: FastifyInstance;
  readonly org: SandboxOrg;
  /** The org for seeding: what is loaded belongs to the administrator. */
  readonly loadable: LoadableOrg;
  readonly identity: Identity;
  readonly usage: ApiUsage;
  /** The package's Apex, where the server was started with it. */
  readonly apex: LiveApex | undefined;
}

/**
 * A Salesforce org over HTTP: identity, REST, Bulk API 2.0 and the sandbox's control doors (`load` takes leads,
 * contacts and accounts; `limits` takes `salesforceDaily` beside `enforce`; `reset` leaves the org without records
 * but its users). `forceAppFolder` holds the package's metadata: `objects`, `classes`, `triggers`. With `apex` the
 * package's Apex runs: triggers on every save, methods for components, jobs. With `lightning` too the org has pages
 * for people, which need Apex.
 */
export async function createSalesforceServer(options: {
  clock: Clock;
  forceAppFolder?: string;
  apex?: ApexSettings;
  lightning?: LightningSettings;
}): Promise<SalesforceServer> {
  const { clock } = options;
  const identity = createIdentity(clock);
  const folder = options.forceAppFolder ?? PACKAGE_FOLDER;
  const schema = createSchema(join(folder, 'objects'));
  const withApex =
    options.apex && (await serveApex({ clock, schema, users: identity.users, folder, ...options.apex }));
  const org =
    withApex?.org ??
    createOrg({
      clock,
      schema,
      id: ORGANIZATION_ID_18,
      userById: (id) => identity.users.contextById(id),
    });
  const app = createApp();

  identity.users.followTimeZones((user) => {
    const zone = org.table('User')?.get(user.id)?.['TimeZoneSidKey'];
    return typeof zone === 'string' ? zone : user.timeZone;
  });
  const admin = [...identity.users].find((user) => user.isAdmin);
  if (!admin) throw new Error('The sandbox has no administrator.');
  const loadable = loadingAs(org, admin);
  const loader = new RecordLoader(loadable);
  const control: Control = installControl(app, {
    reset() {
      org.reset();
      for (const part of [identity, usage, loader, bulk]) part.reset();
      withApex?.live.reset();
      loadSetupRecords(org, identity.users);
      withApex?.loadPackageRecords();
    },
    load(counts) {
      const wanted = countsSchema.parse(counts);
      loader.load(wanted);
      return wanted;
    },
    records: () => countRecords(org),
    onLimits(body) {
      const { salesforceDaily } = limitsSchema.parse(body);
      if (salesforceDaily !== undefined) usage.dailyLimit = salesforceDaily;
    },
    faultBody: (status) => [
      { message: `Fault ${status}`, errorCode: FAULT_CODES[status] ?? 'UNKNOWN_EXCEPTION' },
    ],
  });
  const usage = new ApiUsage(clock, () => control.limits.enforce);
  const { sessions } = identity;
  registerIdentityDoors(app, identity);
  registerOrgControl(app, org);
  registerIdentity(app, identity);
  registerRest(app, { org, sessions, usage, ...(withApex && { more: withApex.doors }) });
  const bulk = registerBulk(app, { org, clock, guard: createApiGuard({ sessions, usage }) });
  loadSetupRecords(org, identity.users);
  withApex?.loadPackageRecords();
  if (withApex) {
    withApex.registerDoors(app);
    if (options.lightning) {
      const { registerLightning } = await import('../lightning/lightning.ts');
      registerLightning(app, { ...withApex, identity, folder, ...options.lightning });
    }
    app.addHook('onClose', async () => withApex.close());
  }
  await app.ready();
  return { app, org, loadable, identity, usage, apex: withApex?.live };
}

/** Loaded only where it is asked for: the grammar of Apex is large. */
async function serveApex(options: Parameters<ApexServing>[0]): ReturnType<ApexServing> {
  const serving = await import('./apex/run/serve.ts');
  return serving.serveApex(options);
}

const FAULT_CODES: Readonly<Record<number, string>> = {
  401: 'INVALID_SESSION_ID',
  403: 'REQUEST_LIMIT_EXCEEDED',
  404: 'NOT_FOUND',
  503: 'SERVER_UNAVAILABLE',
};

function createApp(): FastifyInstance {
  const app = Fastify({
    bodyLimit: LARGEST_BODY_BYTES,
    routerOptions: { maxParamLength: LONGEST_URL },
    http: { maxHeaderSize: LARGEST_HEADERS_BYTES },
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: true,
    // Some clients join an instance URL that ends with a slash to a path that begins with one.
    rewriteUrl: (request) => (request.url ?? '/').replace(/^\/{2,}/, '/'),
  });
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.length > LONGEST_URL)
      return reply.code(414).type('text/html').send('<h1>414 URI Too Long</h1>');
  });
  return app;
}

/** Living records by sObject. */
function countRecords(org: SandboxOrg): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name } of org.schema.objects()) {
    const table = org.table(name);
    if (!table || table.size === 0) continue;
    let living = 0;
    for (const row of table.rows()) if (row['IsDeleted'] !== true) living += 1;
    counts[name] = living;
  }
  return counts;
}
