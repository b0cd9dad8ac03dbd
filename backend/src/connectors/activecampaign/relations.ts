import type { ActiveCampaignClient } from './client.ts';
import { PlatformRefusal } from './errors.ts';
import type { Accounts } from './accounts.ts';
import { anything, relationPage } from './schemas.ts';

/** Which account a contact belongs to: one at most (API reference, "Account Contacts"). */
export class Relations {
  readonly #client: ActiveCampaignClient;
  readonly #accounts: Accounts;

  constructor(client: ActiveCampaignClient, accounts: Accounts) {
    this.#client = client;
    this.#accounts = accounts;
  }

  /** Relates the contact to the account of that name, which is made if need be; null takes it out of any. */
  async set(contactId: string, accountName: string | null): Promise<void> {
    if (accountName === null) return this.#remove(contactId);
    const account = await this.#accounts.idOf(accountName);
    const current = await this.#find(contactId);
    if (current?.account === account) return;
    const content = { accountContact: { contact: contactId, account } };
    try {
      if (current) {
        await this.#client.write('PUT', `/accountContacts/${current.id}`, content, anything, {
          repeatable: true,
        });
      } else await this.#client.write('POST', '/accountContacts', content, anything, { repeatable: true });
    } catch (error) {
      if (!(error instanceof PlatformRefusal)) throw error;
      // A lost answer that was repeated meets its own work; and a remembered account may be gone.
      if ((await this.#find(contactId))?.account === account) return;
      this.#accounts.forget(accountName);
      throw error;
    }
  }

  async #remove(contactId: string): Promise<void> {
    const current = await this.#find(contactId);
    if (!current) return;
    await this.#client.send({ method: 'DELETE', path: `/accountContacts/${current.id}`, repeatable: true });
  }

  async #find(contactId: string): Promise<{ id: string; account: string } | undefined> {
    const query = [['filters[contact]', contactId]] as const;
    const { accountContacts } = await this.#client.get('/accountContacts', query, relationPage);
    return accountContacts[0];
  }
}
