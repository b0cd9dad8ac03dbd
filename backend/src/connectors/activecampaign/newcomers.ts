import type { ActiveCampaignClient } from './client.ts';
import { manifest } from './manifest.ts';
import { identityPage } from './schemas.ts';

/**
 * Learns the ids of contacts that imports created, as the vendor tells ids and emails apart but never together.
 * Ids only grow, so the newcomers are the contacts above the highest id known before: each is read once, a hundred
 * to a call, whatever number of imports they came by.
 */
export class Newcomers {
  readonly #client: ActiveCampaignClient;
  readonly #expected = new Set<string>();
  readonly #found = new Map<string, string>();
  #after: string;

  /** @param after the highest contact id before the first import */
  constructor(client: ActiveCampaignClient, after: string) {
    this.#client = client;
    this.#after = after;
  }

  /** Has to be told before the import is sent. @param email lower case */
  expect(email: string): void {
    this.#expected.add(email);
  }

  /** The id of an expected contact, if it was read by now. Told once. */
  take(email: string): string | undefined {
    const id = this.#found.get(email);
    this.#found.delete(email);
    return id;
  }

  /** Reads the next hundred. @returns whether there are no newer contacts by now */
  async readOn(): Promise<boolean> {
    const { readPage } = manifest.limits;
    const query = [
      ['orders[id]', 'ASC'],
      ['id_greater', this.#after],
      ['limit', String(readPage)],
    ] as const;
    const { contacts } = await this.#client.get('/contacts', query, identityPage);
    for (const { id, email } of contacts) {
      const key = email.toLowerCase();
      if (this.#expected.delete(key)) this.#found.set(key, id);
    }
    this.#after = contacts.at(-1)?.id ?? this.#after;
    return contacts.length < readPage;
  }
}

/** The highest contact id there is, `0` for none. */
export async function highestContactId(client: ActiveCampaignClient): Promise<string> {
  const query = [
    ['orders[id]', 'DESC'],
    ['limit', '1'],
  ] as const;
  const { contacts } = await client.get('/contacts', query, identityPage);
  return contacts[0]?.id ?? '0';
}
