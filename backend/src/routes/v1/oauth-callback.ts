import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { finishAuthorization } from '../../engine/setup/authorize-salesforce.ts';
import { languageOf } from '../../plugins/language.ts';
import { authorizationPage } from './oauth-page.ts';

const text = z.string().max(5_000).optional().catch(undefined);
const querySchema = z.object({ state: text, code: text, error: text, error_description: text });

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/oauth/salesforce/callback',
    {
      config: {
        access: 'public',
        rateLimit: { max: app.config.limits.strangersPerMinute * 10, keyGenerator: (request) => request.ip },
      },
      schema: { hide: true, querystring: querySchema },
    },
    async (request, reply) => {
      const { state, code, error, error_description: errorDescription } = request.query;
      const result = await finishAuthorization(
        app.setup,
        { state, code, error, errorDescription },
        request.id,
      );
      if (result.error) request.log.info({ code: result.error.code }, 'authorization failed');
      const nonce = randomBytes(16).toString('base64');
      return (
        reply
          .code(result.error?.entry.status ?? 200)
          .type('text/html; charset=utf-8')
          .header('Cache-Control', 'no-store')
          .header(
            'Content-Security-Policy',
            `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
          )
          // The page that opened this window is of another origin and waits for a message.
          .header('Cross-Origin-Opener-Policy', 'unsafe-none')
          .send(authorizationPage(result, nonce, languageOf(request)))
      );
    },
  );
};

export default routes;
