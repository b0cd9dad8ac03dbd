import { createHash } from 'node:crypto';
import { campaignLinks, campaignRead } from './activity-schemas.ts';
import { Missing, TraceReader, type ActivitySource, type Trace } from './activity-traces.ts';
import type { ActiveCampaignClient } from './client.ts';

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

export interface Activities {
  /** Newest first. */
  readonly activities: readonly Activity[];
  /** Whether there are older ones. */
  readonly more: boolean;
  /** Sources that the account's plan or the key's user has not. */
  readonly missing: readonly ActivitySource[];
}

const PAGE_VISIT = '__pagevisit';
const OPEN_LINK = 'open';

/** A contact's activities, with the names of what they refer to. */
export class ActivityReader {
  readonly #client: ActiveCampaignClient;
  readonly #siteUrl: string;
  readonly #automationNames: () => Promise<ReadonlyMap<string, string>>;
  readonly #missing = new Missing();
  readonly #traces: TraceReader;

  /** @param siteUrl origin of the account's own site */
  constructor(
    client: ActiveCampaignClient,
    siteUrl: string,
    automationNames: () => Promise<ReadonlyMap<string, string>>,
  ) {
    this.#client = client;
    this.#siteUrl = siteUrl;
    this.#automationNames = automationNames;
    this.#traces = new TraceReader(client, this.#missing);
  }

  /** @throws PlatformRefusal 404 for a contact that is gone */
  async read(contactId: string, limit: number): Promise<Activities> {
    const { traces, isComplete } = await this.#traces.read(contactId, limit);
    const activities = await this.#name(traces.slice(0, limit));
    return { activities, more: !isComplete || traces.length > limit, missing: [...this.#missing.sources] };
  }

  async #name(traces: readonly Trace[]): Promise<Activity[]> {
    const campaigns = new Set(traces.flatMap((trace) => ('campaign' in trace ? [trace.campaign] : [])));
    const clicked = new Set(traces.flatMap((trace) => (trace.kind === 'click' ? [trace.campaign] : [])));
    const needsAutomations = traces.some(({ kind }) => kind === 'entered' || kind === 'completed');
    const [links, automations] = await Promise.all([
      this.#linksOf([...clicked]),
      needsAutomations ? this.#automations() : new Map<string, string>(),
      this.#learnCampaigns([...campaigns].filter((id) => !this.#traces.campaignNames.has(id))),
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
    return { id, name: this.#traces.campaignNames.get(id) ?? '' };
  }

  /** A mail's "view in browser" address: the campaign's number as MD5, and the message's. */
  #webCopyUrl(campaign: string, message: string): string {
    const hash = createHash('md5').update(campaign).digest('hex');
    return `${this.#siteUrl}/index.php?action=social&chash=${hash}.${message}&nosocial=1`;
  }

  async #learnCampaigns(ids: readonly string[]): Promise<void> {
    await Promise.all(
      ids.filter(isId).map(async (id) => {
        const read = await this.#missing.without(
          'campaigns',
          this.#client.get(`/campaigns/${id}`, [], campaignRead),
        );
        if (read) this.#traces.campaignNames.set(id, read.campaign.name);
      }),
    );
  }

  /** Addresses by link id. */
  async #linksOf(campaigns: readonly string[]): Promise<Map<string, string>> {
    const links = new Map<string, string>();
    for (const id of campaigns.filter(isId)) {
      const read = await this.#missing.without(
        'campaigns',
        this.#client.get(`/campaigns/${id}/links`, [['limit', '100']], campaignLinks),
      );
      for (const link of read?.links ?? []) links.set(link.id, link.link);
    }
    return links;
  }

  async #automations(): Promise<ReadonlyMap<string, string>> {
    return (await this.#missing.without('automations', this.#automationNames())) ?? new Map();
  }
}

function isId(text: string): boolean {
  return /^[1-9]\d*$/.test(text);
}
