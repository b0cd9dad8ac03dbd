import { Table } from './table.ts';

/** 0 draft, 1 scheduled, 2 sending, 3 paused, 4 stopped, 5 completed. */
export type CampaignStatus = 0 | 1 | 2 | 3 | 4 | 5;

export interface Campaign {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly status: CampaignStatus;
  /** The automation that sends it; 0 for none. */
  readonly automation: number;
  readonly list: number;
  readonly message: number;
  readonly createdAt: number;
  sentAt: number | null;
  lastSentAt: number | null;
  sends: number;
  opens: number;
  linkClicks: number;
  replies: number;
  hardBounces: number;
  softBounces: number;
}

export interface Message {
  readonly id: number;
  readonly subject: string;
  readonly fromName: string;
  readonly fromEmail: string;
  readonly html: string;
  readonly text: string;
  readonly createdAt: number;
}

export interface CampaignLink {
  readonly id: number;
  readonly campaign: number;
  readonly message: number;
  /** A URL, or "open" for the read tracker. */
  readonly url: string;
  readonly name: string;
}

export interface NewCampaign {
  readonly name: string;
  readonly status: CampaignStatus;
  readonly subject: string;
  readonly body: string;
  readonly links: readonly string[];
  readonly automation?: number;
  readonly list?: number;
}

/** Campaigns, each with one message and its links. They are made by seed and control door only. */
export class Campaigns {
  readonly campaigns = new Table<Campaign>();
  readonly messages = new Table<Message>();
  readonly links = new Table<CampaignLink>();

  create(campaign: NewCampaign, at: number): Campaign {
    const message = this.messages.insert((id) => ({
      id,
      subject: campaign.subject,
      fromName: 'Harbour & Field',
      fromEmail: 'hello@harbourfield.example',
      html: `<html><body><h1>${campaign.subject}</h1><p>${campaign.body}</p></body></html>`,
      text: `${campaign.subject}\n\n${campaign.body}`,
      createdAt: at,
    }));
    const row = this.campaigns.insert((id) => ({
      id,
      name: campaign.name,
      type: 'single',
      status: campaign.status,
      automation: campaign.automation ?? 0,
      list: campaign.list ?? 0,
      message: message.id,
      createdAt: at,
      sentAt: campaign.status === 5 ? at : null,
      lastSentAt: campaign.status === 5 ? at : null,
      sends: 0,
      opens: 0,
      linkClicks: 0,
      replies: 0,
      hardBounces: 0,
      softBounces: 0,
    }));
    this.link(row, 'open');
    for (const url of campaign.links) this.link(row, url);
    return row;
  }

  /** The campaign's link to the URL, made when there is none. */
  link(campaign: Campaign, url: string): CampaignLink {
    const known = this.linksOf(campaign).find((link) => link.url === url);
    if (known !== undefined) return known;
    return this.links.insert((id) => ({
      id,
      campaign: campaign.id,
      message: campaign.message,
      url,
      name: url === 'open' ? 'Read Tracker' : '',
    }));
  }

  linksOf(campaign: Campaign): CampaignLink[] {
    return this.links.all().filter((link) => link.campaign === campaign.id);
  }
}
