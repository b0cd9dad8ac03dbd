import type { FastifyInstance } from 'fastify';
import { Query, paged } from '../http/query.ts';
import { API } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import type { Contact } from '../state/contacts.ts';
import { bounceLogView, contactLogView, trackingLogView } from '../views/activity.ts';
import { sideLoads } from '../views/sideLoads.ts';
import { contactOf } from './contacts.ts';

type Rows = (contact: Contact, site: Site) => readonly unknown[];

const sideLoaded =
  (name: string): Rows =>
  (contact, site) =>
    sideLoads(site, [contact], new Set([name])).siblings[name] ?? [];

/** What hangs below a contact, each under its own name. */
const parts: Record<string, Rows> = {
  fieldValues: sideLoaded('fieldValues'),
  contactTags: sideLoaded('contactTags'),
  contactLists: sideLoaded('contactLists'),
  accountContacts: sideLoaded('accountContacts'),
  contactAutomations: sideLoaded('contactAutomations'),
  trackingLogs: (contact, { account, base }) =>
    account.tracking.of(contact.id).map((log) => trackingLogView(log, base)),
  contactLogs: (contact, { account, base }) =>
    account.activities
      .of(contact.id)
      .filter((activity) => activity.kind === 'sent')
      .map((activity) => contactLogView(activity, base)),
  bounceLogs: (contact, { account, base }) =>
    account.activities
      .of(contact.id)
      .filter((activity) => activity.kind === 'bounce')
      .map((activity) => bounceLogView(activity, contact, base)),
};

/** Kept by the vendor, not by this sandbox: always empty. */
const emptyParts = [
  'deals',
  'contactDeals',
  'contactData',
  'contactGoals',
  'notes',
  'scoreValues',
  'geoIps',
  'automationEntryCounts',
  'plusAppend',
];

/** `GET /contacts/{id}/…`: the contact's own rows, without a total. */
export function contactPartRoutes(app: FastifyInstance, site: Site): void {
  for (const name of [...Object.keys(parts), ...emptyParts]) {
    app.get<{ Params: { id: string } }>(`${API}/contacts/:id/${name}`, async (request) => {
      const contact = contactOf(site, request.params.id);
      const rows = parts[name]?.(contact, site) ?? [];
      const query = new Query(request);
      // These come whole unless a part is asked for.
      if (query.number('limit') === undefined) return { [name]: rows };
      return { [name]: paged(rows, query).rows };
    });
  }

  app.get<{ Params: { id: string } }>(`${API}/contacts/:id/organization`, async (request) => {
    contactOf(site, request.params.id);
    return { organization: null };
  });
}
