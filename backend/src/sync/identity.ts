import { normaliseEmail } from './email.ts';

export { normaliseEmail } from './email.ts';

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

/** A link that holds a platform contact now. */
export interface HoldingLink {
  /** The caller's own reference, unique among the links. */
  readonly ref: string;
  readonly object: Person;
  readonly platformId: string;
  /** The address that its record has now, which may be on its way to the contact. */
  readonly email: string | null;
}

/** Who has the address that a candidate wants. */
export interface Holder {
  readonly among: 'candidates' | 'links';
  readonly ref: string;
}

export type CandidateDecision =
  | { readonly kind: 'create'; readonly email: string }
  | { readonly kind: 'adopt'; readonly email: string; readonly platformId: string }
  | {
      /** The Contact takes the place of the Lead in its link; that link is superseded, the Lead stays as it is. */
      readonly kind: 'take_over';
      readonly email: string;
      readonly platformId: string;
      /** The link's ref. */
      readonly fromLink: string;
    }
  | {
      readonly kind: 'refuse';
      readonly code:
        'SYNC_EMAIL_MISSING' | 'SYNC_EMAIL_INVALID' | 'SYNC_EMAIL_REPEATED' | 'SYNC_PERSON_IS_CONTACT';
      /** Null when the address itself is the reason. */
      readonly holder: Holder | null;
    };

/** What there is to decide. The order of the lists means nothing. */
export interface CandidateQuestion {
  readonly candidates: readonly Candidate[];
  /** The platform's contacts under the candidates' addresses. */
  readonly contacts: readonly KnownContact[];
  /** The links that hold those contacts now; superseded and stopped ones hold nothing. */
  readonly links: readonly HoldingLink[];
}

/**
 * Decides for every candidate whose platform contact it becomes. A person is one email address, and a platform
 * contact has one link: a Contact goes before a Lead, of equals the one created first (then the smaller id), and
 * a link that exists holds its place, but for a Lead's, which a Contact takes over unless the Lead has another
 * address by now.
 *
 * @returns One decision for every candidate, by ref.
 */
export function resolveCandidates(question: CandidateQuestion): ReadonlyMap<string, CandidateDecision> {
  const decisions = new Map<string, CandidateDecision>();
  const byEmail = new Map<string, Candidate[]>();
  for (const candidate of question.candidates) {
    const address = normaliseEmail(candidate.email);
    if (!address.ok) {
      decisions.set(candidate.ref, { kind: 'refuse', code: address.code, holder: null });
      continue;
    }
    const same = byEmail.get(address.email);
    if (same === undefined) byEmail.set(address.email, [candidate]);
    else same.push(candidate);
  }
  const contacts = contactsByEmail(question.contacts);
  const links = linksByContact(question.links);
  for (const [email, rivals] of byEmail) {
    const platformId = contacts.get(email);
    const link = platformId === undefined ? undefined : links.get(platformId);
    const [first, ...others] = rivals.sort(byPrecedence);
    if (first === undefined) continue;
    decisions.set(first.ref, decideFirst(first, email, platformId, link));
    const winner = link === undefined || takesOver(first, link, email) ? first : link;
    for (const other of others) decisions.set(other.ref, refuse(other, winner));
  }
  return decisions;
}

function decideFirst(
  first: Candidate,
  email: string,
  platformId: string | undefined,
  link: HoldingLink | undefined,
): CandidateDecision {
  if (platformId === undefined) return { kind: 'create', email };
  if (link === undefined) return { kind: 'adopt', email, platformId };
  return takesOver(first, link, email)
    ? { kind: 'take_over', email, platformId, fromLink: link.ref }
    : refuse(first, link);
}

function takesOver(candidate: Candidate, link: HoldingLink, email: string): boolean {
  if (candidate.object !== 'Contact' || link.object !== 'Lead') return false;
  const address = normaliseEmail(link.email);
  return !address.ok || address.email === email;
}

function refuse(candidate: Candidate, winner: Candidate | HoldingLink): CandidateDecision {
  return {
    kind: 'refuse',
    code:
      candidate.object === 'Lead' && winner.object === 'Contact'
        ? 'SYNC_PERSON_IS_CONTACT'
        : 'SYNC_EMAIL_REPEATED',
    holder: { among: 'platformId' in winner ? 'links' : 'candidates', ref: winner.ref },
  };
}

/** A contact has one link; should there be several, a Contact's counts before a Lead's. */
function linksByContact(links: readonly HoldingLink[]): Map<string, HoldingLink> {
  const byContact = new Map<string, HoldingLink>();
  for (const link of links) {
    const other = byContact.get(link.platformId);
    if (other === undefined || byObjectAndRef(link, other) < 0) byContact.set(link.platformId, link);
  }
  return byContact;
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

function byPrecedence(a: Candidate, b: Candidate): number {
  return (
    rank(a.object) - rank(b.object) ||
    compareTimes(a.createdAt, b.createdAt) ||
    compareText(a.salesforceId, b.salesforceId) ||
    compareText(a.ref, b.ref)
  );
}

function byObjectAndRef(a: HoldingLink, b: HoldingLink): number {
  return rank(a.object) - rank(b.object) || compareText(a.ref, b.ref);
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
