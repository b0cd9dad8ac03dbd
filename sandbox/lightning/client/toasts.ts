import { TOAST, ShowToastEvent, type Toast } from './toast-event.ts';

const SHOWN_MS = 5_000;

function withData(toast: Toast): Node[] {
  const parts = (toast.message ?? '').split(/\{(\d+)\}/);
  return parts.map((part, at) => {
    const data = at % 2 === 1 ? toast.messageData?.[Number(part)] : part;
    if (data === undefined || typeof data === 'string') return document.createTextNode(data ?? '');
    const link = document.createElement('a');
    link.href = data.url;
    link.textContent = data.label;
    return link;
  });
}

function show(region: HTMLElement, toast: Toast): void {
  const variant = toast.variant ?? 'info';
  const box = document.createElement('div');
  box.className = `toast toast_${variant}`;
  // An error interrupts a screen reader, anything else waits for its turn.
  box.setAttribute('role', variant === 'error' ? 'alert' : 'status');
  const words = document.createElement('p');
  const title = document.createElement('strong');
  title.textContent = toast.title ?? '';
  words.append(title, ' ', ...withData(toast));
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'toast__close';
  close.setAttribute('aria-label', globalThis.sandboxContext.texts.close);
  close.textContent = '×';
  close.addEventListener('click', () => box.remove());
  box.append(words, close);
  region.append(box);
  if (toast.mode !== 'sticky') setTimeout(() => box.remove(), SHOWN_MS);
}

/** Shows toasts that any component on the page asks for. */
export function showToasts(region: HTMLElement): void {
  document.addEventListener(TOAST, (event) => {
    if (event instanceof ShowToastEvent) show(region, event.detail);
  });
}
