import { html } from '../../common/html.ts';
import type { Html } from '../../common/html.ts';
import type { PackageUi } from '../metadata/package-ui.ts';
import type { Viewer } from '../shell/viewer.ts';
import { appLabel, appsOf, listPath, OBJECTS, pluralOf, tabPath } from './navigation.ts';

function initials(label: string): string {
  const words = label.split(' ').filter((word) => /^\p{Lu}/u.test(word));
  return (words.length > 1 ? words.map((word) => word.charAt(0)) : [...label].slice(0, 2))
    .slice(0, 2)
    .join('');
}

function tile(tile: { path: string; label: string; description: string }): Html {
  return html`<li>
    <a class="app-tile" href="${tile.path}">
      <span class="app-tile__icon" aria-hidden="true">${initials(tile.label)}</span>
      <span><strong>${tile.label}</strong><span class="app-tile__text">${tile.description}</span></span>
    </a>
  </li>`;
}

/** The App Launcher: the apps that the viewer may open, and the objects. */
export function launcherPage(viewer: Viewer, ui: PackageUi): Html {
  const { texts } = viewer;
  const apps = appsOf(viewer, ui).map((app) => ({
    path: tabPath(app.tabs[0] ?? ''),
    label: appLabel(viewer, app),
    description: viewer.language === 'en' ? app.description : '',
  }));
  const sales = { path: listPath('Lead'), label: texts.sales, description: texts.salesWords };
  return html`<h1 class="shell-title">${texts.appLauncher}</h1>
    <section aria-labelledby="apps">
      <h2 id="apps" class="shell-subtitle">${texts.apps}</h2>
      <ul class="app-tiles">
        ${[...apps, sales].map(tile)}
      </ul>
    </section>
    <section aria-labelledby="items">
      <h2 id="items" class="shell-subtitle">${texts.items}</h2>
      <ul class="app-items">
        ${OBJECTS.map(
          (object) => html`<li><a href="${listPath(object)}">${pluralOf(viewer, object)}</a></li>`,
        )}
      </ul>
    </section>`;
}
