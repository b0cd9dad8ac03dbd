import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';

/** JavaScript that calls a function of `page/FILE.ts` in a browser's page; its value is what the function answers. */
export async function pageScript(file: 'layout' | 'acts', call: string): Promise<string> {
  const source = await readFile(join(import.meta.dirname, 'page', `${file}.ts`), 'utf8');
  const { code } = await transform(source, { loader: 'ts', format: 'iife', globalName: 'script' });
  return `(() => { ${code} return script.${call}(); })()`;
}
