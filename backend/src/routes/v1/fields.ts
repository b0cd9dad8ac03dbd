import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  fieldsSchema,
  objectSchema,
  pairSchema,
  toPlatformField,
  toSalesforceField,
} from '../../schemas/mapping.ts';
import { SyncError } from '../../lib/errors.ts';
import { languageOf } from '../../plugins/language.ts';
import { accountName } from '../../sync/account-name.ts';
import { sentence } from '../../words/told.ts';
import { toPair } from '../settings-body.ts';
import { accountFields, liveFields, mappable, openSides, scopeOf } from '../sides.ts';

const connectionQuery = z.object({ connectionId: z.uuid().optional() });

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/fields',
    {
      schema: {
        summary: 'The fields of both sides as they are now',
        tags: ['settings'],
        querystring: connectionQuery,
        response: { 200: fieldsSchema },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const sides = await openSides(app, scope);
      app.runner.forgetFields(scope.connectionId);
      const [lead, contact, account, contacts, accounts] = await Promise.all([
        sides.salesforce.describe('Lead'),
        sides.salesforce.describe('Contact'),
        sides.salesforce.describe('Account'),
        sides.connector.describe('contact'),
        accountFields(sides),
      ]);
      return {
        salesforce: {
          Lead: mappable(lead, sides).map(toSalesforceField),
          Contact: mappable(contact, sides).map(toSalesforceField),
          Account: mappable(account, sides).map(toSalesforceField),
        },
        platform: { contact: contacts.map(toPlatformField), account: accounts?.map(toPlatformField) ?? null },
      };
    },
  );

  app.get(
    '/fields/:object/:field/pairs',
    {
      schema: {
        summary: 'Which platform fields a Salesforce field can be mapped to, and why not the others',
        tags: ['settings'],
        params: z.object({ object: objectSchema, field: z.string().min(1).max(255) }),
        querystring: connectionQuery,
        response: { 200: z.object({ pairs: z.array(pairSchema) }) },
      },
    },
    async (request) => {
      const { object, field: name } = request.params;
      const sides = await openSides(app, await scopeOf(app, request, request.query.connectionId));
      const fields = await liveFields(sides, object);
      const known = object === 'Contact' ? [...fields.salesforce, accountName] : fields.salesforce;
      const field = known.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
      if (field === undefined)
        throw new SyncError(
          'SYNC_SALESFORCE_FIELD_UNKNOWN',
          sentence('{object} has no field “{field}”.', { object, field: name }),
        );
      const language = languageOf(request);
      return { pairs: fields.platform.map((platform) => toPair(field, platform, object, language)) };
    },
  );

  app.get(
    '/fields/:object/pairs',
    {
      schema: {
        summary: 'Which Salesforce fields some platform fields can be mapped to, and why not the others',
        tags: ['settings'],
        params: z.object({ object: objectSchema }),
        querystring: connectionQuery.extend({
          platform: z
            .string()
            .max(10_000)
            .transform((keys) => new Set(keys.split(',')))
            .describe('Keys of platform fields, separated by commas.'),
        }),
        response: { 200: z.object({ pairs: z.array(pairSchema) }) },
      },
    },
    async (request) => {
      const { object } = request.params;
      const { platform: keys, connectionId } = request.query;
      const sides = await openSides(app, await scopeOf(app, request, connectionId));
      const fields = await liveFields(sides, object);
      const language = languageOf(request);
      return {
        pairs: fields.platform
          .filter(({ key }) => keys.has(key))
          .flatMap((platform) =>
            fields.salesforce.map((salesforce) => toPair(salesforce, platform, object, language)),
          ),
      };
    },
  );
};

export default routes;
