const listeners = new Set<(recordId: string) => void>();

/** Calls back when a record on this page is known to have changed. @returns what ends that. */
export function onRecordChanged(listener: (recordId: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function recordChanged(recordId: string): void {
  for (const listener of [...listeners]) listener(recordId);
}
