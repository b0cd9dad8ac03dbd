import { catalogue, SyncError } from '../../lib/errors.ts';
import { sentence } from '../../words/told.ts';
import { explain } from './access.ts';
import type { ActiveCampaignClient } from './client.ts';
import { createOnce } from './creating.ts';
import { PlatformRefusal } from './errors.ts';
import { anything, savedTag, tagPage } from './schemas.ts';

/** Tags by name. Ids are kept for the life of the connector: a tag's id never changes. */
export class Tags {
  readonly #client: ActiveCampaignClient;
  readonly #ids = new Map<string, Promise<string>>();

  constructor(client: ActiveCampaignClient) {
    this.#client = client;
  }

  /**
   * Adds a tag to a contact; nothing happens to one that has it.
   * @throws SyncError SYNC_PLATFORM_TAGS_REFUSED where not the contact is the matter
   */
  async add(contactId: string, name: string): Promise<void> {
    const contactTag = { contact: contactId, tag: await this.#id(name) };
    try {
      await this.#client.write('POST', '/contactTags', { contactTag }, anything, { repeatable: true });
    } catch (error) {
      const isOfContact = !(error instanceof PlatformRefusal) || error.status !== 403;
      throw isOfContact ? error : await this.#refused(error);
    }
  }

  #id(name: string): Promise<string> {
    const known = this.#ids.get(name);
    if (known) return known;
    const id = this.#obtain(name);
    this.#ids.set(name, id);
    id.catch(() => this.#ids.delete(name));
    return id;
  }

  async #obtain(name: string): Promise<string> {
    try {
      return await this.#findOrCreate(name);
    } catch (error) {
      throw error instanceof PlatformRefusal ? await this.#refused(error) : error;
    }
  }

  async #refused(refusal: PlatformRefusal): Promise<SyncError> {
    const known = await explain(this.#client, refusal);
    if (known.code === 'SYNC_PLATFORM_UNAUTHORIZED') return known;
    const { meaning } = catalogue.SYNC_PLATFORM_TAGS_REFUSED;
    const told = sentence('{meaning} {words}', { meaning, words: known.told });
    return new SyncError('SYNC_PLATFORM_TAGS_REFUSED', told, {}, { cause: known });
  }

  async #findOrCreate(name: string): Promise<string> {
    const known = await this.#find(name);
    if (known !== undefined) return known;
    const tag = { tag: name, tagType: 'contact', description: '' };
    const create = async (): Promise<string> => {
      const { body } = await this.#client.write('POST', '/tags', { tag }, savedTag, { repeatable: false });
      return body.tag.id;
    };
    return (await createOnce(this.#client, create, () => this.#find(name))).id;
  }

  /** The search is for a part of the name; names are one whatever their letter case, the exact one first. */
  async #find(name: string): Promise<string | undefined> {
    let similar: string | undefined;
    const pages = this.#client.pages('/tags', [['search', name]], tagPage, (page) => page.tags);
    for await (const { tags } of pages) {
      const exact = tags.find(({ tag }) => tag === name);
      if (exact) return exact.id;
      similar ??= tags.find(({ tag }) => tag.toLowerCase() === name.toLowerCase())?.id;
    }
    return similar;
  }
}
