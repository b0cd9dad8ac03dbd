import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { startSetup } from '../../engine/setup/start-setup.ts';
import { SyncError } from '../../lib/errors.ts';
import { assertAllowedUrl } from '../../lib/hosts.ts';
import {
  setupRequestSchema,
  setupStartedSchema,
  setupStateSchema,
  type SetupState,
} from '../../schemas/setup-session.ts';
import { readSetupProgress, readSetupSession, type SetupProgress } from '../../store/setup-sessions.ts';
import { readTenant } from '../../store/tenants.ts';

const tags = ['set-up'];

const routes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/setup-sessions',
    {
      config: {
        access: 'public',
        rateLimit: { max: app.config.limits.strangersPerMinute, keyGenerator: (request) => request.ip },
      },
      schema: {
        summary: 'Start to set an org up',
        description:
          'The token authorizes connecting accounts and nothing else, until authorizing Salesforce proves the org.',
        tags,
        security: [],
        body: setupRequestSchema,
        response: { 201: setupStartedSchema },
      },
    },
    async (request, reply) => {
      const { orgId, instanceUrl, packageVersion, userId, adminEmail } = request.body;
      const { salesforce, sandbox } = app.config;
      const { origin } = assertAllowedUrl(instanceUrl, salesforce.loginHosts, sandbox !== undefined);
      const claims = { orgId, instanceUrl: origin, packageVersion, userId, adminEmail };
      const { session, token } = await startSetup(app.setup, claims, request.id);
      return reply
        .code(201)
        .send({ setupSessionId: session.id, token, expiresAt: session.expiresAt.toISOString() });
    },
  );

  app.get(
    '/setup-sessions/current',
    {
      config: { access: 'setup' },
      schema: {
        summary: 'How far the set-up is',
        tags,
        response: { 200: setupStateSchema },
      },
    },
    async (request): Promise<SetupState> => {
      const { id, tokenId } = request.tenant;
      const [tenant, session, progress] = await app.database.withTenant(
        id,
        async (tx) =>
          [await readTenant(tx), await readSetupSession(tx, tokenId), await readSetupProgress(tx)] as const,
      );
      if (!tenant) throw new SyncError('SYNC_UNAUTHORIZED');
      return {
        setupSessionId: session?.id ?? null,
        state: tenant.state,
        orgId: tenant.orgId,
        instanceUrl: tenant.instanceUrl,
        packageVersion: session?.packageVersion ?? null,
        expiresAt: tenant.state === 'pending' ? (session?.expiresAt.toISOString() ?? null) : null,
        mappingUnseenSince: progress.mappingUnseenSince?.toISOString() ?? null,
        steps: toSteps(progress),
      };
    },
  );
};

/** The four steps of the Setup Assistant. */
function toSteps(progress: SetupProgress): SetupState['steps'] {
  const step = (id: SetupState['steps'][number]['id'], parts: Record<string, boolean>) => ({
    id,
    done: Object.values(parts).every(Boolean),
    parts,
  });
  return [
    step('connect', { platform: progress.platformConnected, salesforce: progress.salesforceConnected }),
    step('mapping', { mapping: progress.mapped }),
    step('selection', { selection: progress.selected, schedule: progress.scheduled }),
    step('automation', { automation: progress.automationChosen }),
  ];
}

export default routes;
