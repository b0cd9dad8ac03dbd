import type { Link } from '../store/links.ts';

/**
 * People of batches that are being written. Nobody is planned for a second time under an address that is under way:
 * who owns it is known when its batch was acknowledged.
 */
export class PeopleUnderWay {
  readonly #emails = new Set<string>();

  /** Takes a batch in. @returns its links but for those that have to wait for an earlier batch */
  add(batch: readonly Link[]): Link[] {
    const free = batch.filter((link) => !emailsOf(link).some((email) => this.#emails.has(email)));
    for (const link of free) for (const email of emailsOf(link)) this.#emails.add(email);
    return free;
  }

  /** To be called when the batch is acknowledged. */
  remove(batch: readonly Link[]): void {
    for (const link of batch) for (const email of emailsOf(link)) this.#emails.delete(email);
  }
}

/** Every address that the link is known under: a superset, as nobody is harmed by waiting. */
function emailsOf({ agreed, salesforcePending, platformPending }: Link): string[] {
  const known = [agreed?.email, salesforcePending?.email, platformPending?.email];
  return known.flatMap((email) => (typeof email === 'string' ? email : []));
}
