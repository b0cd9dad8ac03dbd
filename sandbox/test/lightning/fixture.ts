import { createSalesforceServer } from '../../salesforce/server.ts';
import type { SalesforceServer } from '../../salesforce/server.ts';

const PASSWORD = 'sandbox1234';

/** What came back for a request, redirects not followed. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  json(): unknown;
}

/** A browser that somebody logged in with, as far as HTTP goes. */
export interface LoggedIn {
  get(path: string): Promise<Answer>;
  /** A form that a page of `origin` sends; the org's own by default. */
  submit(path: string, fields: Record<string, string>, origin?: string): Promise<Answer>;
  /** JSON that a script of a page sends. */
  send(method: 'POST' | 'PATCH', path: string, body: unknown, origin?: string): Promise<Answer>;
}

export interface LightningOrg extends SalesforceServer {
  readonly url: string;
  logIn(username: string): Promise<LoggedIn>;
  /** As a browser that nobody logged in with. */
  readonly stranger: LoggedIn;
  /** Back to an org without records, as after its start. */
  reset(): Promise<void>;
}

/**
 * An org in the middle of 2026.
 * @param options.folder of a package's metadata; the project's own without it.
 * @param options.say told what is being built.
 */
export async function openLightning({
  folder,
  say,
}: { folder?: string; say?: (text: string) => void } = {}): Promise<LightningOrg> {
  const server = await createSalesforceServer({
    clock: { now: () => Date.UTC(2026, 5, 15, 12) },
    apex: {},
    lightning: { ...(say !== undefined && { say }) },
    ...(folder !== undefined && { forceAppFolder: folder }),
  });
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const reply = await fetch(url + path, { redirect: 'manual', ...init });
    const text = await reply.text();
    return { status: reply.status, headers: reply.headers, text, json: (): unknown => JSON.parse(text) };
  };
  const browser = (cookie = ''): LoggedIn => ({
    get: (path) => ask(path, { headers: { cookie, accept: 'text/html' } }),
    submit: (path, fields, origin = url) =>
      ask(path, { method: 'POST', headers: { cookie, origin }, body: new URLSearchParams(fields) }),
    send: (method, path, body, origin = url) =>
      ask(path, {
        method,
        headers: { cookie, origin, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  });
  return {
    ...server,
    url,
    stranger: browser(),
    reset: async () => void (await ask('/__sandbox/reset', { method: 'POST' })),
    async logIn(username) {
      const answer = await browser().submit('/login', { username, pw: PASSWORD });
      const [cookie] = String(answer.headers.get('set-cookie')).split(';');
      return browser(cookie);
    },
  };
}

/** What a tag of an input holds, by the input's name. */
export function inputValue(page: string, name: string): string | undefined {
  const tag = new RegExp(`<input[^>]*\\bname="${name}"[^>]*>`).exec(page)?.[0];
  return tag === undefined ? undefined : /\bvalue="([^"]*)"/.exec(tag)?.[1];
}
