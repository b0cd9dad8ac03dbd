import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { SyncError } from '../lib/errors.ts';
import { inWords } from '../lib/languages.ts';
import type { ErrorBody } from '../schemas/error.ts';
import { DatabaseUnavailable } from '../store/database.ts';
import type { Language } from '../words/language.ts';
import { sentence } from '../words/told.ts';
import { languageOf } from './language.ts';

/** Turns everything that goes wrong into an answer of the error catalogue. What is not of it stays in the log. */
export default fp(
  async (app) => {
    app.setErrorHandler<FastifyError>(async (error, request, reply) =>
      send(toSyncError(error), error, request, reply, languageOf(request)),
    );
    app.setNotFoundHandler(async (request, reply) => {
      const error = new SyncError(
        'SYNC_NOT_FOUND',
        sentence('There is no {method} at this address.', { method: request.method }),
      );
      return send(error, error, request, reply, languageOf(request));
    });
  },
  { name: 'errors' },
);

/** The answer's body for an error; `requestId` finds it in the log. */
function errorBody(error: SyncError, requestId: string, language: Language): ErrorBody {
  const { meaning, action, remedy } = error.entry;
  return {
    error: {
      code: error.code,
      message: inWords(error.told, language),
      meaning,
      action,
      remedy,
      retryable: error.retryable,
      details: error.details,
      requestId,
    },
  };
}

function send(
  shown: SyncError,
  cause: Error,
  request: FastifyRequest,
  reply: FastifyReply,
  language: Language,
): FastifyReply {
  const { status } = shown.entry;
  if (status >= 500) request.log.error({ err: cause, code: shown.code }, 'request failed');
  else request.log.info({ code: shown.code }, 'request refused');
  return reply.code(status).send(errorBody(shown, request.id, language));
}

/**
 * Answers what comes before any route: an address that cannot be decoded. For Fastify's `frameworkErrors`, which no
 * error handler of the app sees. In English: no plugin has seen the request, and its language is not read yet.
 */
export function refuseUnroutable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void send(toSyncError(error), error, request, reply, 'en');
}

/** Answers what is no HTTP, headers without end and the like, and closes the connection. */
export function refuseUnreadable(error: { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const refusal = new SyncError(
    'SYNC_REQUEST_INVALID',
    sentence('This is no HTTP request that can be read.'),
  );
  const body = JSON.stringify(errorBody(refusal, randomUUID(), 'en'));
  socket.end(
    `HTTP/1.1 ${refusal.entry.status} Bad Request\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function toSyncError(error: FastifyError): SyncError {
  if (error instanceof SyncError) return error;
  if (error instanceof DatabaseUnavailable) {
    return new SyncError('SYNC_UNAVAILABLE', sentence('The database does not answer.'));
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new SyncError(
      'SYNC_REQUEST_INVALID',
      sentence('Some fields of the request are not as expected.'),
      {
        fields: error.validation.map(({ instancePath, message }) => ({
          field: [error.validationContext, ...instancePath.split('/')].filter((part) => part).join('.'),
          problem: message ?? 'is not valid',
        })),
      },
    );
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new SyncError('SYNC_BODY_TOO_LARGE');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new SyncError('SYNC_MEDIA_TYPE_UNSUPPORTED', error.message);
    case 'FST_UNDER_PRESSURE':
      return new SyncError('SYNC_UNAVAILABLE');
    default:
  }
  // What else fastify itself complains of: a body that is no JSON, an unknown content type, a bad URL.
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new SyncError('SYNC_REQUEST_INVALID', error.message);
  }
  return new SyncError('SYNC_INTERNAL');
}
