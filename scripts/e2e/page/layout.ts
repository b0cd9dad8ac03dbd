/** Pixels that rounding may take. */
const TOLERANCE = 1.5;
/** Text for screen readers stands in boxes of this size. */
const HIDDEN_SIZE = 1;
const SHOWN_CHARACTERS = 60;

/** Each element, those within components too. */
function* elementsOf(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot !== null) yield* elementsOf(element.shadowRoot);
  }
}

/** An element and all around it as they are laid out: through slots and out of components. */
function* outwards(element: Element): Generator<Element> {
  for (let at: Element | null = element; at !== null;) {
    yield at;
    const parent: Node | null = at.assignedSlot ?? at.parentNode;
    at = parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
  }
}

function isShown(element: HTMLElement): boolean {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  return [...outwards(element)].every((one) => {
    const { width, height } = one.getBoundingClientRect();
    return getComputedStyle(one).display === 'contents' || width > HIDDEN_SIZE || height > HIDDEN_SIZE;
  });
}

/** How the text's box leaves one of those around it; undefined where all of it can be seen. */
function flawOf(text: DOMRect, element: HTMLElement): string | undefined {
  for (const around of outwards(element)) {
    const { overflowX, overflowY } = getComputedStyle(around);
    const box = around.getBoundingClientRect();
    const isWide = text.right > box.right + TOLERANCE || text.left < box.left - TOLERANCE;
    if (isWide && overflowX !== 'visible')
      return overflowX === 'auto' || overflowX === 'scroll' ? 'must be scrolled sideways' : 'is cut off';
    const isHigh = text.bottom > box.bottom + TOLERANCE || text.top < box.top - TOLERANCE;
    if (isHigh && (overflowY === 'hidden' || overflowY === 'clip')) return 'is cut off below';
    if (isHigh && overflowY !== 'visible') return undefined; // It can be scrolled to.
  }
  const { clientWidth } = document.documentElement;
  const isOut = text.right > clientWidth + TOLERANCE || text.left < -TOLERANCE;
  // What stands wholly outside is put there, such as the way past the navigation until it has the focus.
  return isOut && text.right > 0 ? 'sticks out of the window' : undefined;
}

function boxesOf(text: Node): DOMRect[] {
  const range = document.createRange();
  range.selectNodeContents(text);
  return [...range.getClientRects()];
}

/** An element's own texts, without those of elements in it. */
function textsOf(element: HTMLElement): Node[] {
  return [...element.childNodes].filter(
    (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
  );
}

function flawsOf(element: HTMLElement): string[] {
  if (element instanceof HTMLInputElement)
    return element.scrollWidth > element.clientWidth + TOLERANCE ? [`"${element.value}" is cut off`] : [];
  return textsOf(element).flatMap((text) => {
    const flaw = boxesOf(text)
      .map((box) => flawOf(box, element))
      .find((one) => one !== undefined);
    return flaw === undefined
      ? []
      : [`"${(text.textContent ?? '').trim().slice(0, SHOWN_CHARACTERS)}" ${flaw}`];
  });
}

/** What of the page a person at this window cannot see, or not without scrolling sideways; in words. */
export function layoutFlaws(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const page = scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide`] : [];
  const shown = [...elementsOf(document.body)].filter(isShown);
  return [...page, ...new Set(shown.flatMap(flawsOf))];
}

/** Every text that the page shows, as it stands between two tags. */
export function shownTexts(): string[] {
  const shown = [...elementsOf(document.body)].filter(isShown);
  return [...new Set(shown.flatMap(textsOf).map((text) => (text.textContent ?? '').trim()))];
}
