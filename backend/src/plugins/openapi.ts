import swagger from '@fastify/swagger';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

/** The API's own description, made from the schemas that check it: `/openapi.json`, and a page at `/docs`. */
export default fp(
  async (app) => {
    await app.register(swagger, {
      openapi: {
        info: {
          title: 'Syncline',
          version: 'v1',
          description: 'Keeps people and companies the same in Salesforce and in a marketing platform.',
        },
        servers: [{ url: app.config.publicUrl }],
        components: { securitySchemes: { orgToken: { type: 'http', scheme: 'bearer' } } },
        security: [{ orgToken: [] }],
      },
      transform: jsonSchemaTransform,
      transformObject: jsonSchemaTransformObject,
    });
    app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
    // Loaded on demand, as it brings a web server for static files with it.
    if (app.config.docs) await app.register(import('@fastify/swagger-ui'), { routePrefix: '/docs' });
  },
  { name: 'openapi' },
);
