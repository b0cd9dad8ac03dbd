import { linksByPlatformIds, linksBySalesforceIds, type Link } from '../store/links.ts';
import { inTenant, type RunContext } from './context.ts';
import type { Result } from './acknowledge.ts';
import { emailKey } from './observe-platform.ts';
import { soqlText } from './salesforce-records.ts';
import type { ObjectSettings } from './sync-settings.ts';
import { knownValues } from './evaluate.ts';

/** Addresses in one query: well below the longest address line that Salesforce accepts. */
const emailsPerQuery = 200;

/**
 * Looks for people who stand in Salesforce already before they are created there: the oldest record of the object
 * with the same email that nobody else is linked to is adopted (invariant 5).
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
  const emails = [...byEmail.keys()];
  for (let start = 0; start < emails.length; start += emailsPerQuery) {
    const list = emails
      .slice(start, start + emailsPerQuery)
      .map(soqlText)
      .join(', ');
    const open = settings.object === 'Lead' ? ' AND IsConverted = false' : '';
    const page = await context.salesforce.query(
      `SELECT Id, ${field.salesforce} FROM ${settings.object} WHERE ${field.salesforce} IN (${list})${open} ORDER BY CreatedDate, Id`,
    );
    const owned = await inTenant(context, (tx) =>
      linksBySalesforceIds(
        tx,
        context.scope,
        settings.object,
        page.records.map((record) => record.Id),
      ),
    );
    for (const record of page.records) {
      const email = emailKey(textOf(record[field.salesforce]));
      const request = email === null ? undefined : byEmail.get(email);
      if (request === undefined || found.has(request.id) || owned.has(record.Id)) continue;
      found.set(request.id, { ...request, salesforceId: record.Id });
    }
  }
  return found;
}

/** Links of Leads whose person has just become a Contact: the Contact carries the link from now on (A14). */
export async function supersededBy(context: RunContext, results: readonly Result[]): Promise<Link[]> {
  const created = results.filter(
    ({ before, after }) =>
      before.state === 'candidate' && after.state === 'linked' && after.object === 'Contact',
  );
  if (created.length === 0) return [];
  const ids = created.flatMap(({ after }) => after.platformId ?? []);
  const links = await inTenant(context, (tx) => linksByPlatformIds(tx, context.scope, 'contact', ids));
  return links.filter((link) => link.state === 'linked' && link.object === 'Lead').map(supersede);
}

/** The link of a Lead whose person's Contact takes its place; the Lead itself is left as it is. */
export function supersede(from: Link): Link {
  return {
    ...from,
    state: 'superseded',
    stateReason: 'contact',
    outboundDue: null,
    inboundDue: null,
    writeback: null,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
