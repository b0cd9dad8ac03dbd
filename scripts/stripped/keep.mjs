// Takes the types off all sources that are not kept without them yet. Usage: node scripts/stripped/keep.mjs
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { folder, keptFile, mark, readKept, sources } from './kept.mjs';

mkdirSync(folder, { recursive: true });
for (const path of sources.flatMap(typescriptIn)) {
  const text = readFileSync(path, 'utf8');
  if (readKept(path, text) !== undefined) continue;
  const stripped = strip(text);
  if (stripped !== undefined) keep(path, stripped + mark(text));
}

/** The sources in a folder, but for what is installed there. */
function typescriptIn(parent) {
  return readdirSync(parent, { withFileTypes: true }).flatMap((entry) => {
    const path = join(parent, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : typescriptIn(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** Types become blanks, so lines and columns in stack traces stay right. A text with a mistake is left to Node, who tells of it. */
function strip(text) {
  try {
    return stripTypeScriptTypes(text);
  } catch {
    return undefined;
  }
}

/** In one step: other processes may be reading, or doing the same. */
function keep(path, text) {
  const half = `${keptFile(path)}.${process.pid}`;
  writeFileSync(half, text);
  renameSync(half, keptFile(path));
}
