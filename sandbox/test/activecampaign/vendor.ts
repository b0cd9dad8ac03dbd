import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';
import { z } from 'zod';
import { createActiveCampaignServer } from '../../activecampaign/server.ts';
import type { ActiveCampaignServer } from '../../activecampaign/server.ts';

/** Time that only tests move. */
class HandClock {
  #now = Date.parse('2026-03-02T15:00:00Z');

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** The answer's JSON, empty for anything else: tests compare it with what they expect. */
  readonly body: Json;
  readonly text: string;
}

/** JSON whose parts are reached by name; a part that is not there is undefined. */
export interface Json {
  readonly [name: string]: Json;
}

export interface Vendor {
  readonly base: string;
  readonly clock: HandClock;
  readonly server: ActiveCampaignServer;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** A control door. */
  door(name: string, body: unknown): Promise<Answer>;
  /** Creates a contact and gives its id. */
  contact(email: string, more?: object): Promise<string>;
}

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A fresh vendor with rate limits off (unless asked for), its clock in the test's hand. Paths are below /api/3. */
export async function openVendor({ limits = false } = {}): Promise<Vendor> {
  const clock = new HandClock();
  const server = await createActiveCampaignServer({ clock, publicUrl: 'http://ac.test' });
  closing.push(() => server.app.close());
  const base = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const answer = await fetch(base + path, {
      method,
      headers: {
        'api-token': 'sandbox-activecampaign-key',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: parse(text), text };
  };
  const vendor: Vendor = {
    base,
    clock,
    server,
    get: (path, headers) => call('GET', at(path), undefined, headers),
    post: (path, body, headers) => call('POST', at(path), body, headers),
    put: (path, body) => call('PUT', at(path), body),
    patch: (path, body) => call('PATCH', at(path), body),
    delete: (path) => call('DELETE', at(path)),
    door: (name, body) => call('POST', `/__sandbox/${name}`, body),
    contact: async (email, more = {}) => {
      const answer = await call('POST', '/api/3/contacts', { contact: { email, ...more } });
      return idOf(answer.body['contact']);
    },
  };
  if (!limits) await vendor.door('limits', { enforce: false });
  return vendor;
}

/** What a receiver of webhooks got: form fields in order, decoded. */
export interface Mail {
  readonly path: string;
  readonly type: string;
  readonly form: Record<string, string>;
  readonly raw: string;
}

/** Something on loopback that answers every call with one status and remembers what it was sent. */
export async function openReceiver(status = 200): Promise<{ readonly url: string; readonly mails: Mail[] }> {
  const mails: Mail[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      mails.push({
        path: request.url ?? '',
        type: request.headers['content-type'] ?? '',
        form: Object.fromEntries(new URLSearchParams(raw)),
        raw,
      });
      response.statusCode = status;
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        receiver.close(() => resolve());
        receiver.closeAllConnections();
      }),
  );
  // A listening TCP server's address is never a pipe's name.
  const { port } = receiver.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook?secret=s`, mails };
}

/** What the vendor sends by itself has arrived. */
export async function settled(vendor: Vendor): Promise<void> {
  vendor.server.account.agenda.run();
  await vendor.server.account.deliveries.outbox.idle();
}

/** The id of a resource in an answer. */
export function idOf(resource: Json | undefined): string {
  const { id } = z.object({ id: z.string() }).parse(resource);
  return id;
}

/** One text of each row of a list in an answer. */
export function column(rows: Json | undefined, name: string): string[] {
  return z
    .array(z.record(z.string(), z.unknown()))
    .parse(rows)
    .map((row) => z.string().parse(row[name]));
}

function at(path: string): string {
  return path.startsWith('/') ? path : `/api/3/${path}`;
}

/** Any JSON: the type only names parts, tests check what they are. */
const jsonSchema = z.custom<Json>();

function parse(text: string): Json {
  try {
    return jsonSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}
