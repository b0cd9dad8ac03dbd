import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseWebhook } from '../../connectors/activecampaign/webhooks.ts';
import { requestTags } from '../../engine/request-tags.ts';
import { SyncError } from '../../lib/errors.ts';
import { addHints, type Hint, type HintReason } from '../../store/hints.ts';
import { inHook } from '../../store/hooks.ts';
import { completeImport } from '../../store/imports.ts';
import type { Scope, Tx } from '../../store/scope.ts';
import { sentence } from '../../words/told.ts';

const secretParams = z.object({ secret: z.string().regex(/^[\w-]{20,100}$/) });
const acceptedSchema = z.object({ accepted: z.boolean() });

/** Bodies of webhooks are small; a larger one is none. */
const bodyLimit = 256 * 1024;

/** What the platform itself calls. Its secret in the address is all that lets it in. */
const routes: FastifyPluginAsyncZod = async (app) => {
  // Whatever comes is taken as text: the connector says what its platform sends, and a notice is heard by its address.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit }, (_request, body, done) => done(null, body));

  // No limit on their number: a webhook that is turned away is never sent again, and many accounts call from one address.
  for (const [path, reason] of [
    ['create-lead', 'create_lead'],
    ['create-contact', 'create_contact'],
  ] as const) {
    app.post(
      `/hooks/activecampaign/:secret/${path}`,
      {
        config: { access: 'public', rateLimit: false },
        schema: {
          summary: `Queue a contact to become a Salesforce ${reason === 'create_lead' ? 'Lead' : 'Contact'}`,
          tags: ['hooks'],
          security: [],
          params: secretParams,
          response: { 202: acceptedSchema },
        },
      },
      async (request, reply) => {
        await asOwner(request, request.params.secret, async (tx, scope) => {
          const { contactId } = read(request);
          if (contactId === null)
            throw new SyncError('SYNC_HOOK_MALFORMED', sentence('The body names no contact.'));
          await addHints(tx, scope, [contactHint(contactId, reason)], app.clock.now());
        });
        return reply.code(202).send({ accepted: true });
      },
    );
  }

  app.post(
    '/hooks/activecampaign/:secret',
    {
      config: { access: 'public', rateLimit: false },
      schema: {
        summary: 'A change that the platform reports; only a hint where to look',
        tags: ['hooks'],
        security: [],
        params: secretParams,
        response: { 202: acceptedSchema },
      },
    },
    async (request, reply) => {
      const accepted = await asOwner(request, request.params.secret, async (tx, scope) => {
        const event = read(request);
        const wanted = event.tag === null ? undefined : requestTags[event.tag.toLowerCase()];
        const hints: Hint[] = event.contactId === null ? [] : [contactHint(event.contactId, 'look')];
        if (event.contactId !== null && event.type === 'contact_tag_added' && wanted !== undefined) {
          hints.push(contactHint(event.contactId, wanted));
        }
        await addHints(tx, scope, hints, app.clock.now());
        return hints.length > 0;
      });
      return reply.code(202).send({ accepted });
    },
  );

  app.post(
    '/hooks/activecampaign/:secret/imports/:ref',
    {
      config: { access: 'public', rateLimit: false },
      schema: {
        summary: 'The platform has finished an import',
        tags: ['hooks'],
        security: [],
        params: secretParams.extend({ ref: z.uuid() }),
        response: { 202: acceptedSchema },
      },
    },
    async (request, reply) => {
      const { secret, ref } = request.params;
      const accepted = await asOwner(request, secret, (tx, { tenantId }) =>
        completeImport(tx, tenantId, ref, app.clock.now()),
      );
      return reply.code(202).send({ accepted });
    },
  );

  async function asOwner<T>(
    request: FastifyRequest,
    secret: string,
    work: (tx: Tx, scope: Scope) => Promise<T>,
  ): Promise<T> {
    const done = await inHook(app.database, secret, async (tx, scope) => ({ answer: await work(tx, scope) }));
    if (done === null) {
      request.log.warn('a webhook came to an address that is not in use');
      throw new SyncError('SYNC_HOOK_SECRET_WRONG');
    }
    return done.answer;
  }
};

function contactHint(recordId: string, reason: HintReason): Hint {
  return { side: 'platform', object: 'contact', recordId, reason };
}

function read(request: FastifyRequest): ReturnType<typeof parseWebhook> {
  if (typeof request.body !== 'string')
    throw new SyncError('SYNC_HOOK_MALFORMED', sentence('The body is empty or no form.'));
  return parseWebhook(request.headers['content-type'] ?? '', request.body);
}

export default routes;
