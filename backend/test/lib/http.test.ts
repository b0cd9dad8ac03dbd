import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { isSyncError } from '../../src/lib/errors.ts';
import { assertAllowedUrl, isHostAllowed, isPrivateAddress } from '../../src/lib/hosts.ts';
import { createHttpClient, parseJson } from '../../src/lib/http.ts';

const HOSTS = ['*.api-us1.com', 'login.salesforce.com'];
const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  // A listening TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const client = (baseUrl: string, timeoutMs = 2_000) =>
  createHttpClient({ baseUrl, hosts: HOSTS, allowLoopback: true, timeoutMs });

describe('the allowlist', () => {
  test.each([
    'https://acme.api-us1.com',
    'https://acme.api-us1.com/api/3',
    'https://ACME.api-us1.com.',
    'https://a.b.api-us1.com',
    'https://login.salesforce.com',
    'https://acme.api-us1.com:443',
  ])('lets %s pass', (url) => {
    expect(assertAllowedUrl(url, HOSTS, false).protocol).toBe('https:');
  });

  test.each([
    'http://acme.api-us1.com',
    'https://api-us1.com',
    'https://.api-us1.com',
    'https://evilapi-us1.com',
    'https://acme.api-us1.com.evil.test',
    'https://acme.api-us1.com:8443',
    'https://user:secret@acme.api-us1.com',
    'https://acme.api-us1.com@evil.test',
    'https://evil.test#.api-us1.com',
    'https://evil.test/.api-us1.com',
    'https://127.0.0.1',
    'https://2130706433',
    'https://[::1]',
    'https://localhost',
    'ftp://acme.api-us1.com',
    'not an address',
    '',
  ])('refuses %s', (url) => {
    expect(() => assertAllowedUrl(url, HOSTS, false)).toThrow(
      expect.objectContaining({ code: 'SYNC_HOST_NOT_ALLOWED' }),
    );
  });

  test('lets the sandbox be called only where that is allowed, and nothing else by http', () => {
    expect(assertAllowedUrl('http://127.0.0.1:3002', HOSTS, true).port).toBe('3002');
    expect(assertAllowedUrl('http://localhost:3002', HOSTS, true).port).toBe('3002');
    expect(() => assertAllowedUrl('http://10.0.0.1:3002', HOSTS, true)).toThrow();
    expect(() => assertAllowedUrl('http://acme.api-us1.com', HOSTS, true)).toThrow();
  });

  test('never tells the secret of an address that it refuses', () => {
    try {
      assertAllowedUrl('https://user:hunter2@acme.api-us1.com', HOSTS, false);
      throw new Error('was let through');
    } catch (error) {
      expect(isSyncError(error)).toBe(true);
      expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
    }
  });

  test('does not take an address for a host name', () => {
    expect(isHostAllowed('1.2.3.4', ['*.3.4'])).toBe(false);
  });
});

describe('private addresses', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:0:4136:e378::',
    'fe80::1',
    'fc00::1',
    'ff02::1',
    'nonsense',
  ])('holds %s for private', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111'])(
    'holds %s for public',
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );
});

describe('the client', () => {
  test('answers any status with headers in lower case and the body as it came', async () => {
    const base = await serve((_request, response) => {
      response.writeHead(418, { 'X-Thing': 'One' }).end('{"a":1}');
    });
    const response = await client(base).request({ method: 'GET', path: '/x?y=%20z' });
    expect(response.status).toBe(418);
    expect(response.headers['x-thing']).toBe('One');
    expect(parseJson(response.text)).toEqual({ a: 1 });
    expect(parseJson('<html>')).toBeUndefined();
  });

  test('sends the body untouched under the base path', async () => {
    const base = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () =>
        response.end(JSON.stringify([request.method, request.url, request.headers['content-type'], body])),
      );
    });
    const response = await client(`${base}/api/3/`).request({
      method: 'PATCH',
      path: '/contacts',
      headers: { 'Content-Type': 'application/json' },
      body: '{"a": 1}',
    });
    expect(parseJson(response.text)).toEqual(['PATCH', '/api/3/contacts', 'application/json', '{"a": 1}']);
  });

  test('does not follow a redirect', async () => {
    let calls = 0;
    const base = await serve((_request, response) => {
      calls += 1;
      response.writeHead(302, { Location: '/elsewhere' }).end();
    });
    expect((await client(base).request({ method: 'GET', path: '/' })).status).toBe(302);
    expect(calls).toBe(1);
  });

  test('gives up on an answer that does not come in time, even when it trickles', async () => {
    const base = await serve((_request, response) => {
      response.write('a');
      const drip = setInterval(() => response.write('a'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const attempt = client(base, 150).request({ method: 'GET', path: '/' });
    await expect(attempt).rejects.toMatchObject({ name: 'HttpError', reason: 'timeout' });
  });

  test('tells a lost connection from one that was never made', async () => {
    const base = await serve((request) => request.socket.destroy());
    await expect(client(base).request({ method: 'GET', path: '/' })).rejects.toMatchObject({
      reason: 'connection',
    });
    const closed = await serve(() => undefined);
    servers.splice(-1).forEach((server) => server.close());
    await expect(client(closed).request({ method: 'GET', path: '/' })).rejects.toMatchObject({
      reason: 'unsent',
    });
  });

  test('does not connect where a public name leads to this machine, unless that is allowed', async () => {
    const base = await serve((_request, response) => response.end('inside'));
    const { port } = new URL(base);
    const inward = (allowLoopback: boolean) =>
      createHttpClient({
        baseUrl: `http://localhost:${port}`,
        hosts: HOSTS,
        allowLoopback,
        timeoutMs: 2_000,
      });
    expect(() => inward(false)).toThrow(expect.objectContaining({ code: 'SYNC_HOST_NOT_ALLOWED' }));
    expect((await inward(true).request({ method: 'GET', path: '/' })).text).toBe('inside');
    const named = createHttpClient({
      baseUrl: 'https://localhost',
      hosts: ['localhost'],
      allowLoopback: false,
      timeoutMs: 2_000,
    });
    await expect(named.request({ method: 'GET', path: '/' })).rejects.toMatchObject({
      code: 'SYNC_HOST_NOT_ALLOWED',
    });
  });

  test('does not let a path change the host', async () => {
    const base = await serve((_request, response) => response.end());
    await expect(client(base).request({ method: 'GET', path: '@evil.test/' })).rejects.toMatchObject({
      code: 'SYNC_HOST_NOT_ALLOWED',
    });
  });

  test('reuses its connection', async () => {
    const ports = new Set<number | undefined>();
    const base = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('ok');
    });
    const http = client(base);
    for (let call = 0; call < 5; call += 1) await http.request({ method: 'GET', path: '/' });
    expect(ports.size).toBe(1);
  });
});
