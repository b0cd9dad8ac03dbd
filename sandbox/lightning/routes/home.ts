import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { LANGUAGES } from '../metadata/translations.ts';
import { launcherPage } from '../pages/launcher.ts';
import { appLabel, appNav, appsOf } from '../pages/navigation.ts';
import { tabPage } from '../pages/tab.ts';
import { chooseLanguage } from '../shell/viewer.ts';
import { pageViewer, sendNotFound, sendPage } from './pages.ts';
import type { Shell } from './pages.ts';

const HOME = '/lightning/page/home';
const languageForm = z.object({
  language: z.enum(LANGUAGES),
  // A path of the shell, and nothing that a browser could read as another host.
  path: z
    .string()
    .regex(/^\/lightning(?:[/?]|$)/)
    .catch(HOME),
});

/** The App Launcher, the package's app pages, and the language switch. */
export function registerHome(app: FastifyInstance, shell: Shell): void {
  app.get('/lightning', async (_request, reply) => reply.redirect(HOME, 302));

  app.get(HOME, async (request, reply) => {
    const viewer = await pageViewer(shell, request, reply);
    if (viewer === undefined) return reply;
    const { appLauncher } = viewer.texts;
    return sendPage(shell, reply, viewer, {
      title: appLauncher,
      app: appLauncher,
      nav: [],
      body: launcherPage(viewer, shell.ui),
    });
  });

  app.get<{ Params: { tab: string } }>('/lightning/n/:tab', async (request, reply) => {
    const viewer = await pageViewer(shell, request, reply);
    if (viewer === undefined) return reply;
    const tab = shell.ui.tabs.get(request.params.tab);
    const owner = appsOf(viewer, shell.ui).find(({ tabs }) => tabs.includes(request.params.tab));
    if (tab === undefined || owner === undefined) return sendNotFound(shell, reply, viewer);
    const label = appLabel(viewer, owner);
    const query = z.record(z.string(), z.string()).catch({}).parse(request.query);
    return sendPage(shell, reply, viewer, {
      title: label,
      app: label,
      nav: appNav(viewer, shell.ui, owner, tab.name),
      body: tabPage(viewer, shell.ui, tab),
      reference: { type: 'standard__navItemPage', attributes: { apiName: tab.name }, state: query },
    });
  });

  app.post('/lightning/language', async (request, reply) => {
    const viewer = await pageViewer(shell, request, reply);
    if (viewer === undefined) return reply;
    const { language, path } = languageForm.parse(request.body);
    chooseLanguage(shell.org, viewer.user, language);
    return reply.redirect(path, 303);
  });
}
