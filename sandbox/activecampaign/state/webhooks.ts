import { sources } from './actor.ts';
import type { Source } from './actor.ts';
import type { AccountEvent } from './events.ts';
import { Table } from './table.ts';

/** The events that the vendor lists. */
export const listedEvents = [
  'bounce',
  'click',
  'contact_tag_added',
  'contact_tag_removed',
  'deal_add',
  'deal_note_add',
  'deal_pipeline_add',
  'deal_stage_add',
  'deal_task_add',
  'deal_task_complete',
  'deal_tasktype_add',
  'deal_update',
  'forward',
  'list_add',
  'open',
  'reply',
  'sent',
  'share',
  'sms_reply',
  'sms_sent',
  'sms_unsub',
  'subscribe',
  'subscriber_note',
  'unsubscribe',
  'update',
] as const;

/** Accepted too, though not listed. */
const unlistedEvents = [
  'account_add',
  'account_update',
  'account_contact_add',
  'account_contact_update',
  'contact_task_add',
] as const;

const knownEvents: ReadonlySet<string> = new Set([...listedEvents, ...unlistedEvents]);
const knownSources: ReadonlySet<string> = new Set(sources);

export interface Webhook {
  readonly id: number;
  name: string;
  url: string;
  events: string[];
  sources: Source[];
  list: number;
  readonly createdAt: number;
  /** False for good once the receiver answered 410. */
  active: boolean;
}

export class Webhooks {
  readonly webhooks = new Table<Webhook>();

  create(webhook: Omit<Webhook, 'id' | 'createdAt' | 'active'>, at: number): Webhook {
    return this.webhooks.insert((id) => ({ ...webhook, id, createdAt: at, active: true }));
  }

  /** Those that want to hear of the event. Mass operations fire none. */
  wanting(event: AccountEvent): Webhook[] {
    if (event.actor.mass === true || this.webhooks.size === 0) return [];
    return this.webhooks
      .all()
      .filter(
        (webhook) =>
          webhook.active &&
          webhook.events.includes(event.type) &&
          webhook.sources.includes(event.actor.source) &&
          concernsList(webhook.list, event),
      );
  }
}

function concernsList(list: number, event: AccountEvent): boolean {
  if (list === 0) return true;
  if ('list' in event) return (typeof event.list === 'number' ? event.list : event.list.id) === list;
  return 'contact' in event && event.contact.lists.some((row) => row.list === list && row.status === 1);
}

export function isKnownEvent(name: string): boolean {
  return knownEvents.has(name);
}

export function isSource(name: string): name is Source {
  return knownSources.has(name);
}

/** https on port 443; on loopback also plain http, on any port, which the real vendor does not allow. */
export function isAllowedUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.protocol === 'https:') return url.port === '';
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}
