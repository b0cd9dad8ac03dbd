import type { Connector } from '../connector.ts';
import { explained, explainedList } from './access.ts';
import { Accounts } from './accounts.ts';
import { check } from './check.ts';
import { ActiveCampaignClient, type ClientOptions } from './client.ts';
import { describeContacts } from './contact-fields.ts';
import { ContactWriter } from './contact-writer.ts';
import { readContacts, readContactsByIds } from './contacts.ts';
import { ImportReports, type ImportSignals } from './import-queue.ts';
import { manifest } from './manifest.ts';
import { Newcomers } from './newcomers.ts';
import { People, type ActiveCampaignPeople } from './people.ts';
import { Relations } from './relations.ts';
import { Tags } from './tags.ts';
import { Webhooks } from './webhooks.ts';

export interface ActiveCampaignOptions extends ClientOptions {
  readonly imports: ImportSignals;
  /** The highest contact id known to the caller, null where it knows none. */
  readonly highestContactId?: () => Promise<string | null>;
  /** Whether the older API may send a campaign to one person. */
  readonly canSendCampaigns?: boolean;
}

/** Throws only `SyncError`s. */
export interface ActiveCampaign extends Connector, ActiveCampaignPeople {
  /** The account's webhooks that lead to an address of ours. */
  readonly webhooks: {
    /** Registers one, unless there is one. @returns its id */
    register(name: string, url: string): Promise<string>;
    /** Ids of those at the address. */
    at(url: string): Promise<string[]>;
    remove(url: string): Promise<void>;
  };
}

/**
 * One ActiveCampaign account.
 * @throws SyncError SYNC_HOST_NOT_ALLOWED for an address that credentials may not be sent to
 */
export function createActiveCampaign(options: ActiveCampaignOptions): ActiveCampaign {
  const client = new ActiveCampaignClient(options);
  const accounts = new Accounts(client);
  const writer = new ContactWriter({
    client,
    reports: new ImportReports(options.imports),
    newcomers: new Newcomers(client, options.highestContactId ?? (async () => null)),
    tags: new Tags(client),
    relations: new Relations(client, accounts),
  });
  const webhooks = new Webhooks(client);
  const people = new People(client, {
    siteUrl: siteOf(options.baseUrl),
    canSendCampaigns: options.canSendCampaigns ?? true,
  });
  const call = <T>(work: () => Promise<T>): Promise<T> => explained(client, work);
  const list = <T>(work: () => Promise<T>): Promise<T> => explainedList(client, work);

  return {
    manifest,
    check: () => call(() => check(client, new URL(options.baseUrl).hostname)),
    describe: (object, how) =>
      list(() => (object === 'contact' ? describeContacts(client, how) : accounts.describe())),
    readContacts: (cursor, atMost) => list(() => readContacts(client, cursor, atMost)),
    readContactsByIds: (ids) => list(() => readContactsByIds(client, ids)),
    writeContacts: (writes, how) => call(() => writer.write(writes, how)),
    tagContacts: (tag, contacts) =>
      call(() =>
        writer.write(
          contacts.map(({ id, email }) => ({ ref: id, id, email, values: {}, addTags: [tag] })),
          { backfill: false },
        ),
      ),
    readAccounts: (after) => list(() => accounts.read(after)),
    writeAccounts: (writes) => call(() => accounts.write(writes)),
    webhooks: {
      register: (name, url) => call(() => webhooks.register(name, url)),
      at: (url) => call(() => webhooks.at(url)),
      remove: (url) => call(() => webhooks.remove(url)),
    },
    activities: (contactId, how) => call(() => people.activities(contactId, how)),
    campaigns: () => call(() => people.campaigns()),
    automations: () => call(() => people.automations()),
    sendCampaign: (sending) => call(() => people.sendCampaign(sending)),
    addToAutomation: (contactId, automationId) => call(() => people.addToAutomation(contactId, automationId)),
  };
}

/** The account's own site, where its pages are: the API may live under another name of the same account. */
function siteOf(baseUrl: string): string {
  const { protocol, host } = new URL(baseUrl);
  return `${protocol}//${host.replace(/\.api-us1\.com$/, '.activehosted.com')}`;
}
