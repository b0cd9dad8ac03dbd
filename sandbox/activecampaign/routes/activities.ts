import type { FastifyInstance } from 'fastify';
import { VendorError } from '../http/errors.ts';
import { Query, paged } from '../http/query.ts';
import { API } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import type { Activity, ActivityKind } from '../state/activities.ts';
import { isoTime, parseTime } from '../state/time.ts';
import {
  campaignLinkView,
  campaignMessageView,
  campaignView,
  contactEmailView,
  contactLogView,
  emailActivityView,
  linkDataView,
  messageActivityView,
  messageView,
} from '../views/activity.ts';
import { contactView } from '../views/contact.ts';

/**
 * How the stream names what it shows. Clicks and bounces do not stand in it; an opening is called "link-data"; a
 * reply is a mail of the contact's.
 */
const streamModels: Partial<Record<ActivityKind, { readonly type: string; readonly model: string }>> = {
  sent: { type: 'Log', model: 'log' },
  open: { type: 'LinkData', model: 'link-data' },
  reply: { type: 'SubscriberEmail', model: 'contact-email' },
};

/** What contacts did with mail: the contact's stream, and the several logs that other parts of the vendor keep. */
export function activityRoutes(app: FastifyInstance, site: Site): void {
  // Only `contact` and `after` narrow; every filters[…] is passed over.
  app.get(`${API}/activities`, async (request) => {
    const query = new Query(request);
    const contact = query.number('contact');
    if (contact === undefined) {
      throw new VendorError(422, { errors: [{ title: 'The contact is required.', code: 'field_missing' }] });
    }
    const after = parseTime(query.get('after') ?? '');
    const all = site.account.activities
      .stream(contact)
      .filter(({ kind, at }) => streamModels[kind] !== undefined && (after === undefined || at > after));
    const { rows, meta } = paged(byTime(all, query), query);
    const owner = site.account.contacts.get(contact);
    return {
      contacts: owner === undefined ? [] : [contactView(owner, site.base)],
      activityRecipients: [],
      ...references(site, rows, query.includes()),
      activities: rows.map(streamView),
      meta,
    };
  });

  app.get(`${API}/emailActivities`, async (request) => {
    const query = new Query(request);
    const { rows, meta } = paged(byTime(narrowed(site, query, ['sent']), query), query);
    const { messages } = site.account.campaigns;
    return {
      emailActivities: rows.map((row) => emailActivityView(row, messages.get(row.message), site.base)),
      meta,
    };
  });

  app.get(`${API}/messageActivities`, async (request) => {
    const query = new Query(request);
    const { rows, meta } = paged(byTime(narrowed(site, query, ['open', 'click']), query), query);
    return {
      messageActivities: rows.map((row) => messageActivityView(row, emailOf(site, row), site.base)),
      meta,
    };
  });

  app.get(`${API}/linkData`, async (request) => {
    const query = new Query(request);
    const { rows, meta } = paged(byTime(narrowed(site, query, ['click']), query), query);
    return { linkData: rows.map((row) => linkDataView(row, emailOf(site, row), site.base)), meta };
  });
}

/** Of one contact, where `filters[subscriberid]` says so; other filters are passed over. */
function narrowed(site: Site, query: Query, kinds: readonly ActivityKind[]): Activity[] {
  const contact = query.filter('subscriberid');
  const { activities } = site.account;
  const all = contact === undefined ? activities.activities.all() : activities.of(Number(contact));
  return all.filter((activity) => kinds.includes(activity.kind));
}

/** Oldest first, unless `orders[tstamp]=DESC`. */
function byTime(activities: readonly Activity[], query: Query): Activity[] {
  const descending = query.orders().some((order) => order.name === 'tstamp' && order.descending);
  return [...activities].sort((a, b) => (a.at - b.at || a.id - b.id) * (descending ? -1 : 1));
}

function streamView(activity: Activity) {
  const named = streamModels[activity.kind];
  return {
    tstamp: isoTime(activity.at),
    subscriberid: String(activity.contact),
    reference_type: named?.type ?? '',
    reference_id: String(activity.id),
    reference_action: '',
    jsonData: null,
    userid: '1',
    permission: '',
    referenceModelName: named?.model ?? '',
    notes: [],
    recipients: [],
    reference: { type: named?.model ?? '', id: String(activity.id) },
    user: '1',
    id: String(activity.id),
  };
}

/** `include=reference,reference.campaign,…`: the referenced rows, and what they refer to, each once. */
function references(site: Site, rows: readonly Activity[], includes: ReadonlySet<string>) {
  const asks = (...names: readonly string[]) => names.some((name) => includes.has(name));
  const { base, account } = site;
  const of = (kind: ActivityKind) => rows.filter((row) => row.kind === kind);
  const campaigns = once(rows.map((row) => row.campaign)).flatMap(
    (id) => account.campaigns.campaigns.get(id) ?? [],
  );
  const messages = once(rows.map((row) => row.message)).flatMap(
    (id) => account.campaigns.messages.get(id) ?? [],
  );
  const links = once(rows.map((row) => row.link)).flatMap((id) => account.campaigns.links.get(id) ?? []);
  return {
    ...(asks('reference')
      ? {
          logs: of('sent').map((row) => contactLogView(row, base)),
          linkData: of('open').map((row) => linkDataView(row, emailOf(site, row), base)),
          contactEmails: of('reply').map((row) => contactEmailView(row, base)),
        }
      : {}),
    ...(asks('reference.campaign', 'reference.log.campaign')
      ? { campaigns: campaigns.map((campaign) => campaignView(campaign, base)) }
      : {}),
    ...(asks('reference.campaign.campaignMessage', 'reference.campaignMessage')
      ? {
          campaignMessages: campaigns.map((campaign) =>
            campaignMessageView(campaign, account.campaigns.messages.get(campaign.message), base),
          ),
        }
      : {}),
    ...(asks('reference.message', 'reference.log.message')
      ? { messages: messages.map((message) => messageView(message, base)) }
      : {}),
    ...(asks('reference.link') ? { links: links.map((link) => campaignLinkView(link, base)) } : {}),
  };
}

function once(ids: readonly number[]): number[] {
  return [...new Set(ids)];
}

function emailOf(site: Site, activity: Activity): string {
  return site.account.contacts.get(activity.contact)?.email ?? '';
}
