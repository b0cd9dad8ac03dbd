import type { Template } from './spanish.ts';

/**
 * What the service says about one case: a template and what stands in its places, so that it can be stored and be put
 * into the reader's language when it is read.
 */
export interface Sentence {
  /** In English, with places such as `{field}`. */
  readonly says: string;
  readonly values: Readonly<Record<string, Told | number>>;
}

/** What people are told: a sentence of ours, or a text: a vendor's words, or what a code of the catalogue means. */
export type Told = string | Sentence;

/** The names of a template's places. */
type Places<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Places<Rest>
  : never;

/** A sentence of ours. A template that has no Spanish, and a place that is left empty, do not compile. */
export function sentence<T extends Template>(
  says: T,
  ...[values]: [Places<T>] extends [never] ? [] : [values: Readonly<Record<Places<T>, Told | number>>]
): Sentence {
  return { says, values: values ?? {} };
}

/** How templates, and texts that stand alone or in them, are said in a language. */
export interface Translation {
  readonly template: (says: string) => string;
  readonly text: (text: string) => string;
}

export function fill(told: Told, translation: Translation): string {
  if (typeof told === 'string') return translation.text(told);
  return translation.template(told.says).replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = Object.hasOwn(told.values, name) ? told.values[name] : undefined;
    if (value === undefined) return place;
    return typeof value === 'number' ? String(value) : fill(value, translation);
  });
}

export function inEnglish(told: Told): string {
  const same = (text: string): string => text;
  return fill(told, { template: same, text: same });
}
