import { catalogue, isSyncError, type SyncError } from '../../lib/errors.ts';
import { partition, waves } from '../../lib/lists.ts';
import { Outcomes } from '../../lib/outcomes.ts';
import { sentence } from '../../words/told.ts';
import type { ContactWrite, FailedWrite, SavedContact, WriteOptions, WriteOutcome } from '../connector.ts';
import { toSingle, unknownKey } from './contact-json.ts';
import { failedItem } from './access.ts';
import { NotMeant } from './client.ts';
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

/** A write that did not come to its end, and the contact that it had saved by then. */
interface Attempt extends Item {
  readonly saved?: SavedContact;
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
      reason = untried('', error);
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
    // An import can relate a contact to an account, but not take it out of one.
    await this.#unrelate(
      fit.filter(({ write }) => write.accountName === null),
      outcomes,
    );
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
    const [kept, others] = partition(items, ({ write }) => write.id === null || meant.has(write.ref));
    for (const { index, write } of others) outcomes.settle(index, overtaken(write.ref));
    return kept;
  }

  async #single(item: Item, options: WriteOptions, outcomes: Outcomes<WriteOutcome>): Promise<void> {
    const { index, write } = item;
    const { ref, accountName, addTags } = write;
    let saved: SavedContact | undefined;
    try {
      saved = await this.#save(write, options);
      for (const tag of addTags) await this.#options.tags.add(saved.id, tag);
      if (accountName !== undefined && !(saved.created && accountName === null)) {
        await this.#options.relations.set(saved.id, accountName);
      }
      outcomes.settle(index, { ref, kind: 'written', ...saved });
    } catch (error) {
      if (error instanceof NotMeant) return outcomes.settle(index, overtaken(ref));
      // Of a write of tags alone nothing was saved.
      const isOfValues =
        write.id === null || write.newEmail !== undefined || Object.keys(write.values).length > 0;
      const attempt: Attempt = isOfValues && saved !== undefined ? { ...item, saved } : item;
      await this.#fail([attempt], error, outcomes);
    }
  }

  /**
   * Settles the first of some writes as failed. Where the connection is what failed, so have the others and all writes
   * that are left; but of contacts that were saved that is told before.
   */
  async #fail(
    [first, ...others]: readonly [Attempt, ...Attempt[]],
    error: unknown,
    outcomes: Outcomes<WriteOutcome>,
  ): Promise<void> {
    const settle = ({ index, saved }: Attempt, failure: FailedWrite): void =>
      outcomes.settle(index, saved === undefined ? failure : { ...failure, saved });
    try {
      settle(first, await failedItem(this.#options.client, first.write.ref, error));
    } catch (reason) {
      if (isSyncError(reason))
        for (const attempt of [first, ...others])
          if (attempt.saved !== undefined) settle(attempt, untried(attempt.write.ref, reason));
      throw reason;
    }
  }

  /** @throws NotMeant */
  async #save(write: ContactWrite, { stillMeant }: WriteOptions): Promise<SavedContact> {
    const { client } = this.#options;
    const values = toSingle(write.values);
    const isMeant = stillMeant && (async () => (await stillMeant([write.ref])).has(write.ref));
    const how = { repeatable: true, isMeant };
    if (write.id === null) {
      const contact = { email: write.email, ...values };
      const answer = await client.write('POST', '/contact/sync', { contact }, savedContact, how);
      return { id: answer.body.contact.id, created: answer.status === 201 };
    }
    const contact = write.newEmail === undefined ? values : { email: write.newEmail, ...values };
    if (Object.keys(contact).length > 0)
      await client.write('PUT', `/contacts/${write.id}`, { contact }, savedContact, how);
    else if (isMeant !== undefined && !(await isMeant())) throw new NotMeant();
    return { id: write.id, created: false };
  }

  /** Takes contacts that an import has written out of their accounts. */
  async #unrelate(items: readonly Item[], outcomes: Outcomes<WriteOutcome>): Promise<void> {
    const written = items.flatMap((item) => {
      const outcome = outcomes.at(item.index);
      if (outcome?.kind !== 'written' || outcome.created) return [];
      return { ...item, saved: { id: outcome.id, created: false } };
    });
    for (const [at, attempt] of written.entries()) {
      try {
        await this.#options.relations.set(attempt.saved.id, null);
      } catch (error) {
        // Should the connection have failed, the others are as far, and would count as written.
        await this.#fail([attempt, ...written.slice(at + 1)], error, outcomes);
      }
    }
  }
}

function overtaken(ref: string): FailedWrite {
  const { meaning } = catalogue.SYNC_PLATFORM_WRITE_OVERTAKEN;
  return failed(ref, 'SYNC_PLATFORM_WRITE_OVERTAKEN', meaning);
}

/** A write that the connection did not come to: whatever is the matter with it, it is tried again. */
function untried(ref: string, error: SyncError): FailedWrite {
  return { ...failed(ref, error.code, error.told), retryable: true };
}
