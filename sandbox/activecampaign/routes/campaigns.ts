import type { FastifyInstance } from 'fastify';
import { noResult } from '../http/errors.ts';
import { Query, paged } from '../http/query.ts';
import { API } from '../http/site.ts';
import type { Site } from '../http/site.ts';
import type { Campaign } from '../state/campaigns.ts';
import { campaignLinkView, campaignMessageView, campaignView, messageView } from '../views/activity.ts';
import { publicHash } from '../views/webCopy.ts';

type RowId = { Params: { id: string } };

/** Campaigns, their messages and links. There are no labels here: only names. */
export function campaignRoutes(app: FastifyInstance, site: Site): void {
  app.get(`${API}/campaigns`, async (request) => {
    const query = new Query(request);
    const { rows, meta } = paged(
      ordered(filtered(site.account.campaigns.campaigns.all(), query), query),
      query,
    );
    return { campaigns: rows.map((campaign) => campaignView(campaign, site.base)), meta };
  });

  app.get<RowId>(`${API}/campaigns/:id`, async (request) => ({
    campaign: campaignView(campaignOf(site, request.params.id), site.base),
  }));

  app.get<RowId>(`${API}/campaigns/:id/campaignMessages`, async (request) => {
    const campaign = campaignOf(site, request.params.id);
    const message = site.account.campaigns.messages.get(campaign.message);
    return { campaignMessages: [campaignMessageView(campaign, message, site.base)] };
  });

  app.get<RowId>(`${API}/campaigns/:id/links`, async (request) => {
    const campaign = campaignOf(site, request.params.id);
    const links = site.account.campaigns.linksOf(campaign);
    return { links: links.map((link) => campaignLinkView(link, site.base)) };
  });

  app.get(`${API}/messages`, async (request) => {
    const { rows, meta } = paged(site.account.campaigns.messages.all(), new Query(request));
    return { messages: rows.map((message) => messageView(message, site.base)), meta };
  });

  app.get<RowId>(`${API}/messages/:id`, async (request) => {
    const message = site.account.campaigns.messages.get(Number(request.params.id));
    if (message === undefined) throw noResult('Message', request.params.id);
    return { message: messageView(message, site.base) };
  });

  // The page that a mail's "view in browser" leads to; anyone may read it.
  app.get('/index.php', async (request, reply) => {
    const query = new Query(request);
    const hash = query.get('action') === 'social' ? query.get('chash') : undefined;
    const campaign = site.account.campaigns.campaigns.all().find((row) => publicHash(row) === hash);
    const message = campaign && site.account.campaigns.messages.get(campaign.message);
    if (message === undefined) return reply.callNotFound();
    return reply.type('text/html').send(message.html);
  });
}

function filtered(campaigns: readonly Campaign[], query: Query): Campaign[] {
  const status = query.filter('status');
  const list = query.filter('listid');
  const name = query.filter('name')?.toLowerCase();
  const series = query.filter('seriesid');
  return campaigns.filter(
    (campaign) =>
      (status === undefined || String(campaign.status) === status) &&
      (list === undefined || String(campaign.list) === list) &&
      (series === undefined || String(campaign.automation) === series) &&
      (name === undefined || campaign.name.toLowerCase().includes(name)),
  );
}

/** By date of sending only; those never sent come first when ascending. */
function ordered(campaigns: readonly Campaign[], query: Query): Campaign[] {
  const rows = [...campaigns];
  for (const { name, descending } of query.orders().reverse()) {
    if (name !== 'sdate' && name !== 'ldate') continue;
    const at = (campaign: Campaign) => (name === 'sdate' ? campaign.sentAt : campaign.lastSentAt) ?? 0;
    rows.sort((a, b) => (descending ? at(b) - at(a) : at(a) - at(b)));
  }
  return rows;
}

function campaignOf(site: Site, id: string): Campaign {
  const campaign = site.account.campaigns.campaigns.get(Number(id));
  if (campaign === undefined) throw noResult('Campaign', id);
  return campaign;
}
