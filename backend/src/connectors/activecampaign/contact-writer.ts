import { catalogue, isSyncError } from '../../lib/errors.ts';
import { partition, waves } from '../../lib/lists.ts';
import { Outcomes } from '../../lib/outcomes.ts';
import { sentence } from '../../words/told.ts';
import type { ContactWrite, SavedContact, WriteOptions, WriteOutcome } from '../connector.ts';
import { toSingle, unknownKey } from './contact-json.ts';
import { failedItem } from './access.ts';
import { failed, PlatformRefusal } from './errors.ts';
import { isTooLarge, toImportItem } from './import-batches.ts';
import { Importer, type ImporterOptions } from './imports.ts';
import { manifest } from './manifest.ts';
import type { Relations } from './relations.ts';
import { orderRenames, passingAddress } from './renames.ts';
import { savedContact } from './schemas.ts';
import type { Tags } from './tags.ts';

export interface WriterOptions extends ImporterOptions {
  readonly tags: Tags;
  readonly relations: Relations;
}

interface Item {
  readonly index: number;
  readonly write: ContactWrite;
}

/**
 * Writes contacts by the door that fits: a changed email by id, ten or more by imports, fewer one by one. A backfill
 * goes by imports whatever its size, as only they can leave automations out. Several lists may be
 * written at once, if none of their contacts is the same.
 */
export class ContactWriter {
  readonly #options: WriterOptions;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /**
   * One outcome for every write, in their order.
   * @throws SyncError when the connection failed before anything was written
   */
  async write(writes: readonly ContactWrite[], options: WriteOptions): Promise<WriteOutcome[]> {
    const outcomes = new Outcomes<WriteOutcome>(
      writes.length,
      (outcome) => outcome.kind === 'written' || outcome.saved !== undefined,
    );
    const items = this.#known(writes, outcomes);
    let reason = failed(
      '',
      'SYNC_PLATFORM_ANSWER_UNEXPECTED',
      sentence('ActiveCampaign said nothing of this contact.'),
    );
    try {
      const [renamed, others] = partition(items, ({ write }) => write.newEmail !== undefined);
      await this.#rename(renamed, options, outcomes);
      for (const wave of waves(others, ({ write }) => write.email.toLowerCase())) {
        await this.#writeWave(wave, options, outcomes);
      }
    } catch (error) {
      if (!isSyncError(error) || !outcomes.written) throw error;
      this.#options.client.logger?.warn({ code: error.code }, 'Writing contacts ended early');
      reason = failed('', error.code, error.told);
    }
    return outcomes.complete((index) => ({ ...reason, ref: writes[index]?.ref ?? '' }));
  }

  /** A write that names what is no field fails at once; the vendor would pass over the field in silence. */
  #known(writes: readonly ContactWrite[], outcomes: Outcomes<WriteOutcome>): Item[] {
    const items = writes.map((write, index) => ({ index, write }));
    return items.filter(({ index, write }) => {
      const key = unknownKey(write.values);
      if (key === undefined) return true;
      outcomes.settle(
        index,
        failed(
          write.ref,
          'SYNC_PLATFORM_FIELD_UNKNOWN',
          sentence('There is no contact field {field}.', { field: key }),
        ),
      );
      return false;
    });
  }

  async #writeWave(
    items: readonly Item[],
    options: WriteOptions,
    outcomes: Outcomes<WriteOutcome>,
  ): Promise<void> {
    const { backfill } = options;
    const isBulk = backfill || items.length >= manifest.limits.bulkFrom;
    const wave = isBulk ? await this.#stillMeant(items, options, outcomes) : items;
    const imported = isBulk ? wave.map(({ index, write }) => toImportItem(index, write)) : [];
    const [large, fit] = partition(imported, isTooLarge);
    const importer = new Importer(this.#options, outcomes, { excludeAutomations: backfill });
    if (fit.length > 0) await importer.write(fit);
    for (const { index, write } of fit) {
      // An import can relate a contact to an account, but not take it out of one.
      if (write.accountName === null) await this.#unrelate({ index, write }, outcomes);
    }
    for (const item of isBulk ? large : wave) await this.#single(item, options, outcomes);
  }

  /**
   * An address is free once the contact that had it has its new one. In a ring nobody can begin: the last to move
   * waits at an address of nobody's meanwhile, and goes back if it cannot have the new one after all.
   */
  async #rename(
    items: readonly Item[],
    options: WriteOptions,
    outcomes: Outcomes<WriteOutcome>,
  ): Promise<void> {
    const renamings = items.map((item) => ({
      item,
      from: item.write.email.toLowerCase(),
      to: (item.write.newEmail ?? '').toLowerCase(),
    }));
    for (const { items: step, isRing } of orderRenames(renamings)) {
      const last = isRing ? step.at(-1)?.write : undefined;
      if (last?.id != null) await this.#move(last.id, passingAddress(last.id));
      for (const item of step) await this.#single(item, options, outcomes);
      const index = step.at(-1)?.index ?? -1;
      const outcome = outcomes.at(index);
      const isRefused = outcome?.kind === 'failed' && outcome.saved === undefined;
      if (last?.id != null && isRefused) await this.#move(last.id, last.email);
    }
  }

  /** Where the address cannot be had, the contact's own write tells why. */
  async #move(id: string, email: string): Promise<void> {
    try {
      const contact = { contact: { email } };
      await this.#options.client.write('PUT', `/contacts/${id}`, contact, savedContact, { repeatable: true });
    } catch (error) {
      if (!(error instanceof PlatformRefusal)) throw error;
    }
  }

  /** Without the contacts whose record turned out to have changed since it was planned what to write to them. */
  async #stillMeant(
    items: readonly Item[],
    { stillMeant }: WriteOptions,
    outcomes: Outcomes<WriteOutcome>,
  ): Promise<readonly Item[]> {
    const refs = items.flatMap(({ write }) => (write.id === null ? [] : [write.ref]));
    if (stillMeant === undefined || refs.length === 0) return items;
    const meant = await stillMeant(refs);
    const [kept, overtaken] = partition(items, ({ write }) => write.id === null || meant.has(write.ref));
    const { meaning } = catalogue.SYNC_PLATFORM_WRITE_OVERTAKEN;
    for (const { index, write } of overtaken)
      outcomes.settle(index, failed(write.ref, 'SYNC_PLATFORM_WRITE_OVERTAKEN', meaning));
    return kept;
  }

  async #single(item: Item, options: WriteOptions, outcomes: Outcomes<WriteOutcome>): Promise<void> {
    const { index, write } = item;
    const { ref, accountName, addTags } = write;
    if ((await this.#stillMeant([item], options, outcomes)).length === 0) return;
    let saved: SavedContact | undefined;
    try {
      saved = await this.#save(write);
      for (const tag of addTags) await this.#options.tags.add(saved.id, tag);
      if (accountName !== undefined && !(saved.created && accountName === null)) {
        await this.#options.relations.set(saved.id, accountName);
      }
      outcomes.settle(index, { ref, kind: 'written', ...saved });
    } catch (error) {
      // Of a write of tags alone nothing was saved.
      const isOfValues = write.id === null || write.newEmail !== undefined || hasKeys(write.values);
      await this.#fail(item, error, isOfValues ? saved : undefined, outcomes);
    }
  }

  /** Where the connection is what failed, so do all writes; but a contact that was saved is told of before. */
  async #fail(
    { index, write: { ref } }: Item,
    error: unknown,
    saved: SavedContact | undefined,
    outcomes: Outcomes<WriteOutcome>,
  ): Promise<void> {
    const told = saved === undefined ? {} : { saved };
    try {
      outcomes.settle(index, { ...(await failedItem(this.#options.client, ref, error)), ...told });
    } catch (reason) {
      if (saved !== undefined && isSyncError(reason))
        outcomes.settle(index, { ...failed(ref, reason.code, reason.told), saved });
      throw reason;
    }
  }

  async #save(write: ContactWrite): Promise<SavedContact> {
    const { client } = this.#options;
    const values = toSingle(write.values);
    if (write.id === null) {
      const contact = { email: write.email, ...values };
      const answer = await client.write('POST', '/contact/sync', { contact }, savedContact, {
        repeatable: true,
      });
      return { id: answer.body.contact.id, created: answer.status === 201 };
    }
    const contact = write.newEmail === undefined ? values : { email: write.newEmail, ...values };
    if (Object.keys(contact).length > 0) {
      await client.write('PUT', `/contacts/${write.id}`, { contact }, savedContact, { repeatable: true });
    }
    return { id: write.id, created: false };
  }

  async #unrelate({ index, write }: Item, outcomes: Outcomes<WriteOutcome>): Promise<void> {
    const outcome = outcomes.at(index);
    if (outcome?.kind !== 'written' || outcome.created) return;
    try {
      await this.#options.relations.set(outcome.id, null);
    } catch (error) {
      await this.#fail({ index, write }, error, { id: outcome.id, created: false }, outcomes);
    }
  }
}

function hasKeys(values: ContactWrite['values']): boolean {
  return Object.keys(values).length > 0;
}
