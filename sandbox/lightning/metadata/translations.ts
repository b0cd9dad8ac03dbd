import { join } from 'node:path';
import { z } from 'zod';
import { readMetadata } from './xml.ts';

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

const labelsXml = z.object({
  CustomLabels: z.object({
    labels: z.array(z.object({ fullName: z.string(), value: z.string() })).default([]),
  }),
});
const named = z.array(z.object({ name: z.string(), label: z.string().default('') })).default([]);
const translationsXml = z.object({
  Translations: z.object({ customLabels: named, customApplications: named, customTabs: named }),
});
const fieldXml = z.object({
  CustomFieldTranslation: z.object({
    name: z.string(),
    label: z.string().default(''),
    help: z.string().optional(),
    picklistValues: z
      .array(z.object({ masterLabel: z.string(), translation: z.string().default('') }))
      .default([]),
  }),
});

export interface FieldTranslation {
  readonly label: string;
  readonly help: string | undefined;
  readonly values: ReadonlyMap<string, string>;
}

/** The package's words in one language. What has no translation is not there. */
export interface Words {
  readonly labels: ReadonlyMap<string, string>;
  readonly apps: ReadonlyMap<string, string>;
  readonly tabs: ReadonlyMap<string, string>;
  /** By `Object.Field`. */
  readonly fields: ReadonlyMap<string, FieldTranslation>;
}

const byName = (list: readonly { name: string; label: string }[]): ReadonlyMap<string, string> =>
  new Map(list.map(({ name, label }) => [name, label]));

/** The labels as the package defines them. */
function readLabels(folder: string): ReadonlyMap<string, string> {
  const files = readMetadata(join(folder, 'labels'), '.labels-meta.xml');
  const labels = files.flatMap(({ content }) => labelsXml.parse(content).CustomLabels.labels);
  return new Map(labels.map(({ fullName, value }) => [fullName, value]));
}

function readFields(folder: string, language: Language): ReadonlyMap<string, FieldTranslation> {
  const translations = join(folder, 'objectTranslations');
  const objects = readMetadata(translations, '.objectTranslation-meta.xml');
  return new Map(
    objects
      .filter(({ name }) => name.endsWith(`-${language}`))
      .flatMap(({ name: file }) =>
        readMetadata(join(translations, file), '.fieldTranslation-meta.xml').map(({ content }) => {
          const { name, label, help, picklistValues } = fieldXml.parse(content).CustomFieldTranslation;
          const values = new Map(
            picklistValues.map(({ masterLabel, translation }) => [masterLabel, translation]),
          );
          return [`${file.slice(0, -language.length - 1)}.${name}`, { label, help, values }] as const;
        }),
      ),
  );
}

/** The words of every language. English is what the package's own files say. */
export function readWords(folder: string): Readonly<Record<Language, Words>> {
  const labels = readLabels(folder);
  const [spanish] = readMetadata(join(folder, 'translations'), '.translation-meta.xml')
    .filter(({ name }) => name === 'es')
    .map(({ content }) => translationsXml.parse(content).Translations);
  return {
    en: { labels, apps: new Map(), tabs: new Map(), fields: new Map() },
    es: {
      labels: new Map([...labels, ...byName(spanish?.customLabels ?? [])]),
      apps: byName(spanish?.customApplications ?? []),
      tabs: byName(spanish?.customTabs ?? []),
      fields: readFields(folder, 'es'),
    },
  };
}
