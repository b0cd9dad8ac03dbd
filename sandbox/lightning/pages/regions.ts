import { html } from '../../common/html.ts';
import type { Html } from '../../common/html.ts';
import { elementOf } from '../bundle/sources.ts';
import { isVisible } from '../metadata/flexipages.ts';
import type { FlexiPage, PageItem } from '../metadata/flexipages.ts';
import type { Viewer } from '../shell/viewer.ts';

/** The platform's own components that a page may hold: markup by name. */
export type Standard = Readonly<Record<string, (item: PageItem) => Html>>;

/** Parts of a Salesforce page that are not the package's matter, and not here. */
export const LEFT_OUT: Standard = {
  'runtime_sales_activities:activityPanel': () => html``,
};

/** The place into which `client/main.ts` puts a Lightning web component. */
export function placeOf(component: string, properties: Readonly<Record<string, unknown>>): Html {
  return html`<div
    class="component"
    data-component="${component}"
    data-element="${elementOf(component)}"
    data-properties="${JSON.stringify(properties)}"
  ></div>`;
}

/** Properties as the page's metadata spells them: `true` and `false` are no texts. */
function typed(properties: PageItem['properties']): Record<string, unknown> {
  const value = (text: string): unknown => (text === 'true' || text === 'false' ? text === 'true' : text);
  return Object.fromEntries(Object.entries(properties).map(([name, text]) => [name, value(text)]));
}

/**
 * The items of one region that the viewer sees.
 * @param given properties that the page itself gives each component of the package.
 * @throws Error for a platform component that the sandbox does not have
 */
export function regionOf(
  viewer: Viewer,
  page: FlexiPage,
  name: string,
  standard: Standard,
  given: Readonly<Record<string, unknown>> = {},
): Html[] {
  return (page.regions.get(name) ?? [])
    .filter((item) => isVisible(item, (permission) => viewer.hasPermission(permission)))
    .map((item) => {
      const own = standard[item.component];
      if (own !== undefined) return own(item);
      if (item.component.includes(':'))
        throw new Error(`${page.name} has ${item.component}, which the sandbox does not have.`);
      return placeOf(item.component, { ...typed(item.properties), ...given });
    });
}
