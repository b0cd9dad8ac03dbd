import { ahead } from '../lib/ahead.ts';
import { chunks } from '../lib/lists.ts';
import { makeChosenDue } from '../store/conflicts.ts';
import { countDue, type Link } from '../store/links.ts';
import type { Direction } from '../sync/types.ts';
import {
  hintAccountsOfPeople,
  observeAccounts,
  writeAccountsInbound,
  writeAccountsOutbound,
} from './accounts.ts';
import { beat, inTenant, resumeOvertaken, retryOvertaken, type RunContext } from './context.ts';
import { expectSelected, isFirstRead } from './expected.ts';
import { tryFreed, tryKeptOut } from './freed.ts';
import { followPlatformHints, followSalesforceHints } from './hints.ts';
import { writeInbound, writePeopleInbound } from './inbound.ts';
import { observePlatform } from './observe-platform.ts';
import { observeSalesforce } from './observe-salesforce.ts';
import { writeOutbound, writePeopleOutbound } from './outbound.ts';
import { addOwedTags } from './tags.ts';
import { writeBackOwed } from './writeback.ts';

/** What is done with the people whom a page made due, while the next pages are read. */
type Taking = (context: RunContext, pages: AsyncGenerator<Link[], void, void>) => Promise<unknown>;

/** Reads what happened on both sides since the last run and stores it. */
export async function observe(context: RunContext): Promise<void> {
  await readSalesforce(context, leaveDue);
  await readPlatform(context, leaveDue);
  await retryOvertaken(() => observeAccounts(context));
}

/**
 * The same for a run that writes. Inbound, and in a first sync outbound, the side that is written to is read first, and
 * whom the other side's pages make due is written as they come; all else that is due is left to `act`.
 */
export async function observeAndWrite(context: RunContext, direction: Direction): Promise<void> {
  if (direction === 'inbound') {
    await readSalesforce(context, leaveDue);
    await readPlatform(context, writeUnrelated);
  } else if (await isFirstRead(context)) {
    context.backfill = true;
    await expectSelected(context);
    await readPlatform(context, leaveDue);
    context.progress.beginExpected(context.clock.now());
    await readSalesforce(context, writeAll);
  } else {
    // The Contact on one page may be a Lead whose conversion is told by another: all is read before anybody is written.
    await readSalesforce(context, leaveDue);
    await readPlatform(context, leaveDue);
  }
  await retryOvertaken(() => observeAccounts(context));
}

async function readSalesforce(context: RunContext, take: Taking): Promise<void> {
  await take(
    context,
    resumeOvertaken(() => observeSalesforce(context)),
  );
  await retryOvertaken(() => followSalesforceHints(context));
}

async function readPlatform(context: RunContext, take: Taking): Promise<void> {
  await take(
    context,
    resumeOvertaken(() => observePlatform(context)),
  );
  await retryOvertaken(() => followPlatformHints(context));
}

async function leaveDue(_context: RunContext, pages: AsyncGenerator<Link[], void, void>): Promise<void> {
  for await (const _ of pages);
}

async function writeAll(context: RunContext, pages: AsyncGenerator<Link[], void, void>): Promise<void> {
  await writeOutbound(context, ahead(batchesOf(context, pages)));
}

/** Who came to another account, or with one, waits until accounts were looked at. */
async function writeUnrelated(context: RunContext, pages: AsyncGenerator<Link[], void, void>): Promise<void> {
  const isUnrelated = ({ platformPending }: Link) => typeof platformPending?.account !== 'string';
  await writeInbound(context, ahead(batchesOf(context, pages, isUnrelated)));
}

/** The people of pages, a batch at a time. When the run's turn ends, those that are left are due. */
async function* batchesOf(
  context: RunContext,
  pages: AsyncGenerator<Link[], void, void>,
  isMeant: (link: Link) => boolean = () => true,
): AsyncGenerator<Link[], void, void> {
  for await (const page of pages) {
    for (const [index, batch] of chunks(page.filter(isMeant), context.batchSize).entries()) {
      if (index > 0) await beat(context);
      yield batch;
    }
  }
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
