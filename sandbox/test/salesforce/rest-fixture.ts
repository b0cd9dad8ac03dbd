import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Fastify from 'fastify';
import { ApiUsage } from '../../salesforce/identity/usage.ts';
import { registerOrgControl } from '../../salesforce/org/control.ts';
import { createOrg } from '../../salesforce/org/org.ts';
import type { SandboxOrg } from '../../salesforce/org/org.ts';
import { createSchema } from '../../salesforce/org/schema.ts';
import type { FieldAccess, UserContext } from '../../salesforce/org/types.ts';
import { registerRest } from '../../salesforce/rest/rest.ts';

export const START = Date.parse('2026-11-22T10:00:00Z');
export const ADMIN_ID = '005000000000001AAA';

export interface Reply {
  readonly status: number;
  /** The parsed body; undefined where it is empty. Tests match on its shape. */
  readonly body: unknown;
  readonly headers: Headers;
}

export interface Wanted {
  readonly body?: unknown;
  /** A body sent as it is. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly as?: 'admin' | 'rep' | 'nobody';
}

export interface RestFixture {
  readonly org: SandboxOrg;
  readonly usage: ApiUsage;
  /** Milliseconds by which the org's time moves on. */
  advance(milliseconds: number): void;
  /** A request to `/services/data/v67.0<path>`, or to a path that begins with `/services` or `/__sandbox`. */
  send(method: string, path: string, wanted?: Wanted): Promise<Reply>;
  /** Creates a record through the row door and answers its id. */
  create(object: string, row: Readonly<Record<string, unknown>>): Promise<string>;
  /** Fields of a record by the row door. */
  read(object: string, id: string, fields: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** An org behind its REST doors on a free port: an administrator who may all, and a rep with the given exceptions and rights. */
export async function startRest(
  repAccess: Readonly<Record<string, FieldAccess>> = {},
  repRights: Pick<UserContext, 'othersRecords' | 'objectAccess'> = {},
): Promise<RestFixture> {
  let now = START;
  const clock = { now: () => now };
  const schema = createSchema(join(import.meta.dirname, 'package-objects'));
  const admin: UserContext = {
    id: ADMIN_ID,
    username: 'admin@sandbox.test',
    isAdmin: true,
    timeZone: 'utc',
    fieldAccess: () => 'edit',
  };
  const rep: UserContext = {
    ...admin,
    id: '005000000000002AAA',
    username: 'rep@sandbox.test',
    isAdmin: false,
    fieldAccess: (object, field) => repAccess[`${object}.${field}`] ?? 'edit',
    ...repRights,
  };
  const users = new Map([
    ['admin', admin],
    ['rep', rep],
  ]);
  const org = createOrg({
    clock,
    schema,
    id: '00D000000000001EAA',
    userById: (id) => [...users.values()].find((user) => user.id === id),
  });
  org.bulkLoad('User', [
    {
      Id: admin.id,
      Username: admin.username,
      FirstName: 'Alex',
      LastName: 'Admin',
      Alias: 'admin',
      IsActive: true,
    },
    { Id: rep.id, Username: rep.username, FirstName: 'Robin', LastName: 'Rep', Alias: 'rep', IsActive: true },
  ]);
  const usage = new ApiUsage(clock, () => true);
  const app = Fastify({ routerOptions: { maxParamLength: 16_384 } });
  registerOrgControl(app, org);
  registerRest(app, { org, usage, sessions: { resolve: (token) => users.get(token) } });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo; // Listening on TCP, so an address with a port.

  const send: RestFixture['send'] = async (method, path, { body, text, headers, as = 'admin' } = {}) => {
    const url =
      path.startsWith('/services') || path.startsWith('/__sandbox') ? path : `/services/data/v67.0${path}`;
    const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`http://127.0.0.1:${port}${url}`, {
      method,
      headers: {
        authorization: `Bearer ${as}`,
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { body: payload }),
    });
    const answer = await response.text();
    return {
      status: response.status,
      body: answer === '' ? undefined : (JSON.parse(answer) as unknown),
      headers: response.headers,
    };
  };

  return {
    org,
    usage,
    send,
    advance(milliseconds) {
      now += milliseconds;
    },
    async create(object, row) {
      const { body } = await send('POST', `/sobjects/${object}`, { body: row });
      if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string')
        return body.id;
      throw new Error(`Not created: ${JSON.stringify(body)}`);
    },
    async read(object, id, fields) {
      const { body } = await send('GET', `/sobjects/${object}/${id}?fields=${fields}`);
      return Object.fromEntries(
        Object.entries(Object(body) as Record<string, unknown>).filter(([name]) => name !== 'attributes'),
      );
    },
    close: () => app.close(),
  };
}
