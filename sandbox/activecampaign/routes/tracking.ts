import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { noResult } from '../http/errors.ts';
import { text, unwrap } from '../http/input.ts';
import { Query, paged } from '../http/query.ts';
import { API } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import { PAGE_VISIT } from '../state/tracking.ts';
import { contactView } from '../views/contact.ts';

/** What the tracking door takes for the account: the vendor's "actid" and event key. */
const ACT_ID = '1000001';
const EVENT_KEY = 'sandbox-event-key';

const eventSchema = z.object({
  key: z.string(),
  actid: z.string(),
  event: z.string().min(1).max(32),
  eventdata: text.optional(),
  visit: z.string(),
});

const visitSchema = z.object({ email: z.string() });

/** Event names and whether tracking is on; and the door that takes events, elsewhere trackcmp.net/event. */
export function trackingRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${API}/eventTrackingEvents`, async (request) => {
    const names = [...site.account.tracking.names].map((name) => ({ name }));
    const { rows } = paged(names, new Query(request));
    // A number, unlike most totals.
    return { eventTrackingEvents: rows, meta: { total: names.length } };
  });

  app.post(`${API}/eventTrackingEvents`, async (request, reply) => {
    const { name } = unwrap(request.body, 'eventTrackingEvent', z.object({ name: text }));
    site.account.tracking.names.add(name);
    return reply.code(201).send({ eventTrackingEvent: { name } });
  });

  app.delete<{ Params: { name: string } }>(`${API}/eventTrackingEvents/:name`, async (request) => {
    if (!site.account.tracking.names.delete(request.params.name)) {
      throw noResult('EventTrackingEvent', request.params.name);
    }
    return {};
  });

  app.get(`${API}/eventTracking`, async () => ({
    eventTracking: { enabled: site.account.tracking.enabled },
  }));

  app.put(`${API}/eventTracking`, async (request) => {
    const { enabled } = unwrap(request.body, 'eventTracking', z.object({ enabled: z.boolean() }));
    site.account.tracking.enabled = enabled;
    return { eventTracking: { enabled } };
  });

  app.get<{ Params: { id: string } }>(`${API}/trackingLogs/:id/contact`, async (request) => {
    const log = site.account.tracking.logs.get(Number(request.params.id));
    const contact = log === undefined ? undefined : site.account.contacts.get(log.contact);
    if (contact === undefined) throw noResult('TrackingLog', request.params.id);
    return { contact: contactView(contact, site.base) };
  });

  app.post('/event', async (request) => {
    const input = eventSchema.safeParse(request.body);
    if (!input.success || input.data.key !== EVENT_KEY || input.data.actid !== ACT_ID) {
      return { success: 0, message: 'Invalid key or actid, or no event' };
    }
    const { tracking, contacts, time } = site.account;
    if (!tracking.enabled) return { success: 0, message: 'Event tracking is not enabled' };
    const { event, eventdata = '', visit } = input.data;
    const contact = contacts.byEmail(visitorEmail(visit) ?? '');
    // An event of someone unknown is taken and goes nowhere; its name is kept.
    tracking.names.add(event);
    if (contact !== undefined && event !== PAGE_VISIT) {
      tracking.add({ contact: contact.id, event, value: eventdata, at: time.now() });
    }
    return { success: 1, message: 'Event spawned' };
  });
}

function visitorEmail(visit: string): string | undefined {
  try {
    const parsed = visitSchema.safeParse(JSON.parse(visit));
    return parsed.success ? parsed.data.email : undefined;
  } catch {
    return undefined;
  }
}
