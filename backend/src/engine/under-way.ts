import { partition } from '../lib/lists.ts';
import { isUnstored } from '../store/link-row.ts';
import { type Link } from '../store/links.ts';
import { inTenant, type RunContext } from './context.ts';
import { storeNew } from './new-links.ts';

/**
 * People of batches that are being written. Nobody is planned for a second time under an address that is under way:
 * who owns it is known when its batch was acknowledged. Candidates are decided together, but linked people of the same
 * batch may be about to get an address or to let go of it.
 */
export class PeopleUnderWay {
  readonly #context: RunContext;
  readonly #emails = new Set<string>();

  constructor(context: RunContext) {
    this.#context = context;
  }

  /** Takes a batch in. @returns its links but for those that have to wait for others, which are left due */
  async add(batch: readonly Link[]): Promise<Link[]> {
    const [candidates, linked] = partition(batch, ({ state }) => state === 'candidate');
    const parts = [this.#take(linked), this.#take(candidates, new Set(linked.flatMap(emailsOf)))];
    const left = parts.flatMap(({ waiting }) => waiting).filter(isUnstored);
    if (left.length > 0) await inTenant(this.#context, (tx) => storeNew(this.#context, tx, left));
    return parts.flatMap(({ free }) => free);
  }

  #take(links: readonly Link[], others?: ReadonlySet<string>): { waiting: Link[]; free: Link[] } {
    const isUnderWay = (email: string): boolean => this.#emails.has(email) || others?.has(email) === true;
    const [waiting, free] = partition(links, (link) => emailsOf(link).some(isUnderWay));
    for (const link of free) for (const email of emailsOf(link)) this.#emails.add(email);
    return { waiting, free };
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
