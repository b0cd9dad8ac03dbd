import type { QueryPage } from '../salesforce/types.ts';
import { liveLinks, linksBySalesforceIds, type Link } from '../store/links.ts';
import { inTenant, type RunContext } from './context.ts';
import type { Result } from './acknowledge.ts';
import { emailKey } from './contacts.ts';
import { soqlLists } from './salesforce-records.ts';
import type { ObjectSettings } from './sync-settings.ts';
import { knownValues } from './evaluate.ts';

/**
 * Looks for people who stand in Salesforce already before they are created there: the oldest record of the object
 * with the same email that nobody else is linked to is adopted (invariant 5), and the link that it may have been about
 * to get gives way.
 * @returns the request's link with the record found, by link id
 */
export async function findRequested(
  context: RunContext,
  settings: ObjectSettings,
  requests: readonly Link[],
): Promise<Map<number, Link>> {
  const found = new Map<number, Link>();
  const field = settings.mapping.fields.find((candidate) => candidate.platform === 'email');
  if (field === undefined) return found;
  const byEmail = new Map(
    requests.flatMap((link) => {
      const email = emailKey(textOf(knownValues(link).platform.email));
      return email === null ? [] : [[email, link] as const];
    }),
  );
  for (const list of soqlLists([...byEmail.keys()])) {
    const open = settings.object === 'Lead' ? ' AND IsConverted = false' : '';
    let page: QueryPage | null = await context.salesforce.query(
      `SELECT Id, ${field.salesforce} FROM ${settings.object} WHERE ${field.salesforce} IN (${list})${open} ORDER BY CreatedDate, Id`,
    );
    while (page !== null) {
      const { records, next }: QueryPage = page;
      const ids = records.map((record) => record.Id);
      const owned = await inTenant(context, (tx) =>
        linksBySalesforceIds(tx, context.scope, settings.object, ids),
      );
      for (const record of records) {
        const email = emailKey(textOf(record[field.salesforce]));
        const request = email === null ? undefined : byEmail.get(email);
        const owner = owned.get(record.Id);
        if (request === undefined || found.has(request.id)) continue;
        // A record that is only about to be synced is the person who is asked for.
        if (owner !== undefined && owner.state !== 'candidate') continue;
        found.set(request.id, { ...request, salesforceId: record.Id });
      }
      page = next === null ? null : await context.salesforce.queryMore(next);
    }
  }
  return found;
}

/** The link of a request for somebody who is synced by now, whoever saw to it. */
export function answeredRequest(request: Link): Link {
  return { ...request, state: 'stopped', stateReason: 'answered', inboundDue: null, platformTags: null };
}

/** Links of Leads whose person has just become a Contact: the Contact carries the link from now on (A14). */
export async function supersededBy(context: RunContext, results: readonly Result[]): Promise<Link[]> {
  const created = results.filter(
    ({ before, after }) =>
      before.state === 'candidate' && after.state === 'linked' && after.object === 'Contact',
  );
  if (created.length === 0) return [];
  const ids = created.flatMap(({ after }) => after.platformId ?? []);
  const links = await inTenant(context, (tx) => liveLinks(tx, context.scope, 'contact', ids));
  return links.filter((link) => link.object === 'Lead');
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
