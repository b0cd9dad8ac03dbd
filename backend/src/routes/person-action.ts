import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isOffered, type Offerable } from '../engine/offers.ts';
import { actForPerson, type PersonDeed, type PersonWish } from '../engine/person-actions.ts';
import type { OpenVendors } from '../engine/vendors.ts';
import { actionDoneSchema, actionInputSchema, targetParamsSchema } from '../schemas/person.ts';
import type { Scope } from '../store/scope.ts';
import { readAutomationOffer } from '../store/settings.ts';
import { openSides, scopeOf } from './sides.ts';

const connectionQuery = z.object({ connectionId: z.uuid().optional() });

/** The schema of a route that lists what record pages may offer. */
export function listingSchema<S extends z.ZodType>(summary: string, answer: S) {
  return { summary, tags: ['record pages'], querystring: connectionQuery, response: { 200: answer } };
}

/** Whether record pages offer anything, and each item with whether they offer it. */
export async function withOffer<T extends Offerable>(
  app: FastifyInstance,
  scope: Scope,
  kind: PersonWish['kind'],
  items: readonly T[],
): Promise<{ enabled: boolean; items: (T & { offered: boolean })[] }> {
  const offer = await app.database.withTenant(scope.tenantId, (tx) => readAutomationOffer(tx, scope));
  const chosen = kind === 'campaign' ? offer.campaignIds : offer.automationIds;
  return {
    enabled: offer.enabled,
    items: items.map((item) => ({ ...item, offered: isOffered(item, chosen) })),
  };
}

/** The schema of a route that does something for one person; a repeat within a minute has to be confirmed. */
export function actionSchema(summary: string, caution = '') {
  const repeats = 'A repeat within a minute is refused with SYNC_REPEAT_UNCONFIRMED unless it is confirmed.';
  return {
    summary,
    description: caution === '' ? repeats : `${caution} ${repeats}`,
    tags: ['record pages'],
    params: targetParamsSchema,
    querystring: connectionQuery,
    body: actionInputSchema,
    response: { 200: actionDoneSchema },
  };
}

interface ActionParts {
  readonly params: z.infer<typeof targetParamsSchema>;
  readonly query: z.infer<typeof connectionQuery>;
  readonly body: z.infer<typeof actionInputSchema>;
}

/** Does what such a route is asked for. @throws SyncError as `actForPerson` does */
export async function answerAction(
  app: FastifyInstance,
  request: FastifyRequest,
  { params, query, body }: ActionParts,
  kind: PersonWish['kind'],
  deedOf: (connector: OpenVendors['connector'], targetId: string) => PersonDeed,
): Promise<z.infer<typeof actionDoneSchema>> {
  const scope = await scopeOf(app, request, query.connectionId);
  const { connector } = await openSides(app, scope);
  const { object, salesforceId, confirm: confirmed } = body;
  const wish = { kind, targetId: params.id, object, salesforceId, confirmed };
  const doneAt = await actForPerson(app, scope, request.origin, wish, deedOf(connector, params.id));
  return { doneAt: new Date(doneAt).toISOString() };
}
