import type { AccountWrite, PlatformAccount } from '../connectors/connector.ts';
import { catalogue } from '../lib/errors.ts';
import { addHints } from '../store/hints.ts';
import { dueLinks, linksByPlatformIds, saveLinks, unlinkedAccountIds, type Link } from '../store/links.ts';
import { indexPlatform, lookUpPlatform } from '../store/platform-index.ts';
import { writePlatform } from '../sync/read.ts';
import type { Values } from '../sync/types.ts';
import { acknowledge, type Result } from './acknowledge.ts';
import { beat, enterStage, inTenant, Overtaken, type RunContext } from './context.ts';
import { evaluate, knownValues, withObserved, withWritten } from './evaluate.ts';
import { writeRecords } from './inbound.ts';
import { issueProblem, observePlatformValues } from './observe.ts';
import { outcomeOf } from './outcome.ts';
import { afterFailure, failedWrite } from './retry.ts';
import { chosenFor, noChoices, noteWaiting, stillMeant } from './conflicts.ts';
import type { ObjectSettings } from './sync-settings.ts';

const batchSize = 500;

/** The key under which accounts are one: the platform knows each name once, whatever its case (A15). */
export function accountKey(name: string): string {
  return name.trim().toLowerCase();
}

/** Reads all accounts of the platform, which has no list of changed ones, and stores what differs. */
export async function observeAccounts(context: RunContext): Promise<void> {
  const settings = context.settings.objects.get('Account');
  if (settings === undefined) return;
  await enterStage(context, 'observing_accounts');
  let after: string | null = null;
  do {
    const page = await context.connector.readAccounts(after);
    await storeAccounts(context, settings, page.records);
    context.progress.observed.platform += page.records.length;
    after = page.next;
  } while (after !== null);
}

async function storeAccounts(
  context: RunContext,
  settings: ObjectSettings,
  accounts: readonly PlatformAccount[],
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
      return (
        observePlatformValues(
          link,
          { raw: rawOf(account), stamp: Date.parse(account.stamp), account: null },
          settings.mapping,
          clock.now(),
        ) ?? []
      );
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
    const hints = ids.map(
      (recordId) => ({ side: 'salesforce', object: 'Account', recordId, reason: 'look' }) as const,
    );
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
    adopted += await writeBatch(context, settings, links);
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

async function writeBatch(
  context: RunContext,
  settings: ObjectSettings,
  links: readonly Link[],
): Promise<number> {
  const now = context.clock.now();
  const owners = await platformOwners(context, links);
  const choices = await chosenFor(context, links);
  const results: Result[] = [];
  const intents = new Map<string, { before: Link; link: Link; written: Values }>();
  const writes: AccountWrite[] = [];
  const taken = new Set<string>();
  for (const before of links) {
    const name = textOf(knownValues(before).salesforce.name);
    const key = name === null ? null : accountKey(name);
    const owner = key === null ? undefined : owners.get(key);
    if (before.state === 'candidate' && key !== null && (owner?.link !== undefined || taken.has(key))) {
      results.push(shareName(before, now));
      continue;
    }
    if (before.state === 'candidate' && key !== null) taken.add(key);
    const platformId = before.platformId ?? owner?.platformId ?? null;
    const link = prepare(before, platformId, settings);
    const { link: evaluated, plan } = evaluate(
      link,
      settings.mapping,
      now,
      stillMeant(choices.get(before.id) ?? noChoices, link),
    );
    const { fields, issues } = writePlatform(settings.mapping, plan.toPlatform);
    const { name: newName, ...values } = fields;
    const problem = issueProblem(issues);
    const written = Object.fromEntries(
      Object.entries(plan.toPlatform).filter(([field]) => fields[field] !== undefined),
    );
    if (platformId !== null && Object.keys(fields).length === 0) {
      const after = { ...evaluated, problem: problem ?? evaluated.problem, outboundDue: null };
      results.push({
        before,
        after,
        outcome: outcomeOf(after, before.state === 'candidate' ? 'linked' : 'unchanged', { issues }),
        conflicts: [],
      });
      continue;
    }
    const ref = String(before.id);
    intents.set(ref, { before, link: { ...evaluated, problem: problem ?? evaluated.problem }, written });
    writes.push({ ref, id: platformId, values, ...(typeof newName === 'string' ? { name: newName } : {}) });
  }
  const answers = writes.length === 0 ? [] : await context.connector.writeAccounts(writes);
  const byRef = new Map(answers.map((answer) => [answer.ref, answer]));
  for (const [ref, { before, link, written }] of intents) {
    const answer = byRef.get(ref);
    if (answer === undefined || answer.kind === 'failed') {
      const message = 'The platform did not mention this account.';
      const failure = answer ?? { code: 'SYNC_PLATFORM_ANSWER_UNEXPECTED', message, retryable: true };
      results.push(failedWrite(before, 'outbound', failure, now));
      continue;
    }
    const landed = withWritten(
      { ...link, state: 'linked', platformId: answer.id, attempts: 0 },
      'platform',
      written,
    );
    const next = evaluate(landed, settings.mapping, now).link;
    const after = link.problem === null ? next : { ...next, outboundDue: null };
    const kind = before.state === 'linked' ? 'updated' : answer.created ? 'created' : 'linked';
    results.push({
      before,
      after,
      outcome: outcomeOf(after, kind, { written: Object.keys(written) }),
      conflicts: [],
    });
  }
  await acknowledge(context, results);
  return results.filter(({ before, after }) => before.platformId === null && after.state === 'linked').length;
}

/** A new account is empty on the platform; of one that is there the name is known until it is read. */
function prepare(before: Link, platformId: string | null, settings: ObjectSettings): Link {
  if (before.state !== 'candidate') return before;
  const known =
    platformId === null
      ? Object.fromEntries(settings.mapping.fields.map((field) => [field.platform, null]))
      : { name: knownValues(before).salesforce.name ?? null };
  return { ...withObserved(before, 'platform', known), state: 'linked', platformId };
}

/** Which platform account each name has, and the link that holds it. */
async function platformOwners(
  context: RunContext,
  links: readonly Link[],
): Promise<Map<string, { platformId: string; link: Link | undefined }>> {
  const keys = links.flatMap((link) => {
    const name = textOf(knownValues(link).salesforce.name);
    return name === null ? [] : [accountKey(name)];
  });
  return inTenant(context, async (tx) => {
    const known = await lookUpPlatform(tx, context.scope, 'account', keys);
    const live = await linksByPlatformIds(
      tx,
      context.scope,
      'account',
      known.map((entry) => entry.platformId),
    );
    const byId = new Map(
      live.filter((link) => link.state === 'linked').map((link) => [link.platformId, link]),
    );
    return new Map(
      known.map((entry) => [entry.key, { platformId: entry.platformId, link: byId.get(entry.platformId) }]),
    );
  });
}

/** Salesforce may have several Accounts of one name: the first holds the link, the others share the relation alone. */
function shareName(before: Link, now: number): Result {
  const problem = {
    code: 'SYNC_ACCOUNT_NAME_SHARED',
    message: catalogue.SYNC_ACCOUNT_NAME_SHARED.meaning,
    side: 'platform' as const,
    field: 'name',
    retryable: false,
  };
  const after = afterFailure(before, 'outbound', problem, now);
  return {
    before,
    after,
    outcome: outcomeOf(before, 'skipped', { code: problem.code, message: problem.message }),
    conflicts: [],
  };
}

function rawOf(account: PlatformAccount): PlatformAccount['values'] {
  return { ...account.values, name: account.name };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
