import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../../common/html.ts';
import type { SandboxOrg } from '../../salesforce/org/org.ts';
import type { SandboxContext, PageReference } from '../client/context.ts';
import { APP_PATH } from '../bundle/bundler.ts';
import type { Bundler } from '../bundle/bundler.ts';
import { frame } from '../pages/frame.ts';
import type { Page } from '../pages/frame.ts';
import { viewerOf } from '../shell/viewer.ts';
import type { Viewer, ViewerSources } from '../shell/viewer.ts';

/** What the routes share. */
export interface Shell extends ViewerSources {
  readonly org: SandboxOrg;
  readonly bundler: Bundler;
}

/** Scripts of this server and those that the page names; styles also inline, as base components set them. */
function contentSecurity(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The viewer of a page; where nobody is logged in the browser is sent to the login page, and the answer is undefined. */
export async function pageViewer(
  shell: Shell,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Viewer | undefined> {
  const viewer = viewerOf(request, shell);
  if (viewer === undefined)
    await reply.redirect(
      `/login?startURL=${encodeURIComponent(request.method === 'GET' ? request.url : '/lightning')}`,
      302,
    );
  return viewer;
}

function contextOf(viewer: Viewer, pageReference: PageReference): SandboxContext {
  return {
    userId: viewer.user.id,
    language: viewer.language,
    locale: viewer.locale,
    timeZone: viewer.context.timeZone,
    permissions: [...viewer.permissionSets.flatMap((set) => [...set.permissions])],
    pageReference,
    texts: { close: viewer.texts.close, failed: viewer.texts.failed },
  };
}

/** Sends a page without components, or one with them where it says where it is. */
export async function sendPage(
  shell: Shell,
  reply: FastifyReply,
  viewer: Viewer,
  page: Omit<Page, 'path' | 'scripts'> & { readonly reference?: PageReference; readonly status?: number },
): Promise<FastifyReply> {
  const nonce = randomBytes(16).toString('base64');
  const { reference, status = 200 } = page;
  const scripts = reference && (await scriptsOf(shell, viewer, reference));
  const text = frame(viewer, { ...page, path: reply.request.url, ...(scripts && { scripts }) }, nonce);
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .header('Content-Security-Policy', contentSecurity(nonce))
    .header('X-Content-Type-Options', 'nosniff')
    .send(text);
}

async function scriptsOf(shell: Shell, viewer: Viewer, reference: PageReference): Promise<Page['scripts']> {
  const { app, imports } = await shell.bundler.current();
  return {
    imports: { ...imports, 'sandbox/labels': `/lightning/assets/labels/${viewer.language}.js` },
    main: `${APP_PATH}/${app.key}/main.js`,
    context: contextOf(viewer, reference),
  };
}

export async function sendNotFound(shell: Shell, reply: FastifyReply, viewer: Viewer): Promise<FastifyReply> {
  const { texts } = viewer;
  return sendPage(shell, reply, viewer, {
    title: texts.notFound,
    app: texts.appLauncher,
    nav: [],
    status: 404,
    body: html`<h1 class="shell-title">${texts.notFound}</h1>
      <p>${texts.notFoundWords}</p>
      <p><a href="/lightning/page/home">${texts.home}</a></p>`,
  });
}
