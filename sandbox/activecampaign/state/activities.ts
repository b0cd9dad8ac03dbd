import type { Actor } from './actor.ts';
import type { Campaign, Campaigns } from './campaigns.ts';
import type { Contact } from './contacts.ts';
import type { Events } from './events.ts';
import { Table } from './table.ts';

export const activityKinds = ['sent', 'open', 'click', 'reply', 'bounce'] as const;

export type ActivityKind = (typeof activityKinds)[number];

/** Something between a campaign and a contact. */
export interface Activity {
  readonly id: number;
  readonly kind: ActivityKind;
  readonly contact: number;
  readonly campaign: number;
  readonly message: number;
  /** The campaign link that was clicked, or the read tracker of an open; 0 otherwise. */
  readonly link: number;
  readonly url: string;
  /** Of a reply. */
  readonly subject: string;
  readonly body: string;
  readonly at: number;
}

export interface NewActivity {
  readonly kind: ActivityKind;
  readonly campaign: Campaign;
  readonly url?: string;
  readonly subject?: string;
  readonly body?: string;
  readonly at: number;
}

/** What contacts did with campaigns, by contact. */
export class Activities {
  readonly activities = new Table<Activity>();
  readonly #byContact = new Map<number, Activity[]>();
  readonly #retrievedAt = new Map<number, number>();
  readonly #campaigns: Campaigns;
  readonly #events: Events;

  constructor(campaigns: Campaigns, events: Events) {
    this.#campaigns = campaigns;
    this.#events = events;
  }

  add(contact: Contact, activity: NewActivity, actor: Actor): Activity {
    const { kind, campaign } = activity;
    const url = kind === 'open' ? 'open' : (activity.url ?? '');
    const link = kind === 'open' || kind === 'click' ? this.#campaigns.link(campaign, url).id : 0;
    const row = this.activities.insert((id) => ({
      id,
      kind,
      contact: contact.id,
      campaign: campaign.id,
      message: campaign.message,
      link,
      url,
      subject: activity.subject ?? '',
      body: activity.body ?? '',
      at: activity.at,
    }));
    const rows = this.#byContact.get(contact.id);
    if (rows === undefined) this.#byContact.set(contact.id, [row]);
    else rows.push(row);
    count(campaign, kind);
    if (kind === 'bounce') contact.hardBounces += 1;
    this.#events.emit({ type: kind, contact, activity: row, actor, at: activity.at });
    return row;
  }

  of(contact: number): readonly Activity[] {
    return this.#byContact.get(contact) ?? [];
  }

  /** Notes that the contact was read by id: the vendor generates its activity stream up to that moment. */
  retrieve(contact: number, at: number): void {
    this.#retrievedAt.set(contact, at);
  }

  /** The generated stream: nothing before the contact was ever read by id, nothing later than the last such read. */
  stream(contact: number): readonly Activity[] {
    const until = this.#retrievedAt.get(contact);
    return until === undefined ? [] : this.of(contact).filter((activity) => activity.at <= until);
  }

  forget(contact: number): void {
    for (const activity of this.of(contact)) this.activities.delete(activity.id);
    this.#byContact.delete(contact);
  }
}

function count(campaign: Campaign, kind: ActivityKind): void {
  if (kind === 'open') campaign.opens += 1;
  if (kind === 'click') campaign.linkClicks += 1;
  if (kind === 'reply') campaign.replies += 1;
  if (kind === 'bounce') campaign.hardBounces += 1;
}
