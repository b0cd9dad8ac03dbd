import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/** One file of a package in source format. */
export interface SourceFile {
  /** From the package's folder, with slashes, e.g. `tabs/Setup.tab-meta.xml`. */
  readonly path: string;
  readonly text: string;
}

/** An element of a metadata file. */
export interface Element {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Element[];
}

const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: true, parseTagValue: false });

/** All files under a package's `main/default` folder, in the order of their paths. */
export function readSource(folder: string): SourceFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}

/** The root element of a metadata file. @throws Error where it is no XML document */
export function parseMetadata(file: SourceFile): Element {
  const root = toElements(parser.parse(file.text)).find((element) => element.name !== '?xml');
  if (root === undefined) throw new Error(`${file.path} holds no XML element`);
  return root;
}

/** Every element of a name, at any depth. */
export function allOf(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...allOf(child, name),
  ]);
}

/** The text of a child element; undefined where there is none. */
export function textOf(element: Element, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

/** The parser's ordered form is a list of objects with one key each: the element's name, or `#text`. */
function toElements(nodes: unknown): Element[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown) => {
    const [entry] = Object.entries(node as Record<string, unknown>); // The parser makes nothing else.
    if (entry === undefined || entry[0] === '#text') return [];
    const [name, content] = entry;
    return [{ name, text: ownText(content), children: toElements(content) }];
  });
}

function ownText(nodes: unknown): string {
  if (!Array.isArray(nodes)) return '';
  return nodes
    .map((node: unknown) => (node as Record<string, unknown>)['#text'])
    .filter((text) => typeof text === 'string' || typeof text === 'number')
    .join('')
    .trim();
}
