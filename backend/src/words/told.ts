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

/** As text, each template and each text on the way translated. */
export function fill(told: Told, translate: (text: string) => string): string {
  if (typeof told === 'string') return translate(told);
  return translate(told.says).replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = Object.hasOwn(told.values, name) ? told.values[name] : undefined;
    if (value === undefined) return place;
    return typeof value === 'number' ? String(value) : fill(value, translate);
  });
}

export function inEnglish(told: Told): string {
  return fill(told, (text) => text);
}
