import { name, show, type Evidence, type Invariant } from '../evidence.ts';

const salesforceCallsAtMost = 4;

/** 1. After three runs without edits and faults, a run writes nothing and costs at most four Salesforce calls. */
export const convergence: Invariant = (evidence) => [...restless(evidence), ...different(evidence)];

function restless({ played, tenant }: Evidence): string[] {
  return played.quiet
    .filter((run) => run.tenant === tenant)
    .flatMap(({ direction, ended, salesforceCalls, touches }) => [
      ...(ended === 'succeeded' ? [] : [`The last ${direction} run ended as ${ended}.`]),
      ...touches.map((line) => `The last ${direction} run still wrote: ${line}`),
      ...(salesforceCalls > salesforceCallsAtMost
        ? [`The last ${direction} run cost ${salesforceCalls} Salesforce calls.`]
        : []),
    ]);
}

/** Linked records that are said to be in step, but are not. */
function different({ pairs, mapped, conflicts }: Evidence): string[] {
  return pairs.flatMap(({ link, salesforce, platform }) => {
    if (link.problem !== null) return [];
    return mapped(link.object).flatMap((field) => {
      const [ours, theirs] = [salesforce.values[field] ?? null, platform.values[field] ?? null];
      if (ours === theirs) return [];
      // A deletion of an account never travels, and so neither does its absence.
      if (field === 'account') return [];
      if (conflicts.some((row) => row.link === link.id && row.field === field && row.state !== 'settled'))
        return [];
      return [
        `${name(salesforce, field)} is ${show(ours)}, but ${name(platform, field)} is ${show(theirs)}, without a word.`,
      ];
    });
  });
}
