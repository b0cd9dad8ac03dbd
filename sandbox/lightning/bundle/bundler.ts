import { join } from 'node:path';
import { appBundle } from './app.ts';
import type { AppBundle } from './app.ts';
import { SHELL_MODULES } from './org-modules.ts';
import type { OrgFacts } from './org-modules.ts';
import { sourceError } from './source-error.ts';
import { readSources, versionOf } from './sources.ts';
import type { ComponentSources } from './sources.ts';
import { vendorBundle } from './vendor.ts';
import type { VendorBundle } from './vendor.ts';

export interface Bundles {
  readonly vendor: VendorBundle;
  readonly app: AppBundle;
  /** Module → address, for the page's import map. */
  readonly imports: Readonly<Record<string, string>>;
}

/** Where the bundles' files are served. */
export const VENDOR_PATH = '/lightning/assets/vendor';
export const APP_PATH = '/lightning/assets/app';

/** The default place for the vendor bundle. */
export const VENDOR_CACHE = join(import.meta.dirname, '../../../node_modules/.cache/syncline-lightning');

function vendorFor(
  { platformModules, icons }: ComponentSources,
  cache: string,
  onBuild?: () => void,
): Promise<VendorBundle> {
  const modules = platformModules.filter((module) => !(module in SHELL_MODULES));
  return vendorBundle({ modules, icons, cache, ...(onBuild && { onBuild }) });
}

/**
 * Builds ahead what the first page would have to wait for, where it is not there yet.
 * @param folder the package's `lwc` folder
 */
export async function prepareVendor(folder: string): Promise<void> {
  await vendorFor(readSources(folder), VENDOR_CACHE);
}

/** The package's components, built when they are first asked for and again after a change of their sources. */
export class Bundler {
  readonly #facts: OrgFacts;
  readonly #cache: string;
  readonly #say: (text: string) => void;
  #built: { readonly version: string; readonly bundles: Promise<Bundles> } | undefined;

  /** @param options.cache a folder for the vendor bundle */
  constructor(options: { facts: OrgFacts; cache: string; say: (text: string) => void }) {
    this.#facts = options.facts;
    this.#cache = options.cache;
    this.#say = options.say;
  }

  /** Those of the present sources. @throws SourceError where they cannot be built; tried again after a change */
  async current(): Promise<Bundles> {
    const version = versionOf(this.#facts.folder);
    if (this.#built?.version !== version)
      this.#built = {
        version,
        bundles: this.#build().catch((error: unknown) => {
          throw sourceError(error);
        }),
      };
    return this.#built.bundles;
  }

  /** The newest that was built, for files of pages that are open already. */
  async latest(): Promise<Bundles | undefined> {
    return this.#built?.bundles;
  }

  async #build(): Promise<Bundles> {
    const sources = readSources(this.#facts.folder);
    const { components } = sources;
    const startedAt = performance.now();
    const vendor = await vendorFor(sources, this.#cache, () => {
      this.#say('Lightning: building the base components (once, some seconds)…');
    });
    const app = await appBundle({ components, vendor: new Set(vendor.files.keys()), facts: this.#facts });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    this.#say(`Lightning: ${components.length} modules of the package are built (${seconds} s).`);
    const imports = {
      ...Object.fromEntries(
        [...vendor.files].map(([module, file]) => [module, `${VENDOR_PATH}/${vendor.key}/${file}`]),
      ),
      ...Object.fromEntries(components.map((name) => [`c/${name}`, `${APP_PATH}/${app.key}/c-${name}.js`])),
    };
    return { vendor, app, imports };
  }
}
