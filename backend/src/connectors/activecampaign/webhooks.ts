import { parse } from 'qs';
import { z } from 'zod';
import { SyncError } from '../../lib/errors.ts';
import { sentence } from '../../words/told.ts';
import type { ActiveCampaignClient } from './client.ts';
import { createOnce } from './creating.ts';
import { id } from './schemas.ts';

/** What we want to hear of: contacts and accounts that came or changed, and tags that ask for a record. */
const EVENTS = [
  'subscribe',
  'unsubscribe',
  'update',
  'contact_tag_added',
  'account_add',
  'account_update',
  'account_contact_add',
  'account_contact_update',
];

/** Everyone but the API: what we write ourselves is no news (API reference, "Webhooks"). */
const SOURCES = ['public', 'admin', 'system'];

const webhook = z.object({ id, url: z.string() });
const webhookPage = z.object({ webhooks: z.array(webhook) });
const savedWebhook = z.object({ webhook });

/** The webhooks of an account that lead to us. */
export class Webhooks {
  readonly #client: ActiveCampaignClient;

  constructor(client: ActiveCampaignClient) {
    this.#client = client;
  }

  /** Registers a webhook at the address, unless there is one. @returns its id */
  async register(name: string, url: string): Promise<string> {
    const [known] = await this.at(url);
    if (known !== undefined) return known;
    const content = { webhook: { name, url, events: EVENTS, sources: SOURCES } };
    const create = async (): Promise<string> => {
      const { body } = await this.#client.write('POST', '/webhooks', content, savedWebhook, {
        repeatable: false,
      });
      return body.webhook.id;
    };
    return (await createOnce(this.#client, create, async () => (await this.at(url))[0])).id;
  }

  /** Ids of the webhooks at the address. The filter is not relied on: unknown ones are ignored by the vendor. */
  async at(url: string): Promise<string[]> {
    const ids: string[] = [];
    const pages = this.#client.pages(
      '/webhooks',
      [['filters[url]', url]],
      webhookPage,
      (page) => page.webhooks,
    );
    for await (const { webhooks } of pages) {
      for (const hook of webhooks) if (hook.url === url) ids.push(hook.id);
    }
    return ids;
  }

  async remove(url: string): Promise<void> {
    for (const hook of await this.at(url)) {
      await this.#client.send({ method: 'DELETE', path: `/webhooks/${hook}`, repeatable: true });
    }
  }
}

/** What a delivery hints at: where to look, never what to believe. */
export interface WebhookHint {
  /** The event's type; null for an automation's webhook step, which names none. */
  readonly type: string | null;
  readonly contactId: string | null;
  readonly email: string | null;
  /** The tag that was added or removed, by name. */
  readonly tag: string | null;
  /** The automation whose webhook step it is. */
  readonly automationId: string | null;
  /** An account of the platform's CRM. */
  readonly accountId: string | null;
}

const part = z.string().min(1).max(1_000).nullable().catch(null);
const number = z
  .string()
  .regex(/^[1-9]\d{0,18}$/)
  .nullable()
  .catch(null);

const delivery = z.object({
  type: part,
  tag: part,
  seriesid: number,
  customer_acct_id: number,
  contact: z.object({ id: number, email: part }).catch({ id: null, email: null }),
  account: z.object({ id: number }).catch({ id: null }),
});

const FORM = 'application/x-www-form-urlencoded';

/**
 * Reads a delivery's form body with its bracketed keys (API reference, "Webhooks"; automations' webhook steps send
 * the same without type and time). Nothing in it is signed.
 * @throws SyncError SYNC_MEDIA_TYPE_UNSUPPORTED for one that is no form, SYNC_HOOK_MALFORMED for a body that names neither a contact nor an account
 */
export function parseWebhook(contentType: string | undefined, rawBody: Buffer | string): WebhookHint {
  if (contentType?.split(';')[0]?.trim().toLowerCase() !== FORM) {
    throw new SyncError(
      'SYNC_MEDIA_TYPE_UNSUPPORTED',
      sentence('A webhook is form-encoded ({type}).', { type: FORM }),
    );
  }
  const form = parse(rawBody.toString(), {
    // Field ids stay keys: as places in a list they would be lost, or make one of any length.
    parseArrays: false,
    allowPrototypes: false,
    plainObjects: true,
    depth: 3,
    parameterLimit: 5_000,
  });
  const parsed = delivery.safeParse({ ...form });
  if (!parsed.success) throw new SyncError('SYNC_HOOK_MALFORMED', sentence('The webhook cannot be read.'));
  const { type, tag, seriesid, customer_acct_id, contact, account } = parsed.data;
  if (contact.id === null && account.id === null) {
    throw new SyncError(
      'SYNC_HOOK_MALFORMED',
      sentence('The webhook names neither a contact nor an account.'),
    );
  }
  return {
    type,
    contactId: contact.id,
    email: contact.email?.toLowerCase() ?? null,
    tag,
    automationId: seriesid,
    accountId: account.id ?? customer_acct_id,
  };
}
