import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
/** Where sources are kept without their types. */
export const folder = join(root, 'node_modules', '.cache', 'syncline-stripped');
/** Whose TypeScript is kept: what the service's processes load. */
export const sources = [join(root, 'backend', 'src'), join(root, 'scripts')];

/** Whether a file is among those that are kept. */
export function isSource(path) {
  return sources.some((source) => path.startsWith(source + sep));
}

/** The file in which a source is kept without its types: one for each, whatever its text. */
export function keptFile(path) {
  return join(folder, `${hash(relative(root, path))}.mjs`);
}

/** The end of a kept file, which says of which text it is. */
export function mark(text) {
  return `\n// ${hash(text)}, ${process.version}\n`;
}

/** A text without its types, or undefined where it is not kept, or cannot be read. */
export function readKept(path, text) {
  try {
    const kept = readFileSync(keptFile(path), 'utf8');
    return kept.endsWith(mark(text)) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function hash(text) {
  return createHash('sha256').update(text).digest('hex');
}
