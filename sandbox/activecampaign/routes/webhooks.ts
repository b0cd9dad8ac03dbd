import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { invalid, noResult } from '../http/errors.ts';
import { maybeId, text, unwrap } from '../http/input.ts';
import { Query, paged } from '../http/query.ts';
import { API } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import { isAllowedUrl, isKnownEvent, isSource, listedEvents } from '../state/webhooks.ts';
import type { Webhook } from '../state/webhooks.ts';
import { webhookView } from '../views/resources.ts';

const webhookSchema = z.object({
  name: text.optional(),
  url: text.optional(),
  events: z.array(z.string()).optional(),
  sources: z.array(z.string()).optional(),
  listid: maybeId,
});

type HookId = { Params: { id: string } };

/** Webhooks of the whole account. */
export function webhookRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${API}/webhook/events`, async () => ({
    webhookEvents: listedEvents,
    meta: { total: listedEvents.length },
  }));

  app.get(`${API}/webhooks`, async (request) => {
    const query = new Query(request);
    const is = (filter: string, value: string) => (query.filter(filter) ?? value) === value;
    const all = site.account.webhooks.webhooks
      .all()
      .filter((hook) => is('name', hook.name) && is('url', hook.url) && is('listid', String(hook.list)));
    const { rows, meta } = paged(all, query);
    return { webhooks: rows.map(webhookView), meta };
  });

  app.post(`${API}/webhooks`, async (request, reply) => {
    const input = unwrap(request.body, 'webhook', webhookSchema);
    const { name = '', url = '', events = [], sources = [] } = input;
    if (name === '') throw invalid('The webhook name was not provided.', 'field_missing', 'name');
    const webhook = site.account.webhooks.create(
      {
        name,
        url: checkedUrl(url),
        events: checkedEvents(events),
        sources: checkedSources(sources),
        list: input.listid ?? 0,
      },
      site.account.time.now(),
    );
    return reply.code(201).send({ webhook: webhookView(webhook) });
  });

  app.get<HookId>(`${API}/webhooks/:id`, async (request) => ({
    webhook: webhookView(webhookOf(site, request.params.id)),
  }));

  // A webhook that a 410 has ended stays ended.
  app.put<HookId>(`${API}/webhooks/:id`, async (request) => {
    const webhook = webhookOf(site, request.params.id);
    const input = unwrap(request.body, 'webhook', webhookSchema);
    if (input.url !== undefined) webhook.url = checkedUrl(input.url);
    if (input.events !== undefined) webhook.events = checkedEvents(input.events);
    if (input.sources !== undefined) webhook.sources = checkedSources(input.sources);
    webhook.name = input.name ?? webhook.name;
    webhook.list = input.listid ?? webhook.list;
    return { webhook: webhookView(webhook) };
  });

  app.delete<HookId>(`${API}/webhooks/:id`, async (request) => {
    site.account.webhooks.webhooks.delete(webhookOf(site, request.params.id).id);
    return {};
  });
}

function checkedUrl(url: string): string {
  if (isAllowedUrl(url)) return url;
  throw invalid('The webhook URL must be https on port 443.', 'field_invalid', 'url');
}

function checkedEvents(events: readonly string[]): string[] {
  if (events.length > 0 && events.every(isKnownEvent)) return [...events];
  throw invalid('The webhook events are not valid.', 'field_invalid', 'events');
}

function checkedSources(sources: readonly string[]) {
  const known = sources.filter(isSource);
  if (known.length > 0 && known.length === sources.length) return known;
  throw invalid('The webhook sources are not valid.', 'field_invalid', 'sources');
}

function webhookOf(site: Site, id: string): Webhook {
  const webhook = site.account.webhooks.webhooks.get(Number(id));
  if (webhook === undefined) throw noResult('Webhook', id);
  return webhook;
}
