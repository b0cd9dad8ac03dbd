import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Identity } from '../identity.ts';
import { endBrowserSession, startBrowserSession } from './browser-session.ts';
import { loginPage } from './pages.ts';

const HOME = '/lightning';
const HTML = 'text/html; charset=UTF-8';

const loginSchema = z.object({
  username: z.string().default(''),
  pw: z.string().default(''),
  startURL: z.string().default(HOME),
});
/** How a client that has an access token opens a page in a browser. */
const frontDoorSchema = z.object({ sid: z.string().default(''), retURL: z.string().default(HOME) });
const startSchema = z.object({ startURL: z.string().default(HOME) });

/**
 * The org's login page for people, `/login`, with `/secur/frontdoor.jsp` and `/secur/logout.jsp`. A browser needs no
 * security token.
 */
export function registerLogin(app: FastifyInstance, identity: Identity): void {
  app.get('/login', async (request, reply) => {
    const { startURL } = startSchema.parse(request.query);
    return reply.type(HTML).send(loginPage({ startUrl: localPath(startURL) }));
  });

  app.post('/login', async (request, reply) => {
    const form = loginSchema.parse(request.body ?? {});
    const startUrl = localPath(form.startURL);
    const user = identity.users.authenticate(form.username, form.pw, 'not-asked');
    if (!user) return reply.type(HTML).send(loginPage({ startUrl, username: form.username, failed: true }));
    startBrowserSession(identity, reply, user);
    return reply.redirect(startUrl, 302);
  });

  app.route({
    method: ['GET', 'POST'],
    url: '/secur/frontdoor.jsp',
    handler: async (request, reply) => {
      const { sid, retURL } = frontDoorSchema.parse({ ...Object(request.query), ...Object(request.body) });
      const user = identity.sessions.user(sid);
      if (!user) return reply.redirect('/login', 302);
      startBrowserSession(identity, reply, user);
      return reply.redirect(localPath(retURL), 302);
    },
  });

  app.get('/secur/logout.jsp', async (request, reply) => {
    endBrowserSession(identity, request, reply);
    return reply.redirect('/login', 302);
  });
}

/** A login leads nowhere but to this server. */
function localPath(url: string): string {
  return /^\/(?![/\\])/.test(url) ? url : HOME;
}
