import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Config } from './config.ts';
import type { Clock } from './lib/clock.ts';
import { logError, logRequest, redactedPaths } from './lib/logging.ts';
import auth from './plugins/auth.ts';
import clock from './plugins/clock.ts';
import engine from './plugins/engine.ts';
import errors, { refuseUnreadable, refuseUnroutable } from './plugins/errors.ts';
import language from './plugins/language.ts';
import metrics from './plugins/metrics.ts';
import openapi from './plugins/openapi.ts';
import postgres from './plugins/postgres.ts';
import queue from './plugins/queue.ts';
import rateLimit from './plugins/rate-limit.ts';
import security from './plugins/security.ts';
import setup from './plugins/setup.ts';
import vault from './plugins/vault.ts';
import health from './routes/health.ts';
import v1 from './routes/v1/index.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly config: Config;
  }
}

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What a test puts in place of the machine's own. */
export interface Overrides {
  readonly clock?: Clock;
  /** Where log lines go; standard output by default. */
  readonly logStream?: Writable;
}

/** The service, ready to listen. @throws when the database or the master keys cannot be used */
export async function buildApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const app: App = fastify({
    logger: {
      level: config.logLevel,
      redact: { paths: [...redactedPaths], censor: '***' },
      serializers: { req: logRequest, err: logError },
      ...(overrides.logStream ? { stream: overrides.logStream } : {}),
    },
    genReqId: () => randomUUID(),
    trustProxy: config.trustProxy,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: refuseUnroutable,
    clientErrorHandler: refuseUnreadable,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Fastify would take a text for a body that is not as expected.
  app.removeContentTypeParser('text/plain');
  app.decorate('config', config);
  try {
    await app.register(errors);
    await app.register(language);
    await app.register(security);
    await app.register(metrics);
    await app.register(openapi);
    await app.register(postgres);
    await app.register(clock, overrides.clock ? { clock: overrides.clock } : {});
    await app.register(vault);
    await app.register(queue);
    await app.register(engine);
    await app.register(rateLimit);
    await app.register(auth);
    await app.register(setup);
    await app.register(health);
    await app.register(v1, { prefix: '/v1' });
    await app.ready();
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}
