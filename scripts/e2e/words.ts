import { join } from 'node:path';
import { readWords } from '../../sandbox/lightning/metadata/translations.ts';
import type { Language } from '../../sandbox/lightning/metadata/translations.ts';

const words = readWords(join(import.meta.dirname, '../../force-app/main/default'));

/** What the package calls something in a language. @throws Error where there is no such label */
export function label(language: Language, name: string): string {
  const text = words[language].labels.get(name);
  if (text === undefined) throw new Error(`The package has no label ${name}.`);
  return text;
}

/** Those of some texts that are English words of the package with a translation in that language. */
export function untranslated(language: Language, texts: readonly string[]): string[] {
  const { labels } = words[language];
  const english = [...words.en.labels].filter(([name, text]) => labels.get(name) !== text);
  return texts.filter((shown) => english.some(([, text]) => text === shown));
}
