import { join } from 'node:path';
import { appBundle } from './app.ts';
import type { AppBundle } from './app.ts';
import { SHELL_MODULES } from './org-modules.ts';
import type { OrgFacts } from './org-modules.ts';
import { readSources, versionOf } from './sources.ts';
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

  /** Those of the present sources. @throws Error as `appBundle` and `vendorBundle`; tried again after a change */
  async current(): Promise<Bundles> {
    const version = versionOf(this.#facts.folder);
    if (this.#built?.version !== version) this.#built = { version, bundles: this.#build() };
    return this.#built.bundles;
  }

  /** The newest that was built, for files of pages that are open already. */
  async latest(): Promise<Bundles | undefined> {
    return this.#built?.bundles;
  }

  async #build(): Promise<Bundles> {
    const { components, platformModules, icons } = readSources(this.#facts.folder);
    const startedAt = performance.now();
    const vendor = await vendorBundle({
      modules: platformModules.filter((module) => !(module in SHELL_MODULES)),
      icons,
      cache: this.#cache,
      onBuild: () => this.#say('Lightning: building the base components (once, some seconds)…'),
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

/** The default place for the vendor bundle. */
export const VENDOR_CACHE = join(import.meta.dirname, '../../../node_modules/.cache/syncline-lightning');
