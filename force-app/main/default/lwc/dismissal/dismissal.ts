const KEY = 'syncline.dismissed';

/** The last thing that this browser's user did not want to look at now; null where there is none. */
export function dismissed(): string | null {
  return storage()?.getItem(KEY) ?? null;
}

export function dismiss(id: string): void {
  storage()?.setItem(KEY, id);
}

/** None where the browser is set not to keep anything: what was dismissed comes back with the next page. */
function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
