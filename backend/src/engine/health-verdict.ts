import { explain, type ErrorCode } from '../lib/errors.ts';
import type { Connection, Platform } from '../store/connections.ts';
import type { Direction } from '../sync/types.ts';
import type { DirectionHealth } from './health.ts';

/** How sync stands, for people: one sentence, and what helps where something does. */
export interface Verdict {
  readonly state: 'fine' | 'waiting' | 'paused' | 'connection_lost';
  readonly sentence: string;
  readonly code: ErrorCode | null;
  readonly remedy: string | null;
}

const labels: Readonly<Record<Platform, string>> = {
  salesforce: 'Salesforce',
  activecampaign: 'ActiveCampaign',
  klaviyo: 'Klaviyo',
  hubspot: 'HubSpot',
};

/** Errors of a run that say that a system does not let us in any more. */
const lost: readonly string[] = [
  'SYNC_SALESFORCE_UNAUTHORIZED',
  'SYNC_SALESFORCE_API_DISABLED',
  'SYNC_PLATFORM_UNAUTHORIZED',
  'SYNC_NOT_CONNECTED',
];

/** The first thing that is wrong, in the order in which a person would have to mend it; else what is going on. */
export function judgeHealth(
  connections: { readonly salesforce: Connection | undefined; readonly platform: Connection },
  directions: readonly DirectionHealth[],
  needAttention: number,
): Verdict {
  return (
    brokenConnection(connections.salesforce, 'salesforce') ??
    brokenConnection(connections.platform, connections.platform.platform) ??
    stoppedRun(directions) ??
    pausedByAdmin(directions, labels[connections.platform.platform]) ??
    failedRun(directions) ??
    noticed(directions, underWay(directions, needAttention))
  );
}

function brokenConnection(connection: Connection | undefined, platform: Platform): Verdict | null {
  if (connection?.state === 'connected') return null;
  const { code, meaning, remedy } = explain(connection?.stateCode ?? 'SYNC_NOT_CONNECTED');
  return { state: 'connection_lost', sentence: `${labels[platform]}: ${meaning}`, code, remedy };
}

/** A run that stopped for a cause that no later run has overcome. */
function stoppedRun(directions: readonly DirectionHealth[]): Verdict | null {
  const error = directions.find(({ lastRun }) => lastRun?.state === 'paused')?.lastRun?.error;
  if (error === null || error === undefined) return null;
  const { code, remedy } = explain(error.code);
  return { state: lost.includes(code) ? 'connection_lost' : 'paused', sentence: error.message, code, remedy };
}

function pausedByAdmin(directions: readonly DirectionHealth[], platform: string): Verdict | null {
  const paused = directions.filter((direction) => direction.paused);
  if (paused.length > 0) {
    const which =
      paused.length === directions.length ? 'Sync' : `Sync ${way(paused[0]?.direction, platform)}`;
    return {
      state: 'paused',
      sentence: `${which} is paused by an admin.`,
      code: null,
      remedy: 'Resume it when you are ready: what changes meanwhile is not lost.',
    };
  }
  const unscheduled = directions.find((direction) => direction.schedule === null);
  if (unscheduled === undefined) return null;
  return {
    state: 'paused',
    sentence: `No job is scheduled ${way(unscheduled.direction, platform)}.`,
    code: null,
    remedy: 'Schedule one in step 3 of the Setup Assistant.',
  };
}

function failedRun(directions: readonly DirectionHealth[]): Verdict | null {
  const error = directions.find(({ lastRun }) => lastRun?.state === 'failed')?.lastRun?.error;
  if (error === null || error === undefined) return null;
  const { code, remedy } = explain(error.code);
  return {
    state: 'waiting',
    sentence: `The last run failed and is tried again: ${error.message}`,
    code,
    remedy,
  };
}

/** What the newest runs had to do without, while the rest goes on. */
function noticed(directions: readonly DirectionHealth[], verdict: Verdict): Verdict {
  const error = directions.find(({ lastRun }) => lastRun?.state === 'succeeded' && lastRun.error !== null)
    ?.lastRun?.error;
  if (error === null || error === undefined) return verdict;
  const { code, remedy } = explain(error.code);
  return { ...verdict, sentence: `${verdict.sentence} ${error.message}`, code, remedy };
}

function underWay(directions: readonly DirectionHealth[], needAttention: number): Verdict {
  const waiting = directions.reduce((sum, direction) => sum + direction.waiting, 0);
  const isRunning = directions.some(({ runNow }) => runNow?.state === 'running');
  const state = isRunning || waiting > 0 ? 'waiting' : 'fine';
  const doing = isRunning
    ? `Syncing now, ${records(waiting)} to go`
    : waiting > 0
      ? `${records(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for the next run`
      : needAttention > 0
        ? 'Sync runs'
        : 'Everything is in step';
  if (needAttention === 0) return { state, sentence: `${doing}.`, code: null, remedy: null };
  return {
    state,
    sentence: `${doing}; ${records(needAttention)} ${needAttention === 1 ? 'needs' : 'need'} attention.`,
    code: null,
    remedy: 'Look at the causes below: each says what helps.',
  };
}

function way(direction: Direction | undefined, platform: string): string {
  return direction === 'inbound' ? `from ${platform} to Salesforce` : `from Salesforce to ${platform}`;
}

function records(count: number): string {
  return count === 1 ? '1 record' : `${count} records`;
}
