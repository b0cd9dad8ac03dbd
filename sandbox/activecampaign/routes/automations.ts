import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { forbidden, noResult } from '../http/errors.ts';
import { asSent, maybeId, unwrap } from '../http/input.ts';
import { Query, paged } from '../http/query.ts';
import { API } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import type { Entry } from '../state/automations.ts';
import { automationView, contactAutomationView } from '../views/automation.ts';
import { contactView } from '../views/contact.ts';

type RowId = { Params: { id: string } };

/** Automations (read only: they are built in the vendor's app) and the contacts in them. */
export function automationRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${API}/automations`, async (request) => {
    const query = new Query(request);
    const status = query.filter('status');
    const all = site.account.automations.automations
      .all()
      .filter((automation) => status === undefined || String(automation.status) === status);
    const { rows, meta } = paged(all, query);
    return {
      automations: rows.map((automation) => automationView(automation, site.base)),
      meta: {
        ...meta,
        starts: rows.flatMap(({ id, trigger }) =>
          trigger === null
            ? []
            : [{ id: String(id), series: String(id), type: trigger.kind === 'tag' ? 'tagadd' : 'subscribe' }],
        ),
        filtered: status !== undefined,
        smsLogs: [],
      },
    };
  });

  app.get<RowId>(`${API}/automations/:id`, async (request) => {
    const automation = site.account.automations.automations.get(Number(request.params.id));
    if (automation === undefined) throw noResult('Series', request.params.id);
    return { automation: automationView(automation, site.base) };
  });

  app.get(`${API}/contactAutomations`, async (request) => {
    const { rows, meta } = paged(site.account.automations.entries.all(), new Query(request));
    return {
      contactAutomations: rows.map((entry) => view(site, entry)),
      meta: { ...meta, showcase_stats: [] },
    };
  });

  app.post(`${API}/contactAutomations`, async (request, reply) => {
    const shape = z.object({ contact: maybeId, automation: maybeId });
    const input = unwrap(request.body, 'contactAutomation', shape);
    const { automations, contacts, time } = site.account;
    const contact = input.contact === undefined ? undefined : contacts.get(input.contact);
    const automation =
      input.automation === undefined ? undefined : automations.automations.get(input.automation);
    if (contact === undefined || automation?.status !== 1)
      throw forbidden('Could not create SubscriberSeries');
    const entry = automations.enter(contact, automation, time.now());
    // The fresh row has some numbers where a later read has strings.
    return reply.code(201).send({
      contacts: [contactView(contact, site.base)],
      contactAutomation: {
        contact: asSent(request.body, 'contactAutomation', 'contact'),
        seriesid: asSent(request.body, 'contactAutomation', 'automation'),
        startid: 0,
        status: 1,
        lastblock: '0',
        completedElements: '0',
        totalElements: String(automation.steps.length),
        completed: 0,
        completeValue: 0,
        links: view(site, entry).links,
        id: String(entry.id),
        automation: asSent(request.body, 'contactAutomation', 'automation'),
      },
    });
  });

  app.get<RowId>(`${API}/contactAutomations/:id`, async (request) => ({
    contactAutomation: view(site, entryOf(site, request.params.id, 404)),
  }));

  // Not found is 403 when deleting.
  app.delete<RowId>(`${API}/contactAutomations/:id`, async (request) => {
    site.account.automations.leave(entryOf(site, request.params.id, 403));
    return {};
  });
}

function entryOf(site: Site, id: string, missing: number): Entry {
  const entry = site.account.automations.entries.get(Number(id));
  if (entry === undefined) throw noResult('SubscriberSeries', id, missing);
  return entry;
}

function view(site: Site, entry: Entry) {
  return contactAutomationView(entry, site.account.automations.automations.get(entry.automation), site.base);
}
