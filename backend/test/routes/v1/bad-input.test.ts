import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { catalogue } from '../../../src/lib/error-catalogue.ts';
import { createConnectedOrg } from '../../support/connected.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { Answer, CallOptions } from '../../support/service.ts';

const org = await createConnectedOrg(await createTestDatabase(), { RATE_LIMIT_PER_MINUTE: '1000000' });
await org.setUp();
const { service, token } = org;

const parameterSchema = z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']) });
const routeSchema = z.object({
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.unknown().optional(),
});
const descriptionSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), routeSchema)) });
const description = descriptionSchema.parse((await service.call('GET', '/openapi.json')).json);

const routes = Object.entries(description.paths)
  .filter(([path]) => path.startsWith('/v1/'))
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
      takesBody: requestBody !== undefined,
    })),
  );
type Route = (typeof routes)[number];

const METACHARACTERS = `'; DROP TABLE link; -- \\" OR Id != null %_`;
const TEXTS = [
  'nonsense',
  METACHARACTERS,
  '\u0000',
  '\uFFFF\u202E💥é',
  '__proto__',
  '../../health',
  '-1',
  '1e309',
  '9'.repeat(30),
  'x'.repeat(190),
  randomUUID(),
];

const BODIES: readonly (readonly [what: string, body: string])[] = [
  ['nothing', ''],
  ['half an object', '{"object":'],
  ['null', 'null'],
  ['a list', '[[]]'],
  ['a text', '"text"'],
  ['a number', '1e309'],
  ['an empty object', '{}'],
  ['a prototype', '{"__proto__":{"admin":true},"constructor":{"prototype":{}}}'],
  ['unknown fields', '{"nobody":"asked"}'],
  ['something deep', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ['bytes that are no text', '{"object":"\u0000\ud800"}'],
];

/** Each named field filled with what it is not. */
const NAMES = [
  ...[
    'object',
    'salesforceId',
    'connectionId',
    'direction',
    'orgId',
    'instanceUrl',
    'account',
    'apiKey',
    'mode',
  ],
  ...[
    'since',
    'rules',
    'schedule',
    'enabled',
    'fields',
    'code',
    'choice',
    'confirm',
    'paused',
    'loginUrl',
    'value',
  ],
];
const FILLED = [null, 1.5, true, METACHARACTERS, 'a\u0000b', '\uD83D', [], {}, [{}], '💥'.repeat(400)].map(
  (value) => JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, value]))),
);

/** A refusal is one of the catalogue, says what to do, and is never a fault of the service. */
function expectRefusal(what: string, answer: Answer): void {
  const { status, error } = answer;
  const known = error !== undefined && Object.hasOwn(catalogue, error.code);
  expect({ what, status, answer: known ? 'of the catalogue' : answer.text }).toEqual({
    what,
    status: expect.any(Number),
    answer: 'of the catalogue',
  });
  expect({ what, status, code: error?.code }).not.toMatchObject({ code: 'SYNC_INTERNAL' });
  for (const text of [error?.message, error?.meaning, error?.action, error?.remedy])
    expect(text).toBeTruthy();
  expect(answer.text).not.toMatch(/node_modules|\.ts:|syntax error|relation "/);
}

async function send(what: string, route: Route, path: string, options: CallOptions): Promise<Answer> {
  const answer = await service.call(route.method, path, { token, ...options });
  if (answer.status >= 400) expectRefusal(`${route.method} ${path} ${what}`.slice(0, 300), answer);
  return answer;
}

const fill = (path: string, text: string) => path.replace(/\{[^}]+\}/g, () => encodeURIComponent(text));
const headers = { 'content-type': 'application/json' };

describe('bad input is refused with code and remedy', () => {
  test('there are routes to try', () => {
    expect(routes.length).toBeGreaterThan(40);
  });

  test.each(routes.filter(({ path }) => path.includes('{')))('$method $path: ids', async (route) => {
    for (const text of TEXTS) {
      await send(text, route, fill(route.path, text), route.takesBody ? { raw: '{}', headers } : {});
    }
    const answer = await send('percent', route, route.path.replace(/\{[^}]+\}/g, '%E0%A4%A'), {});
    expect(answer.status).toBe(400);
  });

  test.each(routes.filter(({ query }) => query.length > 0))('$method $path: query', async (route) => {
    for (const name of route.query) {
      for (const text of TEXTS) {
        const query = `${name}=${encodeURIComponent(text)}`;
        await send('', route, `${fill(route.path, randomUUID())}?${query}`, {});
      }
      await send('twice', route, `${fill(route.path, randomUUID())}?${name}=1&${name}=2`, {});
    }
  });

  test.each(routes.filter(({ takesBody }) => takesBody))('$method $path: bodies', async (route) => {
    const paths = ['Lead', 'outbound', randomUUID()].map((text) => fill(route.path, text));
    for (const path of new Set(paths)) {
      for (const [what, raw] of BODIES) {
        const answer = await send(what, route, path, { raw, headers });
        if (what !== 'an empty object' && what !== 'unknown fields')
          expect(answer.status).toBeGreaterThanOrEqual(400);
      }
      for (const raw of FILLED) await send(raw.slice(0, 60), route, path, { raw, headers });
      expect(
        (await send('xml', route, path, { raw: '<a/>', headers: { 'content-type': 'text/xml' } })).status,
      ).toBe(415);
      const huge = { raw: JSON.stringify({ object: 'x'.repeat(2_000_000) }), headers };
      expect((await send('huge', route, path, huge)).status).toBe(413);
    }
  });

  test.each(routes)('$method $path: tokens and methods', async (route) => {
    const path = fill(route.path, randomUUID());
    for (const authorization of [
      '',
      'Bearer',
      'Basic YTpi',
      `Bearer ${METACHARACTERS.replaceAll('\\', '')}`,
    ]) {
      const answer = await service.call(route.method, path, { headers: { authorization } });
      if (answer.status >= 400) expectRefusal(`${route.method} ${path} without token`, answer);
    }
    const offered = routes.filter((other) => other.path === route.path).map(({ method }) => method);
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((one) => !offered.includes(one))) {
      const answer = await service.call(method, path, { token });
      expectRefusal(`${method} ${path}`, answer);
    }
  });
});

/** Sends bytes as they stand and gives what comes back. */
function sendBytes(bytes: string): Promise<string> {
  const { hostname, port } = new URL(service.origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('close', () => resolve(text)).on('error', reject);
  });
}

describe('what is no proper request', () => {
  test.each([
    ['a request line that is none', 'NONSENSE\r\n\r\n'],
    ['a header that is none', 'GET /v1/health HTTP/1.1\r\nHost x\r\n\r\n'],
    ['headers without end', `GET /v1/health HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
    [
      'an address that is too long',
      `GET /v1/${'x'.repeat(5_000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    ],
  ])('%s is refused with code and remedy', async (_what, bytes) => {
    const text = await sendBytes(bytes);
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    const body = z
      .object({ error: z.object({ code: z.string(), remedy: z.string() }) })
      .parse(JSON.parse(text.slice(text.indexOf('\r\n\r\n'))));
    expect(Object.keys(catalogue)).toContain(body.error.code);
  });
});

describe('values that look right and are not', () => {
  const cases: readonly (readonly [what: string, method: string, path: string, body: unknown])[] = [
    [
      'a mapping of fields that do not exist',
      'PUT',
      '/v1/mappings/Lead',
      { enabled: true, fields: [{ salesforce: METACHARACTERS, platform: 'field:999999' }] },
    ],
    [
      'a mapping of types that do not go together',
      'PUT',
      '/v1/mappings/Lead',
      {
        enabled: true,
        fields: [
          { salesforce: 'Email', platform: 'email' },
          { salesforce: 'IsConverted', platform: 'phone' },
        ],
      },
    ],
    [
      'a mapping of one field twice',
      'PUT',
      '/v1/mappings/Lead',
      {
        enabled: true,
        fields: [
          { salesforce: 'Email', platform: 'email' },
          { salesforce: 'FirstName', platform: 'firstName' },
          { salesforce: 'LastName', platform: 'firstName' },
        ],
      },
    ],
    [
      'a connection that is not ours',
      'POST',
      '/v1/runs',
      { direction: 'outbound', connectionId: randomUUID() },
    ],
    [
      'a record of another kind',
      'POST',
      '/v1/records/sync',
      { object: 'Lead', salesforceId: '003000000000001AAA' },
    ],
    [
      'an account of a foreign host',
      'POST',
      '/v1/connections/activecampaign',
      { account: 'https://evil.example', apiKey: 'k'.repeat(20) },
    ],
    [
      'an account with a path of ours',
      'POST',
      '/v1/connections/activecampaign',
      { account: METACHARACTERS, apiKey: 'k'.repeat(20) },
    ],
    [
      'a day that does not exist',
      'PUT',
      '/v1/selections/Lead',
      { mode: 'created', since: '2026-02-30T00:00:00Z' },
    ],
  ];
  test.each(cases)('%s is refused', async (what, method, path, body) => {
    const answer = await service.call(method, path, { token, body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expectRefusal(what, answer);
  });

  test('the org works as before', async () => {
    await org.setUp();
    expect((await service.call('GET', '/v1/connections', { token })).status).toBe(200);
    expect(['succeeded', 'queued']).toContain((await org.run('outbound')).state);
    expect(
      service
        .log()
        .split('\n')
        .filter((line) => line.includes('"level":50')),
    ).toEqual([]);
  });
});
