import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  campaignLinks,
  campaignRead,
  clickPage,
  contactRead,
  messagePage,
  sentPage,
  streamPage,
  trackingPage,
} from './activity-schemas.ts';
import type { ActiveCampaignClient, Query } from './client.ts';
import { PlatformRefusal } from './errors.ts';

interface CampaignRef {
  readonly id: string;
  readonly name: string;
}

interface AutomationRef {
  readonly id: string;
  readonly name: string;
  /** Where it is seen in the platform. */
  readonly url: string;
}

/** Something that a person did, or that was done for them. Times are ISO in UTC. */
export type Activity = { readonly at: string } & (
  | { readonly type: 'campaign_sent'; readonly campaign: CampaignRef; readonly subject: string }
  | { readonly type: 'campaign_opened'; readonly campaign: CampaignRef; readonly webCopyUrl: string }
  | {
      readonly type: 'campaign_replied';
      readonly campaign: CampaignRef | null;
      readonly subject: string;
      readonly body: string;
    }
  | { readonly type: 'link_clicked'; readonly campaign: CampaignRef; readonly url: string }
  | { readonly type: 'automation_entered' | 'automation_completed'; readonly automation: AutomationRef }
  | { readonly type: 'site_visit'; readonly url: string }
  | { readonly type: 'event'; readonly name: string; readonly data: string }
);

/** Where activities come from, as named where one of them could not be read. */
export type ActivitySource =
  | 'activities'
  | 'emailActivities'
  | 'messageActivities'
  | 'linkData'
  | 'trackingLogs'
  | 'campaigns'
  | 'automations';

export interface Activities {
  /** Newest first. */
  readonly activities: readonly Activity[];
  /** Sources that the account's plan or the key's user has not. */
  readonly missing: readonly ActivitySource[];
}

const PAGE_VISIT = '__pagevisit';
const OPEN_LINK = 'open';

/** What is known of one activity before campaigns, links and automations have names. */
type Trace =
  | { readonly kind: 'sent'; readonly at: number; readonly campaign: string; readonly subject: string }
  | { readonly kind: 'open'; readonly at: number; readonly campaign: string; readonly message: string }
  | {
      readonly kind: 'reply';
      readonly at: number;
      readonly campaign: string;
      readonly subject: string;
      readonly body: string;
    }
  | { readonly kind: 'click'; readonly at: number; readonly campaign: string; readonly link: string }
  | { readonly kind: 'entered' | 'completed'; readonly at: number; readonly automation: string }
  | { readonly kind: 'tracked'; readonly at: number; readonly name: string; readonly value: string };

/** Gathers a contact's activities from the vendor's several logs, none of which has all of them. */
export class ActivityReader {
  readonly #client: ActiveCampaignClient;
  readonly #siteUrl: string;
  readonly #automationNames: () => Promise<ReadonlyMap<string, string>>;
  readonly #missing = new Set<ActivitySource>();
  readonly #campaignNames = new Map<string, string>();

  /** @param siteUrl origin of the account's own site */
  constructor(
    client: ActiveCampaignClient,
    siteUrl: string,
    automationNames: () => Promise<ReadonlyMap<string, string>>,
  ) {
    this.#client = client;
    this.#siteUrl = siteUrl;
    this.#automationNames = automationNames;
  }

  /** @throws PlatformRefusal 404 for a contact that is gone */
  async read(contactId: string, limit: number): Promise<Activities> {
    // Reading the contact comes first: it makes the vendor bring the stream up to date.
    const { contactAutomations } = await this.#client.get(contactPath(contactId), [], contactRead);
    const entries = contactAutomations.flatMap((entry): Trace[] => {
      const automation = entry.automation || entry.seriesid;
      const isDone = entry.status === '2' || entry.completed === '1';
      return [
        { kind: 'entered', at: Date.parse(entry.adddate), automation },
        ...(isDone ? [{ kind: 'completed' as const, at: Date.parse(entry.remdate), automation }] : []),
      ];
    });
    const logs = await Promise.all([
      this.#stream(contactId),
      this.#sent(contactId),
      this.#messages(contactId),
      this.#clicks(contactId),
      this.#tracked(contactId),
    ]);
    const traces = distinct([...entries, ...logs.flat()])
      .sort((a, b) => b.at - a.at)
      .slice(0, limit);
    const activities = await this.#name(traces);
    return { activities, missing: [...this.#missing] };
  }

  async #stream(contactId: string): Promise<Trace[]> {
    const query: Query = [
      ['contact', contactId],
      ['orders[tstamp]', 'DESC'],
      ['limit', '100'],
      ['include', 'reference,reference.campaign'],
    ];
    const page = await this.#optional('activities', '/activities', query, streamPage);
    if (!page) return [];
    for (const { id, name } of page.campaigns) this.#campaignNames.set(id, name);
    const logs = new Map(page.logs.map((row) => [row.id, row]));
    const opens = new Map(page.linkData.map((row) => [row.id, row]));
    const mails = new Map(page.contactEmails.map((row) => [row.id, row]));
    return page.activities.flatMap(({ referenceModelName, reference_id, tstamp }): Trace[] => {
      const at = Date.parse(tstamp);
      const sent = referenceModelName === 'log' ? logs.get(reference_id) : undefined;
      if (sent) return [{ kind: 'sent', at, campaign: sent.campaignid, subject: '' }];
      const open = referenceModelName === 'link-data' ? opens.get(reference_id) : undefined;
      if (open) return [{ kind: 'open', at, campaign: open.campaignid, message: open.messageid }];
      const mail = referenceModelName === 'contact-email' ? mails.get(reference_id) : undefined;
      return mail
        ? [{ kind: 'reply', at, campaign: mail.campaignid, subject: mail.subject, body: mail.message }]
        : [];
    });
  }

  async #sent(contactId: string): Promise<Trace[]> {
    const page = await this.#optional('emailActivities', '/emailActivities', newest(contactId), sentPage);
    return (page?.emailActivities ?? []).map(({ tstamp, campaignid, subject }) => ({
      kind: 'sent',
      at: Date.parse(tstamp),
      campaign: campaignid,
      subject,
    }));
  }

  async #messages(contactId: string): Promise<Trace[]> {
    const page = await this.#optional(
      'messageActivities',
      '/messageActivities',
      newest(contactId),
      messagePage,
    );
    return (page?.messageActivities ?? []).flatMap(({ event, campaign, message, link, tstamp }): Trace[] => {
      const at = Date.parse(tstamp);
      if (event === 'open') return [{ kind: 'open', at, campaign, message }];
      return event === 'click' ? [{ kind: 'click', at, campaign, link }] : [];
    });
  }

  async #clicks(contactId: string): Promise<Trace[]> {
    const page = await this.#optional('linkData', '/linkData', newest(contactId), clickPage);
    return (page?.linkData ?? []).map(({ tstamp, campaignid, linkid }) => ({
      kind: 'click',
      at: Date.parse(tstamp),
      campaign: campaignid,
      link: linkid,
    }));
  }

  async #tracked(contactId: string): Promise<Trace[]> {
    const path = `${contactPath(contactId)}/trackingLogs`;
    const page = await this.#optional('trackingLogs', path, [], trackingPage);
    return (page?.trackingLogs ?? []).map(({ tstamp, type, value }) => ({
      kind: 'tracked',
      at: Date.parse(tstamp),
      name: type,
      value,
    }));
  }

  async #name(traces: readonly Trace[]): Promise<Activity[]> {
    const campaigns = new Set(traces.flatMap((trace) => ('campaign' in trace ? [trace.campaign] : [])));
    const clicked = new Set(traces.flatMap((trace) => (trace.kind === 'click' ? [trace.campaign] : [])));
    const needsAutomations = traces.some(({ kind }) => kind === 'entered' || kind === 'completed');
    const [links, automations] = await Promise.all([
      this.#linksOf([...clicked]),
      needsAutomations ? this.#automations() : new Map<string, string>(),
      this.#learnCampaigns([...campaigns].filter((id) => !this.#campaignNames.has(id))),
    ]);
    return traces.flatMap((trace) => {
      const activity = this.#toActivity(trace, links, automations);
      return activity ? [activity] : [];
    });
  }

  #toActivity(
    trace: Trace,
    links: ReadonlyMap<string, string>,
    automations: ReadonlyMap<string, string>,
  ): Activity | undefined {
    const at = new Date(trace.at).toISOString();
    switch (trace.kind) {
      case 'sent':
        return {
          type: 'campaign_sent',
          at,
          campaign: this.#campaign(trace.campaign),
          subject: trace.subject,
        };
      case 'open':
        return {
          type: 'campaign_opened',
          at,
          campaign: this.#campaign(trace.campaign),
          webCopyUrl: this.#webCopyUrl(trace.campaign, trace.message),
        };
      case 'reply': {
        const campaign = isId(trace.campaign) ? this.#campaign(trace.campaign) : null;
        return { type: 'campaign_replied', at, campaign, subject: trace.subject, body: trace.body };
      }
      case 'click': {
        const url = links.get(trace.link) ?? '';
        // The picture that tells of an opening counts as a link, too.
        if (url === OPEN_LINK) return undefined;
        return { type: 'link_clicked', at, campaign: this.#campaign(trace.campaign), url };
      }
      case 'entered':
      case 'completed': {
        const { automation: id } = trace;
        const automation = { id, name: automations.get(id) ?? '', url: `${this.#siteUrl}/series/${id}` };
        return { type: `automation_${trace.kind}`, at, automation };
      }
      case 'tracked':
        return trace.name === PAGE_VISIT
          ? { type: 'site_visit', at, url: trace.value }
          : { type: 'event', at, name: trace.name, data: trace.value };
    }
  }

  #campaign(id: string): CampaignRef {
    return { id, name: this.#campaignNames.get(id) ?? '' };
  }

  /** A mail's "view in browser" address: the campaign's number as MD5, and the message's. */
  #webCopyUrl(campaign: string, message: string): string {
    const hash = createHash('md5').update(campaign).digest('hex');
    return `${this.#siteUrl}/index.php?action=social&chash=${hash}.${message}&nosocial=1`;
  }

  async #learnCampaigns(ids: readonly string[]): Promise<void> {
    await Promise.all(
      ids.filter(isId).map(async (id) => {
        const read = await this.#optional('campaigns', `/campaigns/${id}`, [], campaignRead);
        if (read) this.#campaignNames.set(id, read.campaign.name);
      }),
    );
  }

  /** Addresses by link id. */
  async #linksOf(campaigns: readonly string[]): Promise<Map<string, string>> {
    const links = new Map<string, string>();
    for (const id of campaigns.filter(isId)) {
      const read = await this.#optional(
        'campaigns',
        `/campaigns/${id}/links`,
        [['limit', '100']],
        campaignLinks,
      );
      for (const link of read?.links ?? []) links.set(link.id, link.link);
    }
    return links;
  }

  async #automations(): Promise<ReadonlyMap<string, string>> {
    try {
      return await this.#automationNames();
    } catch (error) {
      this.#note('automations', error);
      return new Map();
    }
  }

  async #optional<S extends z.ZodType>(
    source: ActivitySource,
    path: string,
    query: Query,
    schema: S,
  ): Promise<z.output<S> | undefined> {
    try {
      return await this.#client.get(path, query, schema);
    } catch (error) {
      this.#note(source, error);
      return undefined;
    }
  }

  /** @throws the error, unless it says that there is no such source here */
  #note(source: ActivitySource, error: unknown): void {
    if (!(error instanceof PlatformRefusal)) throw error;
    this.#missing.add(source);
  }
}

function contactPath(contactId: string): string {
  return `/contacts/${encodeURIComponent(contactId)}`;
}

function newest(contactId: string): Query {
  return [
    ['filters[subscriberid]', contactId],
    ['orders[tstamp]', 'DESC'],
    ['limit', '100'],
  ];
}

/** The logs overlap; one that can be dated and is told twice within its second is kept once, the fuller one. */
function distinct(traces: readonly Trace[]): Trace[] {
  const kept = new Map<string, Trace>();
  for (const trace of traces) {
    if (Number.isNaN(trace.at)) continue;
    const key = keyOf(trace);
    const known = kept.get(key);
    if (!known || (known.kind === 'sent' && known.subject === '')) kept.set(key, trace);
  }
  return [...kept.values()];
}

function keyOf(trace: Trace): string {
  const { at, kind, ...about } = trace;
  const {
    subject: _subject,
    message: _message,
    body: _body,
    ...identity
  } = { subject: '', message: '', body: '', ...about };
  return JSON.stringify([kind, Math.floor(at / 1_000), identity]);
}

function isId(text: string): boolean {
  return /^[1-9]\d*$/.test(text);
}
