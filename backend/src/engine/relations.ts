import { linksByPlatformIds } from '../store/links.ts';
import { lookUpPlatform } from '../store/platform-index.ts';
import { inTenant, type RunContext } from './context.ts';
import { soqlText } from './salesforce-records.ts';

/** Names in one query: well below the longest address line that Salesforce accepts. */
const namesPerQuery = 100;

/**
 * The Salesforce Accounts that platform accounts stand for, by name in lower case. The linked one comes first,
 * then the oldest Account of that name; where accounts are synced, a missing one is created (A15).
 */
export async function resolveAccounts(
  context: RunContext,
  names: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const wanted = new Map(names.map((name) => [name.toLowerCase(), name]));
  if (wanted.size === 0) return found;
  const platformIds = new Map<string, string>();
  await inTenant(context, async (tx) => {
    const known = await lookUpPlatform(tx, context.scope, 'account', [...wanted.keys()]);
    for (const entry of known) platformIds.set(entry.key, entry.platformId);
    for (const link of await linksByPlatformIds(
      tx,
      context.scope,
      'account',
      known.map((entry) => entry.platformId),
    )) {
      const key = known.find((entry) => entry.platformId === link.platformId)?.key;
      if (key !== undefined && link.salesforceId !== null) found.set(key, link.salesforceId);
    }
  });
  const missing = [...wanted].filter(([key]) => !found.has(key));
  for (let start = 0; start < missing.length; start += namesPerQuery) {
    const list = missing
      .slice(start, start + namesPerQuery)
      .map(([, name]) => soqlText(name))
      .join(', ');
    const page = await context.salesforce.query(
      `SELECT Id, Name FROM Account WHERE Name IN (${list}) ORDER BY CreatedDate, Id`,
    );
    for (const record of page.records) {
      const key = typeof record.Name === 'string' ? record.Name.toLowerCase() : '';
      if (!found.has(key)) found.set(key, record.Id);
    }
  }
  if (context.settings.objects.has('Account')) await createMissing(context, wanted, platformIds, found);
  return found;
}

/** Creates by the platform account's id, so that a lost answer creates nothing twice. */
async function createMissing(
  context: RunContext,
  wanted: ReadonlyMap<string, string>,
  platformIds: ReadonlyMap<string, string>,
  found: Map<string, string>,
): Promise<void> {
  const creatable = [...wanted].flatMap(([key, name]) => {
    const platformId = platformIds.get(key);
    return found.has(key) || platformId === undefined
      ? []
      : [{ key, row: { Name: name, [context.names.id]: platformId } }];
  });
  if (creatable.length === 0) return;
  const outcomes = await context.salesforce.upsert(
    'Account',
    context.names.id,
    creatable.map(({ row }) => row),
  );
  for (const [index, { key }] of creatable.entries()) {
    const outcome = outcomes[index];
    if (outcome?.ok === true) found.set(key, outcome.id);
  }
}
