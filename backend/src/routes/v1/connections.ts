import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { connectActiveCampaign } from '../../engine/setup/connect-activecampaign.ts';
import { endConnection } from '../../engine/setup/disconnect.ts';
import { SyncError } from '../../lib/errors.ts';
import {
  connectActiveCampaignSchema,
  connectionListSchema,
  connectionSchema,
  connectionSettingsSchema,
  idParamsSchema,
  type ConnectionBody,
} from '../../schemas/connection.ts';
import { sentence } from '../../words/told.ts';
import { toExplained } from '../explained.ts';
import { recordAudit } from '../../store/audit.ts';
import { listConnections, readConnection, updateSettings, type Connection } from '../../store/connections.ts';

const tags = ['connections'];
const config = { access: 'setup' } as const;

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/connections',
    { config, schema: { summary: 'The connected accounts', tags, response: { 200: connectionListSchema } } },
    async (request) => {
      const connections = await app.database.withTenant(request.tenant.id, listConnections);
      return { connections: connections.map(toBody) };
    },
  );

  app.get(
    '/connections/:id',
    {
      config,
      schema: {
        summary: 'One connected account and its state',
        tags,
        params: idParamsSchema,
        response: { 200: connectionSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      return toBody(found(await app.database.withTenant(request.tenant.id, (tx) => readConnection(tx, id))));
    },
  );

  app.patch(
    '/connections/:id',
    {
      config,
      schema: {
        summary: 'Change settings of a Salesforce connection',
        tags,
        params: idParamsSchema,
        body: connectionSettingsSchema,
        response: { 200: connectionSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { packageNamespace, dailyApiShare } = request.body;
      const { actor, requestId } = request.origin;
      const connection = await app.database.withTenant(request.tenant.id, async (tx) => {
        const before = found(await readConnection(tx, id));
        if (before.platform !== 'salesforce') {
          throw new SyncError(
            'SYNC_REQUEST_INVALID',
            sentence('Only a Salesforce connection has these settings.'),
          );
        }
        await recordAudit(tx, {
          action: 'connection.updated',
          actor,
          subject: id,
          details: { changed: Object.keys(request.body) },
          requestId,
        });
        return found(
          await updateSettings(tx, id, {
            ...(packageNamespace === undefined ? {} : { packageNamespace }),
            ...(dailyApiShare === undefined ? {} : { dailyApiShare }),
          }),
        );
      });
      return toBody(connection);
    },
  );

  app.delete(
    '/connections/:id',
    {
      config,
      schema: {
        summary: 'Disconnect an account',
        description:
          'Its credentials are destroyed and withdrawn, and sync stops; what was synced stays on both sides.',
        tags,
        params: idParamsSchema,
        response: { 200: connectionSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      return toBody(found(await endConnection(app.setup, request.origin, id)));
    },
  );

  app.post(
    '/connections/activecampaign',
    {
      config,
      schema: {
        summary: 'Connect an ActiveCampaign account',
        description: 'The key is verified with the platform, stored sealed and never shown again.',
        tags,
        body: connectActiveCampaignSchema,
        response: { 201: connectionSchema },
      },
    },
    async (request, reply) =>
      reply.code(201).send(toBody(await connectActiveCampaign(app.setup, request.origin, request.body))),
  );
};

function found(connection: Connection | undefined): Connection {
  if (!connection) throw new SyncError('SYNC_NOT_FOUND', sentence('There is no such connection.'));
  return connection;
}

export function toBody(connection: Connection): ConnectionBody {
  return {
    id: connection.id,
    platform: connection.platform,
    state: connection.state,
    since: connection.stateSince.toISOString(),
    problem: toProblem(connection.stateCode),
    account: connection.account,
    accountName: connection.accountName,
    userName: connection.userName,
    baseUrl: connection.baseUrl,
    authMethod: connection.authMethod,
    keyHint: connection.keyHint,
    packageNamespace: connection.packageNamespace,
    dailyApiShare: connection.dailyApiShare,
    createdAt: connection.createdAt.toISOString(),
  };
}

/** A stored code in the words of the catalogue. */
export function toProblem(stored: string | null): ConnectionBody['problem'] {
  return stored === null ? null : toExplained(stored);
}

export default routes;
