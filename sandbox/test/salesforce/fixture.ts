import type { SalesforceServer } from '../../salesforce/server.ts';
import { createSalesforceServer } from '../../salesforce/server.ts';

export const STANDING_TOKEN = '00D000000000001!sandbox';
export const API = '/services/data/v67.0';

/** A clock that stands still until told otherwise. */
export interface TestClock {
  now(): number;
  advance(milliseconds: number): void;
}

export interface RunningSalesforce extends SalesforceServer {
  readonly url: string;
  readonly clock: TestClock;
  /** A request with the standing token unless told otherwise; redirects are not followed. */
  call(path: string, init?: RequestInit & { token?: string | null }): Promise<Response>;
  /** A control door. */
  control(door: string, body: unknown): Promise<Response>;
  close(): Promise<void>;
}

/** A Salesforce of one's own on a free port, in the middle of 2026. */
export async function startSalesforce(): Promise<RunningSalesforce> {
  let now = Date.UTC(2026, 5, 15, 12);
  const clock: TestClock = {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
  const server = await createSalesforceServer({ clock });
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...server,
    url,
    clock,
    call(path, { token = STANDING_TOKEN, ...init } = {}) {
      const headers = new Headers(init.headers);
      if (token !== null) headers.set('Authorization', `Bearer ${token}`);
      return fetch(url + path, { redirect: 'manual', ...init, headers });
    },
    control: (door, body) =>
      fetch(`${url}/__sandbox/${door}`, { method: 'POST', body: JSON.stringify(body) }),
    close: () => server.app.close(),
  };
}

/** A form post's `init`. */
export function form(fields: Record<string, string>): RequestInit {
  return { method: 'POST', body: new URLSearchParams(fields) };
}

/** A JSON request's `init`. */
export function json(method: string, body: unknown): RequestInit {
  return { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
}
