import { readApps, readTabs } from './apps.ts';
import type { App, Tab } from './apps.ts';
import { readFlexiPages } from './flexipages.ts';
import type { FlexiPage } from './flexipages.ts';
import { readLayouts } from './layouts.ts';
import type { LayoutSection } from './layouts.ts';
import { readWords } from './translations.ts';
import type { Language, Words } from './translations.ts';

/** What a package brings for people's eyes. */
export interface PackageUi {
  readonly apps: readonly App[];
  readonly tabs: ReadonlyMap<string, Tab>;
  readonly pages: ReadonlyMap<string, FlexiPage>;
  readonly layouts: ReadonlyMap<string, readonly LayoutSection[]>;
  readonly words: Readonly<Record<Language, Words>>;
}

/** @param folder such as `force-app/main/default`. @throws ZodError for a file of another shape */
export function readPackageUi(folder: string): PackageUi {
  return {
    apps: readApps(folder),
    tabs: readTabs(folder),
    pages: readFlexiPages(folder),
    layouts: readLayouts(folder),
    words: readWords(folder),
  };
}
