import { SyncError } from '../../lib/errors.ts';
import { sentence } from '../../words/told.ts';
import { ActivityReader, type Activities } from './activities.ts';
import {
  automationEntries,
  automationEntry,
  automationPage,
  campaignMessages,
  campaignPage,
  v1Answer,
} from './activity-schemas.ts';
import { expect, type ActiveCampaignClient } from './client.ts';
import { isUnheard } from './creating.ts';
import { PlatformRefusal } from './errors.ts';

export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly status: 'draft' | 'scheduled' | 'sending' | 'paused' | 'stopped' | 'completed' | 'unknown';
  /** ISO, null when it was never sent. */
  readonly sentAt: string | null;
}

export interface Automation {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

export interface CampaignSending {
  readonly campaignId: string;
  readonly email: string;
  /** `send` counts the person among the campaign's recipients; `copy` leaves the campaign as it is. */
  readonly kind: 'send' | 'copy';
}

/** What the record pages offer about one person, beside the sync. Throws only `SyncError`s. */
export interface ActiveCampaignPeople {
  /** @throws SyncError SYNC_RECORD_GONE */
  activities(contactId: string, options: { limit: number }): Promise<Activities>;
  /** All of them, the last sent first. */
  campaigns(): Promise<Campaign[]>;
  automations(): Promise<Automation[]>;
  /**
   * Sends one campaign to one person. People who unsubscribed or whose mail bounces get nothing, which the platform
   * does not tell. A repeat sends again.
   */
  sendCampaign(sending: CampaignSending): Promise<void>;
  addToAutomation(contactId: string, automationId: string): Promise<void>;
}

const STATUSES = ['draft', 'scheduled', 'sending', 'paused', 'stopped', 'completed'] as const;

/** How old an entry of an automation may be to be the work of a call whose answer was lost. */
const RECENT_MS = 5 * 60_000;

export class People implements ActiveCampaignPeople {
  readonly #client: ActiveCampaignClient;
  readonly #siteUrl: string;
  readonly #canSendCampaigns: boolean;

  constructor(
    client: ActiveCampaignClient,
    { siteUrl, canSendCampaigns }: { siteUrl: string; canSendCampaigns: boolean },
  ) {
    this.#client = client;
    this.#siteUrl = siteUrl;
    this.#canSendCampaigns = canSendCampaigns;
  }

  async activities(contactId: string, { limit }: { limit: number }): Promise<Activities> {
    const names = async () => new Map((await this.automations()).map(({ id, name }) => [id, name]));
    return new ActivityReader(this.#client, this.#siteUrl, names).read(contactId, limit);
  }

  async campaigns(): Promise<Campaign[]> {
    const campaigns: Campaign[] = [];
    const pages = this.#client.pages(
      '/campaigns',
      [['orders[sdate]', 'DESC']],
      campaignPage,
      (page) => page.campaigns,
    );
    for await (const page of pages) {
      for (const { id, name, type, status, sdate } of page.campaigns) {
        const sentAt = Date.parse(sdate);
        campaigns.push({
          id,
          name,
          type,
          status: STATUSES[Number(status)] ?? 'unknown',
          sentAt: Number.isNaN(sentAt) ? null : new Date(sentAt).toISOString(),
        });
      }
    }
    return campaigns;
  }

  async automations(): Promise<Automation[]> {
    const automations: Automation[] = [];
    const pages = this.#client.pages('/automations', [], automationPage, (page) => page.automations);
    for await (const page of pages) {
      for (const { id, name, status } of page.automations)
        automations.push({ id, name, active: status === '1' });
    }
    return automations;
  }

  /** Only the older API sends a campaign to one person (API v1, "campaign_send"). */
  async sendCampaign({ campaignId, email, kind }: CampaignSending): Promise<void> {
    if (!this.#canSendCampaigns) {
      throw new SyncError(
        'SYNC_PLATFORM_FORBIDDEN',
        sentence('Sending campaigns to one person is switched off.'),
      );
    }
    const path = `/campaigns/${encodeURIComponent(campaignId)}/campaignMessages`;
    const read = await this.#client.get(path, [], campaignMessages);
    const [message] = read.campaignMessages;
    if (!message)
      throw new SyncError('SYNC_PLATFORM_REFUSED', sentence('The campaign has no message to send.'));
    const fields = {
      email,
      campaignid: campaignId,
      messageid: message.messageid,
      type: 'mime',
      action: kind,
    };
    const { body } = await this.#client.send({
      method: 'POST',
      path: '/admin/api.php',
      query: [
        ['api_action', 'campaign_send'],
        ['api_output', 'json'],
      ],
      body: new URLSearchParams(fields).toString(),
      repeatable: false,
      v1: true,
    });
    const answer = expect(v1Answer, body, 'campaign_send');
    if (answer.result_code !== 1) throw new SyncError('SYNC_PLATFORM_REFUSED', answer.result_message);
  }

  async addToAutomation(contactId: string, automationId: string): Promise<void> {
    const contactAutomation = { contact: contactId, automation: automationId };
    try {
      await this.#client.write('POST', '/contactAutomations', { contactAutomation }, automationEntry, {
        repeatable: false,
      });
    } catch (error) {
      if (error instanceof PlatformRefusal && error.message.includes('SubscriberSeries')) {
        const message = sentence('The automation is not active, or the contact is gone.');
        throw new SyncError('SYNC_PLATFORM_REFUSED', message, { status: error.status });
      }
      if (!isUnheard(error) || !(await this.#hasEntered(contactId, automationId))) throw error;
    }
  }

  async #hasEntered(contactId: string, automationId: string): Promise<boolean> {
    const path = `/contacts/${encodeURIComponent(contactId)}/contactAutomations`;
    const { contactAutomations } = await this.#client.get(path, [], automationEntries);
    const since = this.#client.clock.now() - RECENT_MS;
    return contactAutomations.some(
      ({ automation, seriesid, adddate }) =>
        (automation || seriesid) === automationId && Date.parse(adddate) >= since,
    );
  }
}
