import { normaliseEmail } from './email.ts';

export { normaliseEmail, type EmailResult } from './email.ts';

export type Person = 'Lead' | 'Contact';

/** A selected Salesforce record without a link. */
export interface Candidate {
  /** The caller's own reference, unique among the candidates. */
  readonly ref: string;
  readonly object: Person;
  readonly salesforceId: string;
  readonly email: string | null;
  /** Milliseconds; null when unknown counts as latest. */
  readonly createdAt: number | null;
}

/** A contact that the platform already has. */
export interface KnownContact {
  readonly id: string;
  readonly email: string;
}

/** A link of a platform contact. Only a `linked` one holds its contact. */
export interface KnownLink {
  readonly object: Person;
  readonly salesforceId: string;
  readonly state: 'candidate' | 'linked' | 'superseded' | 'stopped';
}

export type IdentityDecision =
  | { readonly kind: 'create'; readonly email: string }
  | { readonly kind: 'adopt'; readonly email: string; readonly platformId: string }
  | {
      /** The Contact takes the place of the Lead in its link; that link is superseded, the Lead stays as it is. */
      readonly kind: 'take_over';
      readonly email: string;
      readonly platformId: string;
      readonly fromLink: KnownLink;
    }
  | {
      readonly kind: 'refuse';
      readonly code:
        'SYNC_EMAIL_MISSING' | 'SYNC_EMAIL_INVALID' | 'SYNC_EMAIL_REPEATED' | 'SYNC_PERSON_IS_CONTACT';
      /** Who holds the address; null when the address itself is the reason. */
      readonly holder: { readonly object: Person; readonly salesforceId: string } | null;
    };

/**
 * Decides for every candidate whose platform contact it becomes. A person is one email address, and a platform
 * contact has one link: a Contact goes before a Lead, of equals the one created first (then the smaller id), and
 * a link that exists holds its place, but for a Lead's, which a Contact takes over. Nothing depends on the order
 * of the input.
 *
 * @param contacts - The platform's contacts under the candidates' addresses.
 * @param links - The links of those contacts, by platform id.
 * @returns One decision for every candidate, by ref.
 */
export function resolveCandidates(
  candidates: readonly Candidate[],
  contacts: readonly KnownContact[],
  links: ReadonlyMap<string, readonly KnownLink[]>,
): ReadonlyMap<string, IdentityDecision> {
  const decisions = new Map<string, IdentityDecision>();
  const byEmail = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const address = normaliseEmail(candidate.email);
    if (!address.ok) {
      decisions.set(candidate.ref, { kind: 'refuse', code: address.code, holder: null });
      continue;
    }
    const same = byEmail.get(address.email);
    if (same === undefined) byEmail.set(address.email, [candidate]);
    else same.push(candidate);
  }
  const known = contactsByEmail(contacts);
  for (const [email, rivals] of byEmail) {
    const platformId = known.get(email);
    const holders = platformId === undefined ? [] : (links.get(platformId) ?? []);
    resolveRivals(email, rivals.sort(byPrecedence), platformId, holders, decisions);
  }
  return decisions;
}

function resolveRivals(
  email: string,
  rivals: readonly Candidate[],
  platformId: string | undefined,
  links: readonly KnownLink[],
  decisions: Map<string, IdentityDecision>,
): void {
  const [first] = rivals;
  if (first === undefined) return;
  const link = holderOf(links);
  const own = link === null ? undefined : rivals.find((rival) => isSame(rival, link));
  const takesOver = link?.object === 'Lead' && first.object === 'Contact';
  const winner = link === null || takesOver ? first : own;
  const holder = winner ?? link ?? first;
  for (const rival of rivals) {
    decisions.set(
      rival.ref,
      rival === winner ? win(email, platformId, takesOver ? link : null) : refuse(rival, holder),
    );
  }
}

function win(email: string, platformId: string | undefined, fromLink: KnownLink | null): IdentityDecision {
  if (platformId === undefined) return { kind: 'create', email };
  return fromLink === null
    ? { kind: 'adopt', email, platformId }
    : { kind: 'take_over', email, platformId, fromLink };
}

function refuse(
  rival: Candidate,
  holder: { readonly object: Person; readonly salesforceId: string },
): IdentityDecision {
  return {
    kind: 'refuse',
    code:
      rival.object === 'Lead' && holder.object === 'Contact'
        ? 'SYNC_PERSON_IS_CONTACT'
        : 'SYNC_EMAIL_REPEATED',
    holder: { object: holder.object, salesforceId: holder.salesforceId },
  };
}

/** The link that holds a contact now. */
function holderOf(links: readonly KnownLink[]): KnownLink | null {
  const held = links.filter((link) => link.state === 'linked').sort(byObjectAndId);
  return held[0] ?? null;
}

/** The platform knows an address once; should it answer several contacts, the oldest (smallest id) is the one. */
function contactsByEmail(contacts: readonly KnownContact[]): Map<string, string> {
  const known = new Map<string, string>();
  for (const contact of contacts) {
    const address = normaliseEmail(contact.email);
    if (!address.ok) continue;
    const other = known.get(address.email);
    if (other === undefined || compareIds(contact.id, other) < 0) known.set(address.email, contact.id);
  }
  return known;
}

function isSame(candidate: Candidate, link: KnownLink): boolean {
  return candidate.object === link.object && candidate.salesforceId === link.salesforceId;
}

function byPrecedence(a: Candidate, b: Candidate): number {
  return (
    rank(a.object) - rank(b.object) ||
    compareTimes(a.createdAt, b.createdAt) ||
    compareText(a.salesforceId, b.salesforceId) ||
    compareText(a.ref, b.ref)
  );
}

function byObjectAndId(a: KnownLink, b: KnownLink): number {
  return rank(a.object) - rank(b.object) || compareText(a.salesforceId, b.salesforceId);
}

function rank(object: Person): number {
  return object === 'Contact' ? 0 : 1;
}

function compareTimes(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}

/** Numeric ids by their number, without the limits of one. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
