const REFRESH = 'lightning__refresh';
const handlers = new Map<number, () => Promise<unknown>>();
let lastId = 0;

/** `lightning/refresh`: asks the page and what listens on it to show the newest data. */
export class RefreshEvent extends CustomEvent<undefined> {
  constructor() {
    super(REFRESH, { bubbles: true, composed: true });
  }
}

/** Has a component take part in a refresh. @returns the number that ends it. */
export function registerRefreshHandler(_context: unknown, handler: () => Promise<unknown>): number {
  lastId += 1;
  handlers.set(lastId, handler);
  return lastId;
}

export function unregisterRefreshHandler(id: number): void {
  handlers.delete(id);
}

/** Calls back on every refresh, before the components' own handlers. */
export function onRefresh(callback: () => void): void {
  document.addEventListener(REFRESH, () => {
    callback();
    for (const handler of [...handlers.values()]) void handler();
  });
}
