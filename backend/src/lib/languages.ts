import type { Language } from '../words/language.ts';
import { spanish as sentences } from '../words/spanish.ts';
import { fill, inEnglish, type Told } from '../words/told.ts';
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

const spanishTemplates: ReadonlyMap<string, string> = new Map(Object.entries(sentences));
/** Many a case is told by what its code means. */
const spanishMeanings: ReadonlyMap<string, string> = new Map(
  Object.entries(spanish).map(([code, { meaning }]) => [explain(code).meaning, meaning]),
);
const translations: Readonly<Record<Language, (told: Told) => string>> = {
  en: inEnglish,
  es: (told) =>
    fill(told, {
      template: (says) => spanishTemplates.get(says) ?? says,
      text: (text) => spanishMeanings.get(text) ?? text,
    }),
};

/** What the catalogue says about a code. */
export function wordsOf(code: ErrorCode, language: Language): ErrorWords {
  return language === 'es' ? spanish[code] : catalogue[code];
}

/**
 * What is told about one case, as text. Words of others stay as they are, and so does, in English, a stored sentence
 * whose template is not used any more.
 */
export function inWords(told: Told, language: Language): string {
  return translations[language](told);
}

/** An answer in which everything that explains a code, however deep, does so in a language. */
export function inLanguage(answer: unknown, language: Language): unknown {
  if (Array.isArray(answer)) return answer.map((part) => inLanguage(part, language));
  if (typeof answer !== 'object' || answer === null) return answer;
  const parts = Object.entries(answer).map(([name, part]) => [name, inLanguage(part, language)] as const);
  const told: Record<string, unknown> = Object.fromEntries(parts);
  const { code, remedy } = told;
  if (typeof code !== 'string' || (typeof told['meaning'] !== 'string' && typeof remedy !== 'string'))
    return told;
  const words: Readonly<Record<string, string>> = { ...wordsOf(explain(code).code, language) };
  return { ...told, ...Object.fromEntries(Object.entries(words).filter(([part]) => part in told)) };
}
