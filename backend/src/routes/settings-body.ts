import type { z } from 'zod';
import { inWords } from '../lib/languages.ts';
import type { pairSchema, problemSchema } from '../schemas/mapping.ts';
import { judgePair, type MappingProblem } from '../sync/pairs.ts';
import type { SelectionProblem } from '../sync/selection.ts';
import type { PlatformField, SalesforceField, SalesforceObject } from '../sync/types.ts';
import type { Language } from '../words/language.ts';

/** What is wrong with a mapping or a selection, as the API answers it. */
export function toProblem(
  problem: MappingProblem | SelectionProblem,
  language: Language,
): z.infer<typeof problemSchema> {
  return { ...problem, message: inWords(problem.message, language) };
}

/** Whether two fields go together on an object, for the person who maps them. */
export function toPair(
  salesforce: SalesforceField,
  platform: PlatformField,
  object: SalesforceObject,
  language: Language,
): z.infer<typeof pairSchema> {
  const verdict = judgePair(salesforce, platform, object);
  const pair = { salesforce: salesforce.name, platform: platform.key };
  if (!verdict.allowed) {
    const reason = inWords(verdict.reason, language);
    return { ...pair, allowed: false, direction: null, lossy: false, defaultPolicy: null, reason };
  }
  const { direction, lossy, defaultPolicy, note } = verdict;
  const reason = note === undefined ? null : inWords(note, language);
  return { ...pair, allowed: true, direction, lossy, defaultPolicy, reason };
}
