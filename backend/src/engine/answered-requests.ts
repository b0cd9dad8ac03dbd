import { hintsAtContacts, type HintReason } from '../store/hints.ts';
import { linksByPlatformIds, type Link } from '../store/links.ts';
import type { Tx } from '../store/scope.ts';
import type { RunContext } from './context.ts';
import type { ReadRecord } from './salesforce-records.ts';
import type { ObjectSettings } from './sync-settings.ts';

interface AnsweredRequest {
  readonly request: Link;
  /** The link of the person's Lead, which gives way to the Contact that was asked for. */
  readonly lead: Link | undefined;
}

/**
 * Requests to create a record that Salesforce turns out to hold already: the answer to its creation was lost. By
 * the platform id that the creation wrote into the record.
 */
export async function openRequests(
  context: RunContext,
  tx: Tx,
  settings: ObjectSettings,
  unknown: readonly ReadRecord[],
): Promise<Map<string, AnsweredRequest>> {
  const ids = unknown.flatMap((record) => record.marks.id ?? []);
  if (ids.length === 0) return new Map();
  const kind = settings.object === 'Account' ? 'account' : 'contact';
  const links = await linksByPlatformIds(tx, context.scope, kind, ids);
  const live = new Map(
    links.flatMap((link) => (link.state === 'linked' ? [[link.platformId ?? '', link] as const] : [])),
  );
  return new Map(
    links.flatMap((request): [string, AnsweredRequest][] => {
      const isRequest = request.state === 'candidate' && request.salesforceId === null;
      if (!isRequest || request.object !== settings.object) return [];
      const platformId = request.platformId ?? '';
      const lead = live.get(platformId);
      const mayTakeOver = lead === undefined || (lead.object === 'Lead' && request.object === 'Contact');
      return mayTakeOver ? [[platformId, { request, lead }]] : [];
    }),
  );
}

/**
 * Tells the records that were created for a contact whose request is still open, as the answer to that was lost or is
 * under way: they are left to the request, which will find them.
 */
export async function askedFor(
  context: RunContext,
  tx: Tx,
  { object }: ObjectSettings,
  unknown: readonly ReadRecord[],
): Promise<(record: ReadRecord) => boolean> {
  const ids = unknown.flatMap((record) => record.marks.id ?? []);
  if (ids.length === 0 || object === 'Account') return () => false;
  const hints = await hintsAtContacts(tx, context.scope, ids, context.clock.now());
  const wanted: HintReason = object === 'Lead' ? 'create_lead' : 'create_contact';
  const asked = new Set(hints.flatMap(({ recordId, reason }) => (reason === wanted ? recordId : [])));
  return ({ marks }) => marks.id !== null && asked.has(marks.id);
}
