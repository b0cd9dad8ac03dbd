import { catalogue, type ErrorCode } from './error-catalogue.ts';
import { connectingWords } from './errors/es/connecting.ts';
import { peopleWords } from './errors/es/people.ts';
import { platformWords } from './errors/es/platform.ts';
import { requestWords } from './errors/es/request.ts';
import { runsWords } from './errors/es/runs.ts';
import { salesforceWords } from './errors/es/salesforce.ts';
import { valuesWords } from './errors/es/values.ts';
import type { ErrorWords } from './errors/es/words.ts';
import { explain } from './errors.ts';

/** What the service can say things in; the first is the catalogue's own language. */
export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** A code that the catalogue has and this lacks does not compile. */
const spanish: Readonly<Record<ErrorCode, ErrorWords>> = {
  ...requestWords,
  ...valuesWords,
  ...salesforceWords,
  ...platformWords,
  ...connectingWords,
  ...runsWords,
  ...peopleWords,
};

/** What the catalogue says about a code. */
export function wordsOf(code: ErrorCode, language: Language): ErrorWords {
  return language === 'es' ? spanish[code] : catalogue[code];
}

/**
 * An answer in which everything that explains a code, however deep, does so in a language. What a vendor said, and
 * what the service says about this one case, stays as it is.
 */
export function inLanguage(answer: unknown, language: Language): unknown {
  if (Array.isArray(answer)) return answer.map((part) => inLanguage(part, language));
  if (typeof answer !== 'object' || answer === null) return answer;
  const parts = Object.entries(answer).map(([name, part]) => [name, inLanguage(part, language)] as const);
  const told: Record<string, unknown> = Object.fromEntries(parts);
  if (typeof told['code'] !== 'string' || typeof told['meaning'] !== 'string') return told;
  const { code, meaning } = explain(told['code']);
  const { meaning: translated, action, remedy } = wordsOf(code, language);
  return {
    ...told,
    meaning: translated,
    ...('action' in told ? { action } : {}),
    ...('remedy' in told ? { remedy } : {}),
    ...(told['message'] === meaning ? { message: translated } : {}),
  };
}
