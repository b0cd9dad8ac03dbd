/** What tests of components do with elements. */
import { jest } from '@jest/globals';
import { createElement } from 'lwc';
import { registerRefreshHandler } from 'lightning/refresh';
import { getRecord } from 'lightning/uiRecordApi';

type ElementClass = Parameters<typeof createElement>[1]['is'];

/** Puts a component with these properties into the document, as a parent's template would. */
export function show(is: ElementClass, properties: object = {}): HTMLElement {
  const element = createElement('c-element-under-test', { is });
  Object.assign(element, properties);
  document.body.append(element);
  return element;
}

/** Lets everything that waits for resolved promises happen: Apex answers, and the rendering after them. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
}

/** The element of a component's template that fits. @throws Error where there is none */
export function find<E extends HTMLElement = HTMLElement>(host: HTMLElement, selector: string): E {
  const found = host.shadowRoot?.querySelector<E>(selector);
  if (found == null)
    throw new Error(`Nothing fits "${selector}" in ${host.shadowRoot?.innerHTML ?? 'no shadow'}`);
  return found;
}

export function findAll(host: HTMLElement, selector: string): HTMLElement[] {
  return [...(host.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

/** The lightning-button with a label. */
export function button(host: HTMLElement, label: string): HTMLElement {
  const found = findAll(host, 'lightning-button').find((candidate) => property(candidate, 'label') === label);
  if (found === undefined) throw new Error(`There is no button "${label}".`);
  return found;
}

/** What a base component's stub was given. */
export function property(element: HTMLElement, name: string): unknown {
  return Reflect.get(element, name);
}

/**
 * What a person does to an element, as its event. Those of base components leave the component that holds them, those
 * of the package's own do not.
 */
export function act(element: HTMLElement, type: string, detail?: unknown): void {
  const isBase = element.tagName.startsWith('LIGHTNING-');
  element.dispatchEvent(new CustomEvent(type, { detail, bubbles: isBase, composed: isBase }));
}

/** All text of a component's template and those inside it. */
export function textOf(host: HTMLElement): string {
  return textsIn(host.shadowRoot ?? host)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function textsIn(node: Node): string[] {
  if (node instanceof Text) return [node.data];
  const inner = node instanceof HTMLElement && node.shadowRoot ? textsIn(node.shadowRoot) : [];
  return [...inner, ...[...node.childNodes].flatMap(textsIn)];
}

/** The details of each event of a kind, as they come. */
export function record(element: HTMLElement, type: string): unknown[] {
  const details: unknown[] = [];
  element.addEventListener(type, (event) => details.push(event instanceof CustomEvent ? event.detail : null));
  return details;
}

/** What Apex rejects with for the package's own errors. */
export function apexError(code: string, meaning = 'It did not work.', remedy = 'Do it otherwise.'): object {
  return { body: { message: JSON.stringify({ code, meaning, remedy, message: null }) } };
}

/** Has every component that takes part in it refresh, as Lightning does. */
export async function refreshPage(): Promise<void> {
  await Promise.all(jest.mocked(registerRefreshHandler).mock.calls.map(([, refresh]) => refresh()));
  await settle();
}

/** Has Lightning tell that the page's record was last modified then. */
export async function editRecord(lastModified: string): Promise<void> {
  await provide(getRecord, { fields: { LastModifiedDate: { value: lastModified } } });
}

/** Has one of Lightning's wires, which tests have stubs of, give this to every component. */
export async function provide(wire: object, data: unknown): Promise<void> {
  if (!('emit' in wire) || typeof wire.emit !== 'function') throw new Error('The wire is no stub.');
  Reflect.apply(wire.emit, wire, [data]);
  await settle();
}
