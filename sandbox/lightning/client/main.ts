import type { LightningElement } from 'lwc';
import { showDetailsAnew } from './details.ts';
import { recordChanged, onRecordChanged } from './record-changes.ts';
import { onRefresh } from './refresh.ts';
import { showToasts } from './toasts.ts';

/** A place on the page for a component. */
const PLACE = '[data-component]';

/**
 * Components of the package use the platform's shadow DOM as it is here, into which the page's style sheet does not
 * reach; on the platform it does. So each gets the sheet, before LWC takes `attachShadow` for its own use.
 */
async function shareStyleSheet(): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[data-design-system]');
  const sheet = new CSSStyleSheet();
  if (link !== null) sheet.replaceSync(await (await fetch(link.href)).text());
  // eslint-disable-next-line @typescript-eslint/unbound-method -- the proxy is given the element
  Element.prototype.attachShadow = new Proxy(Element.prototype.attachShadow, {
    apply(attach, element: Element, parameters: [ShadowRootInit]): ShadowRoot {
      const root = Reflect.apply(attach, element, parameters);
      if (element.localName.startsWith('c-')) root.adoptedStyleSheets = [sheet];
      return root;
    },
  });
}

interface ComponentModule {
  readonly default: typeof LightningElement;
}

async function mount(place: HTMLElement): Promise<void> {
  const name = place.dataset['component'] ?? '';
  const properties = JSON.parse(place.dataset['properties'] ?? '{}') as object; // by this same server
  const { createElement } = await import('lwc');
  const module = (await import(/* from the import map */ `c/${name}`)) as ComponentModule;
  const element = createElement(place.dataset['element'] ?? '', { is: module.default });
  Object.assign(element, properties);
  place.replaceChildren(element);
}

function tellFailure(place: HTMLElement, error: unknown): void {
  console.error(error);
  const box = document.createElement('p');
  box.className = 'problem';
  box.setAttribute('role', 'alert');
  box.textContent = `${globalThis.sandboxContext.texts.failed} ${error instanceof Error ? error.message : String(error)}`;
  place.replaceChildren(box);
}

const toasts = document.querySelector<HTMLElement>('#toasts');
if (toasts !== null) showToasts(toasts);
onRecordChanged(() => void showDetailsAnew());
onRefresh(() => {
  const { recordId } = globalThis.sandboxContext.pageReference.attributes;
  if (recordId !== undefined) recordChanged(recordId);
});

await shareStyleSheet();
await Promise.all(
  [...document.querySelectorAll<HTMLElement>(PLACE)].map((place) =>
    mount(place).catch((error: unknown) => tellFailure(place, error)),
  ),
);
