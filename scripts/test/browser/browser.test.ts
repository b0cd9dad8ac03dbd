import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Browser } from '../../browser/browser.ts';

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

let server: Server;
let address: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      if (request.url === '/login' && request.method === 'GET') {
        response.end(
          '<form method="post" action="/login?from=a&amp;to=b"><input type="hidden" name="next" value="&quot;x&quot; &amp; y"><input name="user"></form>',
        );
      } else if (request.method === 'POST') {
        response
          .writeHead(302, {
            Location: `home?${body}&url=${encodeURIComponent(request.url ?? '')}`,
            'Set-Cookie': 'sid=a=b; Path=/; HttpOnly',
          })
          .end();
      } else if (request.url === '/away') {
        response.writeHead(302, { Location: 'https://elsewhere.example/back?code=1' }).end();
      } else if (request.url === '/circle') {
        response.writeHead(302, { Location: '/circle' }).end();
      } else {
        response.end(`cookie ${request.headers.cookie ?? 'none'}`);
      }
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // what a listening TCP server has
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

test('a form is sent with its hidden fields and what a person fills in, and its redirect is followed with cookies', async () => {
  const browser = new Browser();

  const page = await browser.submit(await browser.open(`${address}/login`), { user: 'ada' });

  const query = new URL(page.url).searchParams;
  expect(Object.fromEntries(query)).toEqual({ next: '"x" & y', user: 'ada', url: '/login?from=a&to=b' });
  expect(page.html).toBe('cookie sid=a=b');
});

test('a page without a form cannot be submitted', async () => {
  const browser = new Browser();
  const page = await browser.open(`${address}/plain`);
  expect(() => browser.submit(page, {})).toThrow('shows no form (status 200)');
});

test('a browser that stays at an origin names the address that leads away and does not open it', async () => {
  const browser = new Browser({ stayAt: address });
  expect(await browser.open(`${address}/away`)).toEqual({
    url: 'https://elsewhere.example/back?code=1',
    status: undefined,
    html: '',
  });
});

test('redirects that never end are given up', async () => {
  await expect(new Browser().open(`${address}/circle`)).rejects.toThrow('leads in a circle');
});
