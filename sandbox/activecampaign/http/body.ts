import type { FastifyInstance, FastifyRequest } from 'fastify';
import qs from 'qs';
import { VendorError } from './errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Length of the request's body. */
    bodyBytes: number;
  }
}

/** Bracketed names become nested objects, and `name[]` a list however long it is. */
export function parseForm(text: string): Record<string, unknown> {
  return qs.parse(text, { arrayLimit: 100_000, parameterLimit: 100_000 });
}

/** Form-encoded bodies where they say so; any other body is taken for JSON, whatever its type. */
export function installBodyParsers(app: FastifyInstance): void {
  app.decorateRequest('bodyBytes', 0);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => parseForm(body),
  );
  app.addContentTypeParser('*', { parseAs: 'string' }, async (request: FastifyRequest, body: string) => {
    request.bodyBytes = Buffer.byteLength(body);
    return body === '' ? {} : parseJson(body);
  });
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new VendorError(400, {
      errors: [{ status: 400, title: 'Bad Request', detail: 'The request body is not valid JSON.' }],
    });
  }
}
