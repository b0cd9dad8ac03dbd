import { afterEach, describe, expect, test } from '@jest/globals';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlError, installControl, isControlCall } from '../../common/control.ts';
import type { Control } from '../../common/control.ts';

interface House {
  readonly base: string;
  readonly control: Control;
  readonly things: string[];
  post(path: string, body: unknown): Promise<Response>;
  stats(): Promise<unknown>;
}

let running: FastifyInstance | undefined;

afterEach(async () => {
  await running?.close();
});

/** A vendor with one kind of record, over a real socket, which refuses every call without its key. */
async function open(): Promise<House> {
  const app = fastify();
  running = app;
  const things: string[] = [];
  const control = installControl(app, {
    reset: () => void things.splice(0),
    load: ({ things: wanted, ...others }) => {
      if (Object.keys(others).length > 0) throw new ControlError('Only things can be loaded.');
      for (let made = 0; made < (wanted ?? 0); made += 1) things.push(`loaded ${made}`);
      return { things: wanted ?? 0 };
    },
    records: () => ({ things: things.length }),
    onLimits: (body) => void z.object({ retryAfterSeconds: z.number().optional() }).parse(body),
    faultBody: (status) => ({ errors: [{ status }] }),
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!isControlCall(request) && request.headers['x-key'] !== 'k')
      return reply.code(403).send({ message: 'no key' });
  });
  app.post('/things', async (request) => {
    things.push(JSON.stringify(request.body));
    return { made: things.length };
  });
  app.get('/things/:id', async (request) => ({ path: request.url }));
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  const post = (path: string, body: unknown) =>
    fetch(base + path, {
      method: 'POST',
      headers: { 'x-key': 'k', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const stats = async (): Promise<unknown> => (await fetch(`${base}/__sandbox/stats`)).json();
  return { base, control, things, post, stats };
}

const get = (house: House, path: string) => fetch(house.base + path, { headers: { 'x-key': 'k' } });

describe('stats', () => {
  test('count calls by route pattern and by status, bytes of bodies, and records, without the control calls', async () => {
    const house = await open();
    await house.post('/things', { a: 1 });
    await get(house, '/things/7');
    await get(house, '/things/8?x=1');
    await get(house, '/nowhere');
    expect(await house.stats()).toEqual({
      calls: {
        total: 4,
        byRoute: { 'POST /things': 1, 'GET /things/:id': 2, 'GET /nowhere': 1 },
        byStatus: { '200': 3, '404': 1 },
      },
      records: { things: 1 },
      bytes: { in: 7, out: expect.any(Number) },
    });
  });
});

describe('reset', () => {
  test('clears records, stats and faults and puts the limits back on', async () => {
    const house = await open();
    await house.post('/things', {});
    await house.post('/__sandbox/limits', { enforce: false });
    await house.post('/__sandbox/faults', [{ match: 'POST /things', status: 500 }]);
    expect(house.control.limits.enforce).toBe(false);
    expect((await house.post('/__sandbox/reset', {})).status).toBe(200);
    expect(house.control.limits.enforce).toBe(true);
    expect(await house.stats()).toEqual({
      calls: { total: 0, byRoute: {}, byStatus: {} },
      records: { things: 0 },
      bytes: { in: 0, out: 0 },
    });
    expect((await house.post('/things', {})).status).toBe(200);
  });

  test('needs no body and no content type', async () => {
    const house = await open();
    expect((await fetch(`${house.base}/__sandbox/reset`, { method: 'POST' })).status).toBe(200);
  });
});

describe('load', () => {
  test('makes records and says how many', async () => {
    const house = await open();
    expect(await (await house.post('/__sandbox/load', { things: 3 })).json()).toEqual({ things: 3 });
    expect(house.things).toHaveLength(3);
  });
});

describe('faults', () => {
  test('answer the status instead of doing the work, on each n-th call, at most so many times', async () => {
    const house = await open();
    await house.post('/__sandbox/faults', [
      { match: 'POST /things', status: 429, every: 2, times: 2, retryAfter: 3 },
    ]);
    const answers: Response[] = [];
    for (let call = 0; call < 8; call += 1) answers.push(await house.post('/things', {}));
    expect(answers.map((answer) => answer.status)).toEqual([200, 429, 200, 429, 200, 200, 200, 200]);
    expect(answers[1]?.headers.get('retry-after')).toBe('3');
    expect(await answers[1]?.json()).toEqual({ errors: [{ status: 429 }] });
    expect(house.things).toHaveLength(6);
  });

  test.each([
    ['GET /things/:id', '/things/5', true],
    ['GET /things/:id', '/things/5?deep=1', true],
    ['GET /things', '/things/5', true],
    ['* /thi*', '/things/5', true],
    ['GET /thi', '/things/5', false],
    ['GET /things/5', '/things/55', false],
    ['POST /things', '/things/5', false],
  ])('%s against GET %s: hit is %s', async (match, path, hit) => {
    const house = await open();
    await house.post('/__sandbox/faults', [{ match, status: 503, body: { mine: true } }]);
    const answer = await get(house, path);
    expect(answer.status).toBe(hit ? 503 : 200);
    if (hit) expect(await answer.json()).toEqual({ mine: true });
  });

  test('with dropResponse the write happens and the connection closes without an answer', async () => {
    const house = await open();
    await house.post('/__sandbox/faults', [
      { match: 'POST /things', dropResponse: true, status: 500, times: 1 },
    ]);
    await expect(house.post('/things', {})).rejects.toThrow('fetch failed');
    expect(house.things).toHaveLength(1);
    expect((await house.post('/things', {})).status).toBe(200);
    expect(await house.stats()).toMatchObject({ calls: { total: 2, byStatus: { dropped: 1, '200': 1 } } });
  });

  test('with connectionReset nothing is done', async () => {
    const house = await open();
    await house.post('/__sandbox/faults', [{ match: 'POST /things', connectionReset: true }]);
    await expect(house.post('/things', {})).rejects.toThrow('fetch failed');
    expect(house.things).toHaveLength(0);
    expect(await house.stats()).toMatchObject({ calls: { total: 1, byStatus: { reset: 1 } } });
  });

  test('several stand at once: delays add to another fault, and an empty list clears all', async () => {
    const house = await open();
    await house.post('/__sandbox/faults', [
      { match: 'POST /things', latencyMs: 20 },
      { match: '* /things', status: 500 },
    ]);
    const started = performance.now();
    expect((await house.post('/things', {})).status).toBe(500);
    expect(performance.now() - started).toBeGreaterThanOrEqual(19);
    await house.post('/__sandbox/faults', []);
    expect((await house.post('/things', {})).status).toBe(200);
  });
});

describe('a malformed control body', () => {
  test.each([
    ['/__sandbox/faults', [{ match: 'nonsense' }], /METHOD \/path/],
    ['/__sandbox/faults', [{ match: 'GET /a', evry: 2 }], /evry/],
    ['/__sandbox/faults', { match: 'GET /a' }, /array/],
    ['/__sandbox/load', { things: -1 }, /things/],
    ['/__sandbox/load', { others: 1 }, /Only things/],
    ['/__sandbox/limits', { enforce: 'no' }, /enforce/],
    ['/__sandbox/limits', { retryAfterSeconds: 'x' }, /retryAfterSeconds/],
  ])('%s %j is refused with 400 and the reason', async (path, body, reason) => {
    const house = await open();
    const answer = await house.post(path, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.stringMatching(reason) });
  });

  test('text that is not JSON is refused with 400', async () => {
    const house = await open();
    const answer = await fetch(`${house.base}/__sandbox/load`, { method: 'POST', body: '{oops' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: 'The body is not JSON.' });
  });
});
