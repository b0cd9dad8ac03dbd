import { catalogue, type ErrorCode } from '../lib/errors.ts';
import { readBudgets } from '../store/budgets.ts';
import { countOpenConflicts } from '../store/conflicts.ts';
import { listConnections, type Connection } from '../store/connections.ts';
import { summariseLinks, type LinkSummary } from '../store/links.ts';
import { listRuns, type Run } from '../store/runs.ts';
import type { Scope, Tx } from '../store/scope.ts';
import { readSchedules, scheduleOf } from '../store/settings.ts';
import { nextRun } from '../sync/schedule.ts';
import type { Direction } from '../sync/types.ts';
import { waitingRecords } from './ticks.ts';

/**
 * How an org's sync is, worst first: `setup`, an account has never been connected; `stopped`, a connection does not
 * work; `paused`, nothing runs by itself; `attention`, records or a run failed; `ok`.
 */
export type HealthState = 'setup' | 'stopped' | 'paused' | 'attention' | 'ok';

export interface Health {
  readonly state: HealthState;
  /** The state in plain words. */
  readonly sentence: string;
  readonly connections: readonly Connection[];
  /** Of the Salesforce org, null before its first call. */
  readonly apiBudget: ApiBudget | null;
  /** One for each connected platform. */
  readonly pairs: readonly PairHealth[];
}

export interface ApiBudget {
  /** Our calls today, and how many the admin allows. */
  readonly used: number;
  readonly allowed: number | null;
  /** All calls of the org in the last 24 hours and its limit, as last reported. */
  readonly orgUsed: number | null;
  readonly orgLimit: number | null;
}

export interface PairHealth {
  readonly connectionId: string;
  readonly directions: readonly DirectionHealth[];
  readonly links: readonly Pick<LinkSummary, 'object' | 'state' | 'count'>[];
  /** Records that are not in step, by cause, most first. */
  readonly problems: readonly { readonly code: ErrorCode; readonly object: string; readonly count: number }[];
  readonly openConflicts: number;
}

export interface DirectionHealth {
  readonly direction: Direction;
  readonly paused: boolean;
  /** Records that wait to be written. */
  readonly waiting: number;
  /** Milliseconds; null while nothing is scheduled. */
  readonly nextRunAt: number | null;
  /** Seconds that the waiting records take at the pace of the last runs, null where that is not known. */
  readonly secondsLeft: number | null;
  readonly lastRun: Run | null;
}

/** So many runs tell the pace. */
const PACE_RUNS = 10;

/** Everything that the Sync Health page shows, in one read. */
export async function readHealth(
  tx: Tx,
  tenantId: string,
  { now, intervalMinutes, dailyShare }: { now: number; intervalMinutes: number; dailyShare: number },
): Promise<Health> {
  const connections = await listConnections(tx);
  const live = connections.filter(({ state }) => state !== 'disconnected');
  const org = live.find(({ platform }) => platform === 'salesforce');
  const platforms = live.filter(({ platform }) => platform !== 'salesforce');
  const pairs: PairHealth[] = [];
  for (const { id } of platforms) {
    pairs.push(await readPair(tx, { tenantId, connectionId: id }, now, intervalMinutes));
  }
  const apiBudget = org ? await readApiBudget(tx, tenantId, org, dailyShare) : null;
  return { ...judge(org, platforms, pairs), connections, apiBudget, pairs };
}

async function readPair(tx: Tx, scope: Scope, now: number, intervalMinutes: number): Promise<PairHealth> {
  const schedules = await readSchedules(tx, scope);
  const directions: DirectionHealth[] = [];
  for (const direction of ['outbound', 'inbound'] as const) {
    const { schedule, timeZone, paused } = scheduleOf(schedules, direction);
    const { tenantId, connectionId } = scope;
    const runs = await listRuns(tx, tenantId, { connectionId, direction, limit: PACE_RUNS });
    const waiting = await waitingRecords(tx, scope, direction, now);
    const lastStart = runs.find(({ startedAt }) => startedAt !== null)?.startedAt ?? null;
    directions.push({
      direction,
      paused,
      waiting,
      nextRunAt: schedule && !paused ? nextRun(schedule, lastStart, now, timeZone, intervalMinutes) : null,
      secondsLeft: secondsLeft(runs, waiting),
      lastRun: runs[0] ?? null,
    });
  }
  const summary = await summariseLinks(tx, scope);
  return {
    connectionId: scope.connectionId,
    directions,
    links: sum(summary),
    problems: summary
      .flatMap(({ problem, object, count }) => (isCode(problem) ? [{ code: problem, object, count }] : []))
      .sort((a, b) => b.count - a.count),
    openConflicts: await countOpenConflicts(tx, scope),
  };
}

/** Links by object and state, whatever their problem. */
function sum(summary: readonly LinkSummary[]): PairHealth['links'] {
  const counts = new Map<string, PairHealth['links'][number]>();
  for (const { object, state, count } of summary) {
    const key = `${object} ${state}`;
    counts.set(key, { object, state, count: count + (counts.get(key)?.count ?? 0) });
  }
  return [...counts.values()];
}

function secondsLeft(runs: readonly Run[], waiting: number): number | null {
  if (waiting === 0) return 0;
  let [records, milliseconds] = [0, 0];
  for (const { startedAt, finishedAt, counts } of runs) {
    if (startedAt === null || finishedAt === null) continue;
    records += (counts.created ?? 0) + (counts.updated ?? 0) + (counts.linked ?? 0) + (counts.unchanged ?? 0);
    milliseconds += finishedAt - startedAt;
  }
  return records === 0 ? null : Math.ceil((waiting * milliseconds) / records / 1000);
}

async function readApiBudget(
  tx: Tx,
  tenantId: string,
  org: Connection,
  dailyShare: number,
): Promise<ApiBudget | null> {
  const budgets = await readBudgets(tx, { tenantId, connectionId: org.id });
  const daily = budgets.find(({ window }) => window === 'daily');
  if (!daily) return null;
  const { used, vendorUsed, vendorLimit } = daily;
  const allowed = vendorLimit === null ? null : Math.floor(vendorLimit * (org.dailyApiShare ?? dailyShare));
  return { used, allowed, orgUsed: vendorUsed, orgLimit: vendorLimit };
}

function judge(
  org: Connection | undefined,
  platforms: readonly Connection[],
  pairs: readonly PairHealth[],
): Pick<Health, 'state' | 'sentence'> {
  if (!org || platforms.length === 0) {
    return { state: 'setup', sentence: `Set-up is not finished: ${org ? 'no platform' : 'Salesforce'} is connected yet.` };
  }
  const broken = [org, ...platforms].find(({ state }) => state === 'error');
  if (broken) {
    const { meaning, remedy } = catalogue[isCode(broken.stateCode) ? broken.stateCode : 'SYNC_INTERNAL'];
    return { state: 'stopped', sentence: `Sync has stopped. ${meaning} ${remedy}` };
  }
  const directions = pairs.flatMap((pair) => pair.directions);
  const waiting = total(directions.map((direction) => direction.waiting));
  if (directions.every(({ nextRunAt }) => nextRunAt === null)) {
    return { state: 'paused', sentence: `Sync is paused; ${records(waiting)} waiting.` };
  }
  const failing = total(pairs.flatMap(({ problems }) => problems.map(({ count }) => count)));
  const conflicts = total(pairs.map(({ openConflicts }) => openConflicts));
  const failedRun = directions.find(({ lastRun }) => lastRun?.state === 'failed')?.lastRun;
  if (failedRun) {
    return { state: 'attention', sentence: `The last run failed: ${failedRun.error?.message ?? 'no reason is known'}` };
  }
  if (failing + conflicts > 0) {
    const parts = [
      ...(failing > 0 ? [`${records(failing)} not in step`] : []),
      ...(conflicts > 0 ? [`${conflicts} ${conflicts === 1 ? 'conflict waits' : 'conflicts wait'} for a decision`] : []),
    ];
    return { state: 'attention', sentence: `Sync runs, but ${parts.join(', and ')}.` };
  }
  return {
    state: 'ok',
    sentence: waiting === 0 ? 'Everything is in step.' : `Sync runs; ${records(waiting)} waiting for the next batch.`,
  };
}

function records(count: number): string {
  return count === 1 ? '1 record is' : `${count} records are`;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function isCode(code: string | null): code is ErrorCode {
  return code !== null && Object.hasOwn(catalogue, code);
}
