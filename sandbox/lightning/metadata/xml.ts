import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/** Elements that are lists even where there is only one. */
const LISTS = new Set([
  'flexiPageRegions',
  'itemInstances',
  'componentInstanceProperties',
  'criteria',
  'layoutSections',
  'layoutColumns',
  'layoutItems',
  'labels',
  'customLabels',
  'customApplications',
  'customTabs',
  'picklistValues',
  'tabs',
]);

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => LISTS.has(name),
});

export interface MetadataFile {
  /** The component's name: the file's up to its suffix. */
  readonly name: string;
  /** The parsed file, still to be checked. */
  readonly content: unknown;
}

/**
 * Reads the metadata of one kind.
 * @param suffix such as `.flexipage-meta.xml`.
 */
export function readMetadata(folder: string, suffix: string): MetadataFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(suffix))
    .toSorted()
    .map((file) => ({
      name: basename(file, suffix),
      content: parser.parse(readFileSync(join(folder, file), 'utf8')) as unknown,
    }));
}
