import { z } from 'zod';
import { statusOfProblem, syncStatus } from '../../../src/engine/marks.ts';
import { name, show, type Evidence, type Invariant } from '../evidence.ts';
import type { Snapshot } from '../records.ts';

const text = z.string().nullable();
const salesforceCallsAtMost = 4;

/** 1. After three runs without edits and faults, a run writes nothing and costs at most four Salesforce calls. */
export const convergence: Invariant = (evidence) => [
  ...restless(evidence),
  ...different(evidence),
  ...unmarked(evidence),
  ...silentlyRefused(evidence),
];

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

/** Linked records that do not show what they are linked to, or that they are in step. */
function unmarked({ pairs }: Evidence): string[] {
  return pairs.flatMap(({ link, salesforce, platform }) => {
    const [status, id] = marksOf(salesforce);
    const wanted =
      link.problem === null ? syncStatus.synced : statusOfProblem({ ...link.problem, message: '' });
    return [
      ...(id === platform.id
        ? []
        : [`${name(salesforce)} is linked to ${platform.id}, but shows ${id ?? 'nothing'}.`]),
      ...(status === wanted ? [] : [`${name(salesforce)} shows "${status ?? ''}" instead of "${wanted}".`]),
    ];
  });
}

/** Records that no link may have, and that do not show why. */
function silentlyRefused({ links, salesforce }: Evidence): string[] {
  return links.flatMap(({ object, state, problem, salesforce: id }) => {
    const record = salesforce.get(`${object}/${id}`);
    if (state !== 'candidate' || problem === null || record === undefined || record.isGone) return [];
    const [status] = marksOf(record);
    const wanted = statusOfProblem({ ...problem, message: '' });
    return status === wanted
      ? []
      : [`${name(record)} is refused, but shows "${status ?? ''}" instead of "${wanted}".`];
  });
}

function marksOf({ marks }: Snapshot): readonly (string | null)[] {
  return z.tuple([text, text, text]).parse(JSON.parse(marks));
}
