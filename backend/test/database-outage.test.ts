import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { createTestDatabase } from './support/database.ts';
import { startSetup } from './support/org.ts';
import { startService } from './support/service.ts';

/** A way to a database that can be cut and opened again. */
async function wayTo(url: string) {
  const target = new URL(url);
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((socket) => {
    if (isCut) return void socket.resetAndDestroy();
    const onward = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => open.delete(from) && to.destroy());
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(address.port);
  return {
    url: through.href,
    cut() {
      isCut = true;
      for (const socket of open) socket.resetAndDestroy();
    },
    mend() {
      isCut = false;
    },
    close: async () => void server.close(),
  };
}

const database = await createTestDatabase();
const way = await wayTo(database.url);
database.atEnd(way.close);
const { call } = await startService({ ...database, url: way.url });

test('without its database the service says that it is unavailable, and goes on as soon as there is one again', async () => {
  const token = await startSetup({ call }, { instanceUrl: 'https://acme.my.salesforce.com' });
  way.cut();
  for (const path of ['/ready', '/v1/health']) {
    const { status, error } = await call('GET', path, { token });
    expect([path, status, error?.code, error?.retryable]).toEqual([path, 503, 'SYNC_UNAVAILABLE', true]);
  }
  expect((await call('GET', '/health')).status).toBe(200);
  way.mend();
  expect((await call('GET', '/ready')).status).toBe(200);
});
