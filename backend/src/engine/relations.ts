import type { SaveOutcome } from '../salesforce/types.ts';
import { linksByPlatformIds } from '../store/links.ts';
import { lookUpPlatform } from '../store/platform-index.ts';
import { accountNameKey, accountPath } from '../sync/account-name.ts';
import type { CompiledMapping, FieldIssue } from '../sync/types.ts';
import { sentence } from '../words/told.ts';
import { inTenant, type RunContext } from './context.ts';
import type { Intent } from './plan-inbound.ts';
import { failedWrite, type WriteFailure } from './retry.ts';
import { soqlText } from './salesforce-records.ts';

/** Names in one query: well below the longest address line that Salesforce accepts. */
const namesPerQuery = 100;

/** Contacts' rows with the ids of their accounts: an account travels by name, and Salesforce wants its id. */
export async function withAccountIds(
  context: RunContext,
  mapping: CompiledMapping,
  intents: readonly Intent[],
): Promise<Intent[]> {
  const names = intents.flatMap((intent) => accountNameIn(intent) ?? []);
  const { found, refused } = await resolveAccounts(context, names);
  const key = accountNameKey(mapping) ?? 'account';
  return intents.map((intent) => {
    if (intent.row === null || !(accountPath in intent.row)) return intent;
    const { [accountPath]: _name, ...row } = intent.row;
    const name = accountNameIn(intent);
    const accountId = name === null ? null : found.get(name.toLowerCase());
    if (accountId !== undefined) {
      const link = { ...intent.link, salesforceAccountId: accountId };
      return { ...intent, row: { ...row, AccountId: accountId }, link };
    }
    const refusal = refused.get(String(name).toLowerCase());
    if (refusal?.retryable === true) {
      return {
        ...intent,
        row: null,
        result: failedWrite(intent.before, 'inbound', refusal, context.clock.now()),
      };
    }
    const { [key]: _unwritten, ...written } = intent.written;
    const message =
      refusal === undefined
        ? sentence('Salesforce has no Account named “{name}”, and accounts are not synced.', {
            name: String(name),
          })
        : sentence('Salesforce refused to create the Account “{name}”: {reason}', {
            name: String(name),
            reason: refusal.message,
          });
    const issue: FieldIssue = { code: 'SYNC_VALUE_INVALID', field: key, side: 'salesforce', message };
    return { ...intent, row, written, issues: [...intent.issues, issue] };
  });
}

/** The name of the account that a row is to belong to; null for none. */
function accountNameIn({ row }: Intent): string | null {
  const name = row?.[accountPath];
  return typeof name === 'string' ? name : null;
}

/** By account name in lower case: the Salesforce Account's id, or why Salesforce did not create one. */
interface ResolvedAccounts {
  readonly found: ReadonlyMap<string, string>;
  readonly refused: ReadonlyMap<string, WriteFailure>;
}

/**
 * The Salesforce Accounts that the platform's accounts, or their names, stand for. The linked one comes first, then
 * the oldest Account of that name; where accounts are synced, a missing one is created (A15).
 */
async function resolveAccounts(context: RunContext, names: readonly string[]): Promise<ResolvedAccounts> {
  const found = new Map<string, string>();
  const refused = new Map<string, WriteFailure>();
  const wanted = new Map(names.toReversed().map((name) => [name.toLowerCase(), name]));
  if (wanted.size === 0) return { found, refused };
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
  if (context.settings.createsAccounts) {
    const creatable = [...wanted].filter(([key]) => !found.has(key));
    for (const { key, outcome } of await createMissing(context, creatable, platformIds)) {
      if (outcome?.ok === true) found.set(key, outcome.id);
      else if (outcome !== undefined) refused.set(key, outcome);
    }
  }
  return { found, refused };
}

interface Creation {
  readonly key: string;
  readonly outcome: SaveOutcome | undefined;
}

/**
 * Creates by the platform account's id, so that a lost answer creates nothing twice. A name alone has no id: should
 * its answer be lost, the Account is found by its name the next time.
 */
async function createMissing(
  { settings, salesforce, names }: RunContext,
  missing: readonly (readonly [key: string, name: string])[],
  platformIds: ReadonlyMap<string, string>,
): Promise<Creation[]> {
  if (missing.length === 0) return [];
  if (!settings.objects.has('Account')) {
    const outcomes = await salesforce.create(
      'Account',
      missing.map(([, name]) => ({ Name: name })),
    );
    return missing.map(([key], index) => ({ key, outcome: outcomes[index] }));
  }
  const creatable = missing.flatMap(([key, name]) => {
    const platformId = platformIds.get(key);
    return platformId === undefined ? [] : [{ key, row: { Name: name, [names.id]: platformId } }];
  });
  if (creatable.length === 0) return [];
  const outcomes = await salesforce.upsert(
    'Account',
    names.id,
    creatable.map(({ row }) => row),
  );
  return creatable.map(({ key }, index) => ({ key, outcome: outcomes[index] }));
}
