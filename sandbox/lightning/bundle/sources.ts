import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The Lightning web components of a package, and what they need of the platform. */
export interface ComponentSources {
  /** The `lwc` folder. */
  readonly folder: string;
  /** Names of the components, such as `setupAssistant`; modules without a template are among them. */
  readonly components: readonly string[];
  /** Modules of the platform that they import or use as elements, such as `lightning/button`. */
  readonly platformModules: readonly string[];
  /** Icons that they name, such as `utility:check`. */
  readonly icons: readonly string[];
  /** The time of the newest change, in milliseconds since the epoch, and the number of files. */
  readonly version: string;
}

const SOURCE = /\.(?:ts|js|html|css)$/;
const TESTS = '__tests__';
const ELEMENT = /<(lightning-[a-z0-9-]+)/g;
const IMPORT = /from\s+['"](lightning\/\w+)['"]/g;
export const ICON = /\b(?:utility|standard|action|custom|doctype):[a-z0-9_]+\b/g;

/** `lightning-progress-bar` is the module `lightning/progressBar`. */
export function moduleOfElement(element: string): string {
  const [namespace = '', ...words] = element.split('-');
  const name = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)));
  return `${namespace}/${name.join('')}`;
}

/** `cxaActivities` of the namespace `c` is the element `c-cxa-activities`. */
export function elementOf(component: string): string {
  return `c-${component.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => SOURCE.test(name) && !name.includes(TESTS))
    .toSorted()
    .map((name) => join(folder, name));
}

/** Whether something changed since `sources` were read. */
export function versionOf(folder: string): string {
  if (!existsSync(folder)) return 'none';
  const files = sourceFiles(folder);
  const newest = Math.max(0, ...files.map((file) => statSync(file).mtimeMs));
  return `${files.length} files, ${newest}`;
}

/** The entry of a component: its TypeScript, else its JavaScript. */
export function entryOf(folder: string, component: string): string | undefined {
  return fileOf(folder, component, ['ts', 'js']);
}

/** The style sheet of a module that is nothing else, for others to import. */
export function styleOf(folder: string, module: string): string | undefined {
  return fileOf(folder, module, ['css']);
}

function fileOf(folder: string, module: string, extensions: readonly string[]): string | undefined {
  return extensions
    .map((extension) => join(folder, module, `${module}.${extension}`))
    .find((file) => existsSync(file));
}

/** Reads a package's `lwc` folder; one that does not exist has no components. */
export function readSources(folder: string): ComponentSources {
  const version = versionOf(folder);
  if (!existsSync(folder)) return { folder, components: [], platformModules: [], icons: [], version };
  const components = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entryOf(folder, entry.name) !== undefined)
    .map((entry) => entry.name)
    .toSorted();
  const text = sourceFiles(folder).map((file) => readFileSync(file, 'utf8'));
  const found = (pattern: RegExp): string[] =>
    text.flatMap((content) => [...content.matchAll(pattern)].map(([whole, group]) => group ?? whole));
  const modules = new Set([...found(ELEMENT).map(moduleOfElement), ...found(IMPORT)]);
  return {
    folder,
    components,
    platformModules: [...modules].toSorted(),
    icons: [...new Set(found(ICON))].toSorted(),
    version,
  };
}
