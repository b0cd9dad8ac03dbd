import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import lwc from '@lwc/rollup-plugin';
import { transform } from 'esbuild';
import { rollup } from 'rollup';
import type { Plugin } from 'rollup';
import { z } from 'zod';
import { chosenIcons, ownIcons } from './icons.ts';
import { refusing } from './refusing.ts';
import { userModules } from './user-modules.ts';

const require = createRequire(import.meta.url);
const LWC = dirname(require.resolve('lwc'));
const BASE = dirname(require.resolve('lightning-base-components/package.json'));
const BASE_COMPONENTS = join(BASE, 'src');
const versionSchema = z.object({ version: z.string() });
/** Raised when the build itself changes, so that no bundle of an older one is taken from the cache. */
const BUILD = 1;

/** The platform's own modules, ready for browsers: LWC and the base components. */
export interface VendorBundle {
  /** The folder with the files. */
  readonly folder: string;
  /** Changes whenever one of the files does. */
  readonly key: string;
  /** The file in the folder by module, such as `lightning/button`. */
  readonly files: ReadonlyMap<string, string>;
}

function versionIn(packageFolder: string): string {
  return versionSchema.parse(require(join(packageFolder, 'package.json'))).version;
}

/** Whether the base components have such a module. */
export function isBaseComponent(module: string): boolean {
  return existsSync(join(BASE_COMPONENTS, module));
}

/** An entry is named as an import names it, and found as one. */
function entriesByName(): Plugin {
  return {
    name: 'entries-by-name',
    resolveId(specifier, importer) {
      return importer === undefined ? this.resolve(specifier, join(import.meta.dirname, 'entry.js')) : null;
    },
  };
}

/** Puts in what a browser cannot answer, and takes out what it does not need. */
function forBrowsers(): Plugin {
  return {
    name: 'for-browsers',
    async renderChunk(code) {
      const define = { 'import.meta.env.SSR': 'false', 'process.env.NODE_ENV': '"production"' };
      const { code: small } = await transform(code, {
        define,
        minify: true,
        target: 'esnext',
        legalComments: 'eof',
      });
      return { code: small, map: null };
    },
  };
}

const fileOf = (module: string): string => `${module.replaceAll('/', '-')}.js`;

/**
 * Builds LWC and the base components once and keeps them on disk: this takes many seconds, and the same modules with
 * the same icons give the same files.
 * @param options.modules such as `lightning/button`; `lwc` is always there.
 * @param options.icons that the components name; those of the base components are added.
 * @param options.cache a folder for bundles by their key.
 * @param options.onBuild told before a build starts.
 * @throws Error where a module is unknown.
 */
export async function vendorBundle(options: {
  modules: readonly string[];
  icons: readonly string[];
  cache: string;
  onBuild?: () => void;
}): Promise<VendorBundle> {
  const modules = ['lwc', ...options.modules];
  const unknown = options.modules.filter((module) => !isBaseComponent(module));
  if (unknown.length > 0) throw new Error(`The sandbox has no ${unknown.join(', ')}.`);
  const versions = [LWC, BASE].map(versionIn);
  const key = createHash('sha256')
    .update(JSON.stringify([BUILD, versions, modules, options.icons]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(options.cache, key);
  if (!existsSync(folder)) {
    options.onBuild?.();
    await build(modules, options.icons, folder);
  }
  return { folder, key, files: new Map(modules.map((module) => [module, fileOf(module)])) };
}

async function build(modules: readonly string[], icons: readonly string[], folder: string): Promise<void> {
  const bundle = await rollup({
    input: Object.fromEntries(modules.map((module) => [fileOf(module).replace(/\.js$/, ''), module])),
    plugins: [
      entriesByName(),
      userModules(),
      chosenIcons(BASE_COMPONENTS, new Set([...icons, ...ownIcons(BASE_COMPONENTS)])),
      lwc({
        rootDir: import.meta.dirname,
        modules: [{ npm: 'lightning-base-components' }],
        enableDynamicComponents: true,
        enableLwcOn: true,
        apiVersion: 66,
      }),
      refusing(),
      forBrowsers(),
    ],
    onwarn: (warning) => {
      if (warning.code === 'UNRESOLVED_IMPORT') throw new Error(warning.message);
    },
  });
  try {
    const { output } = await bundle.generate({
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: 'part-[hash].js',
    });
    // Under another name until it is complete: a build that breaks off leaves nothing that looks like a bundle.
    const unfinished = `${folder}.${process.pid}`;
    await mkdir(unfinished, { recursive: true });
    for (const file of output)
      if (file.type === 'chunk') await writeFile(join(unfinished, file.fileName), file.code);
    await rename(unfinished, folder).catch(async (error: unknown) => {
      await rm(unfinished, { recursive: true });
      // Another process was faster, with the same files.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await bundle.close();
  }
}

/** Reads one file of a bundle; undefined where there is none of that name. */
export async function vendorFile({ folder }: VendorBundle, name: string): Promise<string | undefined> {
  const names = await readdir(folder);
  return names.includes(name) ? readFile(join(folder, name), 'utf8') : undefined;
}
