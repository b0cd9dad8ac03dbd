import type { Invariant } from '../evidence.ts';

/** Faults that a second try mends. */
const slight = ['lost_answer', 'lost_call', 'error_before', 'slow_answer'];

/** 7. One call that fails is tried again and fails no run; each session that ended is renewed once. */
export const patience: Invariant = ({ played, tenant, runs }) => {
  const { story, world, tenants } = played;
  const ofTenant = story.steps.filter((step) => tenants[step.tenant] === tenant).map(({ deed }) => deed);
  const ends = story.steps
    .map(({ deed }) => deed)
    .filter(({ kind }) => kind === 'crash' || kind === 'freeze');
  const faults = story.steps.map(({ deed }) => deed).filter((deed) => deed.kind === 'fault');
  const isSlight =
    faults.length <= tenants.length &&
    faults.every(({ fault, times }) => times === 1 && slight.includes(fault));
  if (!isSlight || ends.length > 0) return [];
  const failed = runs.filter(({ state }) => state === 'failed' || state === 'paused');
  const logouts = ofTenant.filter(({ kind }) => kind === 'log_out').length;
  const logins = world.logins.get(tenant.name) ?? 0;
  return [
    ...failed.map(({ direction, error }) => `An ${direction} run failed for next to nothing: ${error ?? ''}`),
    ...(logins > logouts + faults.length
      ? [`The session of ${tenant.name} ended ${logouts} times, but was renewed ${logins} times.`]
      : []),
  ];
};
