const PARTS = ['#highlights', '#details', '#related'];

/** Takes the server's own parts of the page from a fresh copy of it; components keep their state. */
export async function showDetailsAnew(): Promise<void> {
  const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of PARTS) {
    const [old, current] = [document.querySelector(part), fresh.querySelector(part)];
    // An open form is left alone: what somebody typed is not thrown away.
    if (old !== null && current !== null && old.querySelector('form') === null) old.replaceWith(current);
  }
}
