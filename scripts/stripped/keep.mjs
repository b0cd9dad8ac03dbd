// Takes the types off all sources that are not kept without them yet. Usage: node scripts/stripped/keep.mjs
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { folder, keptFile, mark, readKept, sources } from './kept.mjs';

mkdirSync(folder, { recursive: true });
for (const source of sources) {
  for (const name of readdirSync(source, { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    const path = join(source, name);
    const text = readFileSync(path, 'utf8');
    if (readKept(path, text) !== undefined) continue;
    const stripped = strip(text);
    if (stripped !== undefined) keep(path, stripped + mark(text));
  }
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
