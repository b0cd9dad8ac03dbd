import { createHash } from 'node:crypto';
import { join } from 'node:path';
import lwc from '@lwc/rollup-plugin';
import { transform } from 'esbuild';
import { rollup } from 'rollup';
import type { Plugin } from 'rollup';
import { orgModules } from './org-modules.ts';
import type { OrgFacts } from './org-modules.ts';
import { refusing } from './refusing.ts';
import { userModules } from './user-modules.ts';

/** What the pages load: the shell's own script and every component, by file name. */
export interface AppBundle {
  /** Changes whenever one of the files does. */
  readonly key: string;
  readonly files: ReadonlyMap<string, string>;
}

/** The page's labels: one module by language, which the page's import map names. */
const LABELS = 'sandbox/labels';
const CLIENT = join(import.meta.dirname, '../client');

/** Strips types and leaves decorators, which LWC compiles itself. */
function types(): Plugin {
  return {
    name: 'types',
    async transform(source, id) {
      const [file = ''] = id.split('?');
      if (!file.endsWith('.ts')) return null;
      const { code } = await transform(source, {
        loader: 'ts',
        target: 'esnext',
        sourcefile: file,
        tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, useDefineForClassFields: true } },
      });
      return { code, map: null };
    },
  };
}

/**
 * Builds the components from their sources; kept in memory, as it takes less than a second.
 * @param vendor modules that the page's import map leads to the vendor bundle.
 * @throws Error that names the file where a source is not right or imports what the sandbox does not have.
 */
export async function appBundle(options: {
  components: readonly string[];
  vendor: ReadonlySet<string>;
  facts: OrgFacts;
}): Promise<AppBundle> {
  const { components, vendor, facts } = options;
  const isProvided = (specifier: string): boolean => specifier === LABELS || vendor.has(specifier);
  const bundle = await rollup({
    input: {
      main: join(CLIENT, 'main.ts'),
      ...Object.fromEntries(components.map((name) => [`c-${name}`, `c/${name}`])),
    },
    external: isProvided,
    plugins: [
      userModules(),
      orgModules(facts),
      types(),
      lwc({
        rootDir: facts.folder,
        exclude: join(CLIENT, '**'),
        enableDynamicComponents: true,
        enableLwcOn: true,
        apiVersion: 66,
      }),
      refusing(),
    ],
    onwarn: (warning) => {
      throw new Error(warning.message);
    },
  });
  try {
    const { output } = await bundle.generate({
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: 'part-[hash].js',
    });
    const files = new Map(
      output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])),
    );
    const key = createHash('sha256')
      .update(JSON.stringify([...files]))
      .digest('hex')
      .slice(0, 16);
    return { key, files };
  } finally {
    await bundle.close();
  }
}
