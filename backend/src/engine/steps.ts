import { makeChosenDue } from '../store/conflicts.ts';
import { countDue } from '../store/links.ts';
import type { Direction } from '../sync/types.ts';
import {
  hintAccountsOfPeople,
  observeAccounts,
  writeAccountsInbound,
  writeAccountsOutbound,
} from './accounts.ts';
import { inTenant, retryOvertaken, type RunContext } from './context.ts';
import { tryFreed, tryKeptOut } from './freed.ts';
import { followPlatformHints, followSalesforceHints } from './hints.ts';
import { writePeopleInbound } from './inbound.ts';
import { observePlatform } from './observe-platform.ts';
import { observeSalesforce } from './observe-salesforce.ts';
import { writePeopleOutbound } from './outbound.ts';
import { addOwedTags } from './tags.ts';
import { writeBackOwed } from './writeback.ts';

/** Reads what happened on both sides since the last run and stores it. */
export async function observe(context: RunContext): Promise<void> {
  await retryOvertaken(() => observeSalesforce(context));
  await retryOvertaken(() => followSalesforceHints(context));
  await retryOvertaken(() => observePlatform(context));
  await retryOvertaken(() => followPlatformHints(context));
  await retryOvertaken(() => observeAccounts(context));
}

/** Writes to one side what is due there, and acknowledges it. */
export async function act(context: RunContext, direction: Direction): Promise<void> {
  const { scope, clock } = context;
  await inTenant(context, (tx) => makeChosenDue(tx, scope, direction, clock.now()));
  if (direction === 'outbound') await tryFreed(context);
  const waiting = await inTenant(context, (tx) => countDue(tx, scope, direction, clock.now()));
  context.progress.begin(waiting, clock.now());
  if (direction === 'outbound') {
    await writeAccountsOutbound(context);
    const acted = await writePeopleOutbound(context);
    // Whoever waited for an address that was let go of just now goes on at once.
    if (acted > 0 && (await tryKeptOut(context)) > 0) await writePeopleOutbound(context);
    await bringAccountsOfPeople(context);
  } else {
    await writeAccountsInbound(context);
    await writePeopleInbound(context);
  }
  await addOwedTags(context);
  await writeBackOwed(context);
}

/** Links the accounts of people who were synced: the import of a person has made the account on the platform already. */
async function bringAccountsOfPeople(context: RunContext): Promise<void> {
  if ((await hintAccountsOfPeople(context)) === 0) return;
  await retryOvertaken(() => followSalesforceHints(context));
  await retryOvertaken(() => observeAccounts(context));
  if ((await writeAccountsOutbound(context)) === 0) return;
  await retryOvertaken(() => observeAccounts(context));
  await writeAccountsOutbound(context);
}
