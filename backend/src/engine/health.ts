import { manifest } from '../connectors/activecampaign/manifest.ts';
import { SyncError } from '../lib/errors.ts';
import { readBudgets, readDaily } from '../store/budgets.ts';
import { countOpenConflicts } from '../store/conflicts.ts';
import { readConnection, readLiveConnection, type Connection, type Platform } from '../store/connections.ts';
import { summariseLinks, type LinkState, type LinkSummary } from '../store/links.ts';
import { callsSince, listRuns, type Run } from '../store/runs.ts';
import type { Scope, Tx } from '../store/scope.ts';
import type { Direction, SalesforceObject } from '../sync/types.ts';
import { sentence } from '../words/told.ts';
import { readDirection, type DirectionState } from './directions.ts';
import { judgeHealth, type Verdict } from './health-verdict.ts';
import { groupByCause, type Cause } from './problems.ts';

/** How a direction does. Times are milliseconds. */
export interface DirectionHealth extends DirectionState {
  readonly lastRun: Run | null;
  readonly runNow: Run | null;
  readonly recordsPerMinute: number | null;
  readonly doneBy: number | null;
}

export type BudgetHealth =
  | {
      readonly kind: 'daily';
      readonly vendor: Platform;
      readonly used: number;
      readonly limit: number | null;
      readonly share: number;
      readonly allowed: number | null;
      readonly usedByAll: number | null;
    }
  | {
      readonly kind: 'rate';
      readonly vendor: Platform;
      readonly used: number;
      readonly perSecond: number;
      readonly heldUntil: number | null;
    };

export interface Health extends Verdict {
  readonly connections: { readonly salesforce: Connection | undefined; readonly platform: Connection };
  readonly directions: readonly DirectionHealth[];
  readonly budgets: readonly BudgetHealth[];
  readonly links: readonly { object: SalesforceObject; state: LinkState; count: number }[];
  readonly problems: readonly Cause[];
  readonly openConflicts: number;
}

export interface HealthOptions {
  readonly now: number;
  readonly intervalMinutes: number;
  /** The share of an org's daily calls where none is set. */
  readonly dailyShare: number;
}

const day = 24 * 60 * 60_000;
const minute = 60_000;

/** A pause that the platform asked for is told of while it lasts so much longer. Milliseconds. */
const pauseWorthTelling = 5_000;

/** Runs that are looked at for the pace. */
const recentRuns = 20;

/** How the sync of a connection stands, from what is stored: no vendor is called. */
export async function readHealth(tx: Tx, scope: Scope, options: HealthOptions): Promise<Health> {
  const platform = await readConnection(tx, scope.connectionId);
  if (platform === undefined) throw new SyncError('SYNC_NOT_FOUND', sentence('There is no such connection.'));
  const connections = { salesforce: await readLiveConnection(tx, 'salesforce'), platform };
  const directions = [
    await directionHealth(tx, scope, 'outbound', options),
    await directionHealth(tx, scope, 'inbound', options),
  ];
  const summaries = await summariseLinks(tx, scope);
  const problems = groupByCause(summaries);
  const needAttention = problems.reduce((sum, cause) => sum + cause.count, 0);
  return {
    ...judgeHealth(connections, directions, needAttention),
    connections,
    directions,
    budgets: await budgetHealth(tx, scope, connections, options),
    links: byState(summaries),
    problems,
    openConflicts: await countOpenConflicts(tx, scope),
  };
}

async function directionHealth(
  tx: Tx,
  scope: Scope,
  direction: Direction,
  options: HealthOptions,
): Promise<DirectionHealth> {
  const state = await readDirection(tx, scope, direction, options);
  const { connectionId, tenantId } = scope;
  const runs = await listRuns(tx, tenantId, { connectionId, direction, limit: recentRuns });
  const ended = runs.filter((run) => run.finishedAt !== null);
  const open = runs.filter((run) => run.finishedAt === null);
  const runNow = open.find((run) => run.state === 'running') ?? open[0] ?? null;
  const perMinute = pace(ended.filter((run) => run.queuedAt >= options.now - day));
  const startsAt = runNow === null ? state.nextRunAt : options.now;
  return {
    ...state,
    lastRun: ended[0] ?? null,
    runNow,
    recordsPerMinute: perMinute,
    doneBy:
      state.waiting === 0 || perMinute === null || startsAt === null
        ? null
        : startsAt + (state.waiting / perMinute) * minute,
  };
}

/** Records a minute, of runs that had any. */
function pace(runs: readonly Run[]): number | null {
  let records = 0;
  let milliseconds = 0;
  for (const { counts, startedAt, finishedAt } of runs) {
    const { created = 0, updated = 0, linked = 0, unchanged = 0, skipped = 0, failed = 0 } = counts;
    const done = created + updated + linked + unchanged + skipped + failed;
    if (done === 0 || startedAt === null || finishedAt === null) continue;
    records += done;
    milliseconds += Math.max(1, finishedAt - startedAt);
  }
  return records === 0 ? null : (records / milliseconds) * minute;
}

async function budgetHealth(
  tx: Tx,
  scope: Scope,
  { salesforce, platform }: Health['connections'],
  { now, dailyShare }: HealthOptions,
): Promise<BudgetHealth[]> {
  const requests = (await readBudgets(tx, scope)).find(({ window }) => window === 'requests');
  const heldUntil = requests?.heldUntil ?? 0;
  const rate: BudgetHealth = {
    kind: 'rate',
    vendor: platform.platform,
    used: (await callsSince(tx, scope, now - day)).platform,
    perSecond: requests?.perSecond ?? manifest.limits.requestsPerSecond,
    heldUntil: heldUntil > now + pauseWorthTelling ? heldUntil : null,
  };
  if (salesforce === undefined) return [rate];
  const { used, vendorUsed, vendorLimit } = await readDaily(
    tx,
    { tenantId: scope.tenantId, connectionId: salesforce.id },
    now,
  );
  const share = salesforce.dailyApiShare ?? dailyShare;
  return [
    {
      kind: 'daily',
      vendor: 'salesforce',
      used,
      limit: vendorLimit,
      share,
      allowed: vendorLimit === null ? null : Math.floor(vendorLimit * share),
      usedByAll: vendorUsed,
    },
    rate,
  ];
}

function byState(summaries: readonly LinkSummary[]): Health['links'] {
  const counts = new Map<string, { object: SalesforceObject; state: LinkState; count: number }>();
  for (const { object, state, count } of summaries) {
    const key = `${object} ${state}`;
    counts.set(key, { object, state, count: (counts.get(key)?.count ?? 0) + count });
  }
  return [...counts.values()];
}
