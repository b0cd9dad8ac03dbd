import type { PackageUi } from '../metadata/package-ui.ts';
import type { App } from '../metadata/apps.ts';
import type { Viewer } from '../shell/viewer.ts';
import type { NavItem } from './frame.ts';

/** The objects that the shell has pages for. */
export const OBJECTS = ['Lead', 'Contact', 'Account'] as const;
export type ObjectName = (typeof OBJECTS)[number];

const PLURALS = { Lead: 'leads', Contact: 'contacts', Account: 'accounts' } as const;

export function isObjectName(name: string): name is ObjectName {
  return OBJECTS.some((one) => one === name);
}

/** "Leads" in the viewer's language. */
export function pluralOf(viewer: Viewer, object: ObjectName): string {
  return viewer.texts[PLURALS[object]];
}

export function listPath(object: ObjectName): string {
  return `/lightning/o/${object}/list`;
}

export function recordPath(object: string, id: string, action: 'view' | 'edit' = 'view'): string {
  return `/lightning/r/${object}/${id}/${action}`;
}

export function tabPath(tab: string): string {
  return `/lightning/n/${tab}`;
}

/** The bar of the Sales app, which every org has. */
export function salesNav(viewer: Viewer, current?: ObjectName): NavItem[] {
  return OBJECTS.map((object) => ({
    label: pluralOf(viewer, object),
    path: listPath(object),
    isCurrent: object === current,
  }));
}

/** The package's apps that the viewer may open: an administrator's profile has all, others get them by permission sets. */
export function appsOf(viewer: Viewer, ui: PackageUi): App[] {
  return ui.apps.filter(
    ({ name }) => viewer.user.isAdmin || viewer.permissionSets.some((set) => set.apps.has(name)),
  );
}

export function appLabel(viewer: Viewer, app: App): string {
  return viewer.words.apps.get(app.name) ?? app.label;
}

export function appNav(viewer: Viewer, ui: PackageUi, app: App, current: string): NavItem[] {
  return app.tabs.flatMap((name) => {
    const tab = ui.tabs.get(name);
    if (tab === undefined) return [];
    return [
      { label: viewer.words.tabs.get(name) ?? tab.label, path: tabPath(name), isCurrent: name === current },
    ];
  });
}
