import { html, Html } from '../../common/html.ts';
import type { FlexiPage } from '../metadata/flexipages.ts';
import type { PackageUi } from '../metadata/package-ui.ts';
import type { Tab } from '../metadata/apps.ts';
import type { Viewer } from '../shell/viewer.ts';
import { LEFT_OUT, placeOf, regionOf } from './regions.ts';
import type { Standard } from './regions.ts';

/** Rich text as the App Builder keeps it; the package's own, so that it needs no cleaning. */
const STANDARD: Standard = {
  ...LEFT_OUT,
  'flexipage:richText': ({ properties }) =>
    html`<div class="slds-card shell-card">${new Html(properties['richTextValue'] ?? '')}</div>`,
};

function pageOf(ui: PackageUi, tab: Tab): FlexiPage | undefined {
  return tab.flexiPage === undefined ? undefined : ui.pages.get(tab.flexiPage);
}

/** What a tab shows: a Lightning page, or a component alone. @throws Error for a tab of anything else */
export function tabPage(viewer: Viewer, ui: PackageUi, tab: Tab): Html {
  const title = viewer.words.tabs.get(tab.name) ?? tab.label;
  const heading = html`<h1 class="slds-assistive-text">${title}</h1>`;
  if (tab.component !== undefined) return html`${heading}${placeOf(tab.component.replace(/^c:/, ''), {})}`;
  const page = pageOf(ui, tab);
  if (page === undefined) throw new Error(`The tab ${tab.name} shows nothing that the sandbox has.`);
  const regions = [...page.regions.keys()].map((name) => regionOf(viewer, page, name, STANDARD));
  return html`${heading}
    <div class="record-column">${regions}</div>`;
}
