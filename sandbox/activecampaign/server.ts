import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../common/clock.ts';
import { ControlError, installControl } from '../common/control.ts';
import { activeCampaignDoors } from './doors.ts';
import { installBodyParsers, parseForm } from './http/body.ts';
import { VendorError, faultBody } from './http/errors.ts';
import { installGate } from './http/gate.ts';
import type { Site } from './http/site.ts';
import { loadContacts } from './load.ts';
import { accountContactRoutes } from './routes/accountContacts.ts';
import { accountFieldRoutes } from './routes/accountFields.ts';
import { accountRoutes } from './routes/accounts.ts';
import { activityRoutes } from './routes/activities.ts';
import { automationRoutes } from './routes/automations.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { contactPartRoutes } from './routes/contactParts.ts';
import { contactRoutes } from './routes/contacts.ts';
import { customerRoutes } from './routes/customer.ts';
import { fieldRoutes } from './routes/fields.ts';
import { fieldValueRoutes } from './routes/fieldValues.ts';
import { importRoutes } from './routes/imports.ts';
import { listRoutes } from './routes/lists.ts';
import { tagRoutes } from './routes/tags.ts';
import { trackingRoutes } from './routes/tracking.ts';
import { v1Routes } from './routes/v1.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { seedSetup } from './seed.ts';
import { MarketingAccount } from './state/account.ts';

export interface ActiveCampaignOptions {
  readonly clock: Clock;
  /** The address that links in answers and webhooks begin with; without it, the one that the server listens on. */
  readonly publicUrl?: string;
  /** Whether it does work of its own between calls as well; a simulation, whose time is not the machine's, does it itself. */
  readonly doesOwnWork?: boolean;
}

export interface ActiveCampaignServer {
  readonly app: FastifyInstance;
  /** The account as it is now; a reset puts another in its place. */
  readonly account: MarketingAccount;
}

const BODY_LIMIT = 20_000_000;
/** How often the vendor looks for work of its own that is due, besides at every call. */
const BACKGROUND_MS = 50;

/** ActiveCampaign's API v3, what is left of v1, and the control doors, not yet listening. */
export async function createActiveCampaignServer(
  options: ActiveCampaignOptions,
): Promise<ActiveCampaignServer> {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    routerOptions: { querystringParser: parseForm, ignoreTrailingSlash: true },
  });
  // Kept, as a page of contacts asks for it some hundred times, and each time would ask the socket.
  let origin: string | undefined;
  const publicUrl = options.publicUrl?.replace(/\/$/, '');
  const base = () => publicUrl ?? (origin ??= originOf(app)) ?? 'http://127.0.0.1:3002';
  const fresh = () => {
    const account = new MarketingAccount(options.clock, base);
    seedSetup(account);
    return account;
  };
  let account = fresh();
  const site: Site = {
    get account() {
      return account;
    },
    get base() {
      return base();
    },
  };

  const control = installControl(app, {
    reset: () => {
      account.deliveries.outbox.drop();
      account = fresh();
    },
    load: (counts) => load(site, counts),
    records: () => account.records(),
    onLimits: (body) => Object.assign(account.settings, settingsOf(body)),
    faultBody,
  });
  doOwnWork(app, site, options.doesOwnWork ?? true);
  installGate(app, site, control);
  installBodyParsers(app);
  installErrors(app);
  activeCampaignDoors(app, site);
  for (const routes of [
    customerRoutes,
    contactRoutes,
    contactPartRoutes,
    fieldRoutes,
    fieldValueRoutes,
    tagRoutes,
    listRoutes,
    accountRoutes,
    accountContactRoutes,
    accountFieldRoutes,
    automationRoutes,
    campaignRoutes,
    activityRoutes,
    trackingRoutes,
    webhookRoutes,
    v1Routes,
  ]) {
    routes(app, site);
  }
  importRoutes(app, site, () => control.limits.enforce);
  await app.ready();
  return {
    app,
    get account() {
      return account;
    },
  };
}

/** Undefined until it listens. */
function originOf(app: FastifyInstance): string | undefined {
  return app.server.listening ? app.listeningOrigin : undefined;
}

/** Imports, automations and their like go on before every call, and between calls. */
function doOwnWork(app: FastifyInstance, site: Site, isUnasked: boolean): void {
  app.addHook('onRequest', async () => site.account.agenda.run());
  const timer = isUnasked ? setInterval(() => site.account.agenda.run(), BACKGROUND_MS).unref() : undefined;
  app.addHook('onClose', async () => {
    clearInterval(timer);
    site.account.deliveries.outbox.drop();
    await site.account.deliveries.outbox.idle();
  });
}

function installErrors(app: FastifyInstance): void {
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ message: 'Not Found' }));
  app.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof VendorError) return reply.code(error.status).send(error.body);
    const status = z.object({ statusCode: z.number() }).safeParse(error).data?.statusCode ?? 500;
    const detail = error instanceof Error ? error.message : String(error);
    if (status < 500) {
      return reply.code(status).send({ errors: [{ status, title: 'Bad Request', detail }] });
    }
    return reply.code(status).send({ message: 'Could not process request', error: detail });
  });
}

const settingsSchema = z.object({
  retryAfterSeconds: z.int().min(0).optional(),
  importDelayMs: z.int().min(0).optional(),
  contactLimit: z.int().min(0).optional(),
  accounts: z.boolean().optional(),
});

function settingsOf(body: Record<string, unknown>) {
  const settings = Object.entries(settingsSchema.parse(body));
  return Object.fromEntries(settings.filter(([, value]) => value !== undefined));
}

function load(site: Site, { contacts = 0, ...others }: Record<string, number>): Record<string, number> {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new ControlError(`Only contacts can be loaded, not "${unknown}".`);
  loadContacts(site.account, contacts);
  return { contacts };
}
