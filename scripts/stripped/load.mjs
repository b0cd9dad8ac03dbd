// Preloaded with `--import` into the service's processes: lets Node have their TypeScript without its types.
// Node would take them off itself, with a parser of some 20 MB that stays in the process for good. Here a process of
// its own does it, once for each version of a file.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSource, readKept } from './kept.mjs';

const keep = join(import.meta.dirname, 'keep.mjs');
let isUpToDate = false;

registerHooks({
  load(url, context, nextLoad) {
    const source = context.format === 'module-typescript' ? stripped(fileURLToPath(url)) : undefined;
    return source === undefined ? nextLoad(url, context) : { format: 'module', source, shortCircuit: true };
  },
});

/** Undefined leaves a file to Node. */
function stripped(path) {
  if (!isSource(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const kept = readKept(path, text);
  if (kept !== undefined || isUpToDate) return kept;
  // Where it cannot write, Node does it.
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', keep], { stdio: 'ignore' });
  isUpToDate = true;
  return readKept(path, text);
}
