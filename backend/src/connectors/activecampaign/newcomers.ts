import pLimit from 'p-limit';
import type { z } from 'zod';
import type { ActiveCampaignClient } from './client.ts';
import { manifest } from './manifest.ts';
import { identityPage } from './schemas.ts';

const { readPage } = manifest.limits;
const PAGES_AT_ONCE = 4;

/**
 * Learns the ids of contacts that imports created, as the vendor tells ids and emails apart but never together.
 * Ids only grow, so the newcomers are the contacts above the highest id known before: each is read once, a hundred
 * to a call, whatever number of imports they came by. Several lists of contacts may be written at once: what is read
 * for one of them is known to all.
 */
export class Newcomers {
  readonly #client: ActiveCampaignClient;
  readonly #expected = new Set<string>();
  readonly #found = new Map<string, string>();
  readonly #highestKnown: () => Promise<string | null>;
  readonly #oneByOne = pLimit(1);
  #after: string | null = null;

  /** @param highestKnown the highest contact id known to the caller; null where it knows none */
  constructor(client: ActiveCampaignClient, highestKnown: () => Promise<string | null>) {
    this.#client = client;
    this.#highestKnown = highestKnown;
  }

  /**
   * Has to be told before their imports are sent. Whom earlier imports brought has been read already and is not
   * read again. @param emails lower case, none of which is expected already
   */
  async expect(emails: readonly string[]): Promise<void> {
    if (emails.length === 0) return;
    for (const email of emails) this.#expected.add(email);
    if (this.#after !== null) return;
    await this.#oneByOne(async () => {
      this.#after ??= (await this.#highestKnown()) ?? (await highestContactId(this.#client));
    });
  }

  /** To be told when their imports are settled, whatever became of them. */
  forget(emails: readonly string[]): void {
    for (const email of emails) {
      this.#expected.delete(email);
      this.#found.delete(email);
    }
  }

  /** The id of an expected contact, if it was read by now. Told once. */
  take(email: string): string | undefined {
    const id = this.#found.get(email);
    this.#found.delete(email);
    return id;
  }

  /**
   * Reads on, several pages at once where so many contacts are missing, unless what another list has read meanwhile is
   * enough.
   * @param missing how many the caller needs, 0 when it has enough
   * @returns whether there are no newer contacts by now
   */
  readOn(missing: () => number): Promise<boolean> {
    return this.#oneByOne(async () => {
      const needed = missing();
      return needed > 0 && this.#readPages(Math.max(1, Math.floor(needed / readPage)));
    });
  }

  /**
   * Pages that are counted from the same contact do not wait for each other. Whoever slips from one to the next while
   * somebody is deleted is not found here, but by the import's own report.
   */
  async #readPages(count: number): Promise<boolean> {
    const after = this.#after ?? '0';
    const offsets = Array.from({ length: Math.min(count, PAGES_AT_ONCE) }, (_, page) => page * readPage);
    const pages = await Promise.all(offsets.map((offset) => this.#readPage(after, offset)));
    for (const contacts of pages) {
      for (const { id, email } of contacts) {
        const key = email.toLowerCase();
        if (this.#expected.delete(key)) this.#found.set(key, id);
      }
      this.#after = contacts.at(-1)?.id ?? this.#after;
      if (contacts.length < readPage) return true;
    }
    return false;
  }

  async #readPage(after: string, offset: number): Promise<z.output<typeof identityPage>['contacts']> {
    const query = [
      ['orders[id]', 'ASC'],
      ['id_greater', after],
      ['limit', String(readPage)],
      ...(offset === 0 ? [] : [['offset', String(offset)] as const]),
    ] as const;
    return (await this.#client.get('/contacts', query, identityPage)).contacts;
  }
}

/** The highest contact id there is, `0` for none. */
async function highestContactId(client: ActiveCampaignClient): Promise<string> {
  const query = [
    ['orders[id]', 'DESC'],
    ['limit', '1'],
  ] as const;
  const { contacts } = await client.get('/contacts', query, identityPage);
  return contacts[0]?.id ?? '0';
}
