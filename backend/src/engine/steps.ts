import { ahead } from '../lib/ahead.ts';
import { chunks } from '../lib/lists.ts';
import { makeChosenDue } from '../store/conflicts.ts';
import { countDue } from '../store/links.ts';
import type { Direction } from '../sync/types.ts';
import {
  hintAccountsOfPeople,
  observeAccounts,
  writeAccountsInbound,
  writeAccountsOutbound,
} from './accounts.ts';
import { beat, inTenant, retryOvertaken, type RunContext } from './context.ts';
import { settled, type Batch } from './due.ts';
import { expectSelected, isFirstRead } from './expected.ts';
import { tryFreed, tryKeptOut } from './freed.ts';
import { followPlatformHints, followSalesforceHints } from './hints.ts';
import { writeInbound, writePeopleInbound } from './inbound.ts';
import { observePlatform } from './observe-platform.ts';
import { observeSalesforce } from './observe-salesforce.ts';
import { writeOutbound, writePeopleOutbound } from './outbound.ts';
import { takesNobody, type Seen, type Takes } from './seen.ts';
import { addOwedTags } from './tags.ts';
import { writeBackOwed } from './writeback.ts';

/** What is done with the pages of a side while the next ones are read. */
interface Taking {
  readonly takes: Takes;
  readonly take: (context: RunContext, pages: AsyncGenerator<Seen, void, void>) => Promise<void>;
}

/** Everybody is stored, and left due. */
const leaveDue: Taking = {
  takes: takesNobody,
  async take(_context, pages) {
    for await (const { settle } of pages) await settle();
  },
};

const writeAll: Taking = {
  takes: () => true,
  async take(context, pages) {
    await writeOutbound(context, batchesOf(context, pages));
  },
};

/** Who came to another account, or with one, waits until accounts were looked at. */
const writeUnrelated: Taking = {
  takes: ({ platformPending }) => typeof platformPending?.account !== 'string',
  async take(context, pages) {
    await writeInbound(context, ahead(batchesOf(context, pages)));
  },
};

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

async function readSalesforce(context: RunContext, { takes, take }: Taking): Promise<void> {
  await retryOvertaken((gotOn) => take(context, noting(observeSalesforce(context, takes), gotOn)));
  await retryOvertaken(() => followSalesforceHints(context));
}

async function readPlatform(context: RunContext, { takes, take }: Taking): Promise<void> {
  await retryOvertaken((gotOn) => take(context, noting(observePlatform(context, takes), gotOn)));
  await retryOvertaken(() => followPlatformHints(context));
}

/** Pages, each of which is told of when it is settled. */
async function* noting(
  pages: AsyncGenerator<Seen, void, void>,
  gotOn: () => void,
): AsyncGenerator<Seen, void, void> {
  for await (const { due, settle } of pages) yield { due, settle: () => settle().then(gotOn) };
}

/** The people of pages, a batch at a time. */
async function* batchesOf(
  context: RunContext,
  pages: AsyncGenerator<Seen, void, void>,
): AsyncGenerator<Batch, void, void> {
  for await (const { due, settle } of pages) {
    const batches = chunks(due, context.batchSize);
    const last = batches.pop() ?? [];
    for (const links of batches) {
      yield { links, settle: settled };
      await beat(context);
    }
    yield { links: last, settle };
  }
}

/** Writes to one side what is due there, and acknowledges it. */
export async function act(context: RunContext, direction: Direction): Promise<void> {
  const { scope, clock, settings } = context;
  const objects = [...settings.objects.keys()];
  await inTenant(context, (tx) => makeChosenDue(tx, scope, { direction, objects, now: clock.now() }));
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
