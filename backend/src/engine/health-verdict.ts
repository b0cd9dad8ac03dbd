import { explain, type ErrorCode } from '../lib/errors.ts';
import type { Connection, Platform } from '../store/connections.ts';
import { sentence, type Sentence, type Told } from '../words/told.ts';
import type { DirectionHealth } from './health.ts';

/** How sync stands, for people: one sentence, and what helps where something does. */
export interface Verdict {
  readonly state: 'fine' | 'waiting' | 'paused' | 'connection_lost';
  readonly sentence: Told;
  readonly code: ErrorCode | null;
  readonly remedy: Told | null;
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
  return {
    state: 'connection_lost',
    sentence: sentence('{name}: {words}', { name: labels[platform], words: meaning }),
    code,
    remedy,
  };
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
    return {
      state: 'paused',
      sentence:
        paused.length === directions.length
          ? sentence('Sync is paused by an admin.')
          : paused[0]?.direction === 'inbound'
            ? sentence('Sync from {platform} to Salesforce is paused by an admin.', { platform })
            : sentence('Sync from Salesforce to {platform} is paused by an admin.', { platform }),
      code: null,
      remedy: sentence('Resume it when you are ready: what changes meanwhile is not lost.'),
    };
  }
  const unscheduled = directions.find((direction) => direction.schedule === null);
  if (unscheduled === undefined) return null;
  return {
    state: 'paused',
    sentence:
      unscheduled.direction === 'inbound'
        ? sentence('No job is scheduled from {platform} to Salesforce.', { platform })
        : sentence('No job is scheduled from Salesforce to {platform}.', { platform }),
    code: null,
    remedy: sentence('Schedule one in step 3 of the Setup Assistant.'),
  };
}

function failedRun(directions: readonly DirectionHealth[]): Verdict | null {
  const error = directions.find(({ lastRun }) => lastRun?.state === 'failed')?.lastRun?.error;
  if (error === null || error === undefined) return null;
  const { code, remedy } = explain(error.code);
  return {
    state: 'waiting',
    sentence: sentence('The last run failed and is tried again: {reason}', { reason: error.message }),
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
  const told = sentence('{verdict} {notice}', { verdict: verdict.sentence, notice: error.message });
  return { ...verdict, sentence: told, code, remedy };
}

function underWay(directions: readonly DirectionHealth[], needAttention: number): Verdict {
  const waiting = directions.reduce((sum, direction) => sum + direction.waiting, 0);
  const isRunning = directions.some(({ runNow }) => runNow?.state === 'running');
  const state = isRunning || waiting > 0 ? 'waiting' : 'fine';
  const doing = isRunning
    ? sentence('Syncing now, {records} to go', { records: records(waiting) })
    : waiting > 0
      ? sentence(waiting === 1 ? '{records} waits for the next run' : '{records} wait for the next run', {
          records: records(waiting),
        })
      : needAttention > 0
        ? sentence('Sync runs')
        : sentence('Everything is in step');
  if (needAttention === 0) {
    return { state, sentence: sentence('{doing}.', { doing }), code: null, remedy: null };
  }
  return {
    state,
    sentence: sentence(
      needAttention === 1 ? '{doing}; {records} needs attention.' : '{doing}; {records} need attention.',
      { doing, records: records(needAttention) },
    ),
    code: null,
    remedy: sentence('Look at the causes below: each says what helps.'),
  };
}

function records(count: number): Sentence {
  return count === 1 ? sentence('1 record') : sentence('{count} records', { count });
}
