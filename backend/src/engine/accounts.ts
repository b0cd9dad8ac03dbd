import type { PlatformAccount } from '../connectors/connector.ts';
import { addHints } from '../store/hints.ts';
import {
  dueLinks,
  highestVersion,
  linksByPlatformIds,
  saveLinks,
  unlinkedAccountIds,
} from '../store/links.ts';
import { indexPlatform } from '../store/platform-index.ts';
import { accountKey, writeAccountBatch } from './account-writes.ts';
import { noteWaiting } from './conflicts.ts';
import { beat, enterStage, inTenant, Overtaken, type RunContext } from './context.ts';
import { writeRecords } from './inbound.ts';
import { lookAtRecord } from './looks.ts';
import { observePlatformValues } from './observe.ts';
import { isOutrun } from './outrun.ts';
import type { ObjectSettings } from './sync-settings.ts';

const batchSize = 500;

/** Reads all accounts of the platform, which has no list of changed ones, and stores what differs. */
export async function observeAccounts(context: RunContext): Promise<void> {
  const settings = context.settings.objects.get('Account');
  if (settings === undefined) return;
  await enterStage(context, 'observing_accounts');
  const asked = await inTenant(context, highestVersion);
  let after: string | null = null;
  do {
    const page = await context.connector.readAccounts(after);
    await storeAccounts(context, settings, page.records, asked);
    context.progress.observed.platform += page.records.length;
    after = page.next;
  } while (after !== null);
}

async function storeAccounts(
  context: RunContext,
  settings: ObjectSettings,
  accounts: readonly PlatformAccount[],
  asked: number,
): Promise<void> {
  const { scope, clock } = context;
  const byId = new Map(accounts.map((account) => [account.id, account]));
  await inTenant(context, async (tx) => {
    await indexPlatform(
      tx,
      scope,
      'account',
      accounts.map((account) => ({ platformId: account.id, key: accountKey(account.name) })),
    );
    const links = await linksByPlatformIds(tx, scope, 'account', [...byId.keys()]);
    const changed = links.flatMap((link) => {
      const account = byId.get(link.platformId ?? '');
      if (account === undefined) return [];
      const sight = { raw: rawOf(account), stamp: Date.parse(account.stamp), account: null };
      const next = observePlatformValues(link, sight, settings.mapping, clock.now());
      // The next run reads it once more, as it does all.
      return next === null || isOutrun(link, next, asked) ? [] : next;
    });
    const saved = await saveLinks(tx, scope, changed);
    if (saved.size < changed.length) throw new Overtaken('Links were changed by another run.');
    await noteWaiting(context, tx, changed);
  });
}

/** Points at the Accounts of people who are synced, so that they are looked at and linked. @returns how many */
export async function hintAccountsOfPeople(context: RunContext): Promise<number> {
  if (!context.settings.objects.has('Account')) return 0;
  return inTenant(context, async (tx) => {
    const ids = await unlinkedAccountIds(tx, context.scope, batchSize * 4);
    const hints = ids.map((id) => lookAtRecord('Account', id));
    await addHints(tx, context.scope, hints, context.clock.now());
    return ids.length;
  });
}

/**
 * Writes due accounts to the platform. A candidate whose name the platform knows becomes that account, of which the
 * name alone is known before it is read.
 * @returns how many became an account that was there
 */
export async function writeAccountsOutbound(context: RunContext): Promise<number> {
  const settings = context.settings.objects.get('Account');
  let adopted = 0;
  if (settings === undefined) return adopted;
  for (;;) {
    const links = await inTenant(context, (tx) =>
      dueLinks(tx, context.scope, {
        direction: 'outbound',
        kind: 'account',
        dueBy: context.clock.now(),
        limit: batchSize,
      }),
    );
    if (links.length === 0) return adopted;
    await enterStage(context, 'writing_accounts');
    adopted += await writeAccountBatch(context, settings, links);
  }
}

/** Writes due accounts to Salesforce. */
export async function writeAccountsInbound(context: RunContext): Promise<void> {
  const settings = context.settings.objects.get('Account');
  if (settings === undefined) return;
  for (;;) {
    const links = await inTenant(context, (tx) =>
      dueLinks(tx, context.scope, {
        direction: 'inbound',
        kind: 'account',
        dueBy: context.clock.now(),
        limit: batchSize,
      }),
    );
    if (links.length === 0) return;
    await enterStage(context, 'writing_accounts');
    await writeRecords(context, settings, links);
    await beat(context);
  }
}

function rawOf(account: PlatformAccount): PlatformAccount['values'] {
  return { ...account.values, name: account.name };
}
