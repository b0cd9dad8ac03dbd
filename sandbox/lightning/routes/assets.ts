import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { APP_PATH, VENDOR_PATH } from '../bundle/bundler.ts';
import { vendorFile } from '../bundle/vendor.ts';
import { LANGUAGES } from '../metadata/translations.ts';
import { STYLES } from '../pages/frame.ts';
import type { Shell } from './pages.ts';

const DESIGN_SYSTEM = createRequire(import.meta.url).resolve(
  '@salesforce-ux/design-system-2/dist/css/bundled/slds2.cosmos.css',
);
const SHELL_STYLES = join(import.meta.dirname, '../client/shell.css');
const FOREVER = 'max-age=31536000, immutable';

/** Style sheets and scripts. Files of a bundle have its key in their path, so that a browser may keep them. */
export function registerAssets(app: FastifyInstance, { bundler, ui }: Shell): void {
  const script = async (
    reply: FastifyReply,
    code: string | undefined,
    cache: string,
  ): Promise<FastifyReply> =>
    code === undefined
      ? reply.code(404).type('text/plain').send('There is no such file; reload the page.')
      : reply.type('text/javascript; charset=utf-8').header('Cache-Control', cache).send(code);

  app.get(STYLES.designSystem, async (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('Cache-Control', 'max-age=3600')
      .send(createReadStream(DESIGN_SYSTEM)),
  );
  app.get(STYLES.shell, async (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('Cache-Control', 'no-cache')
      .send(createReadStream(SHELL_STYLES)),
  );

  app.get<{ Params: { key: string; file: string } }>(`${VENDOR_PATH}/:key/:file`, async (request, reply) => {
    const bundles = await bundler.latest();
    const isCurrent = bundles?.vendor.key === request.params.key;
    const code = isCurrent ? await vendorFile(bundles.vendor, request.params.file) : undefined;
    return script(reply, code, FOREVER);
  });

  app.get<{ Params: { key: string; file: string } }>(`${APP_PATH}/:key/:file`, async (request, reply) => {
    const bundles = await bundler.latest();
    const code =
      bundles?.app.key === request.params.key ? bundles.app.files.get(request.params.file) : undefined;
    return script(reply, code, FOREVER);
  });

  app.get<{ Params: { language: string } }>(
    '/lightning/assets/labels/:language.js',
    async (request, reply) => {
      const language = LANGUAGES.find((one) => one === request.params.language);
      const labels = language && Object.fromEntries(ui.words[language].labels);
      return script(reply, labels && `export default ${JSON.stringify(labels)};`, 'no-cache');
    },
  );
}
