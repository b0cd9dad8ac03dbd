import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../org/types.ts';
import type { Sessions, UserContext } from '../org/types.ts';
import { bearerToken } from './bearer.ts';
import type { ApiUsage } from './usage.ts';

/** What stands before every `/services/data` route but the list of versions: the session, the daily limit, the errors' form. */
export interface ApiGuard {
  /** Puts the guard before the routes of a scope. */
  install(scope: FastifyInstance): void;
  /** The caller of a request that came past the guard. */
  userOf(request: FastifyRequest): UserContext;
}

export function createApiGuard({ sessions, usage }: { sessions: Sessions; usage: ApiUsage }): ApiGuard {
  const callers = new WeakMap<FastifyRequest, UserContext>();
  return {
    install(scope) {
      scope.addHook('onRequest', async (request, reply) => {
        const user = sessions.resolve(bearerToken(request) ?? '');
        if (!user) throw new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
        callers.set(request, user);
        const isAllowed = usage.spend();
        void reply.header('Sforce-Limit-Info', usage.limitInfo);
        if (!isAllowed) throw new ApiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
      });
      scope.setErrorHandler(async (error: FastifyError | ApiError, _request, reply) =>
        answerError(error, reply),
      );
    },
    userOf(request) {
      const user = callers.get(request);
      if (!user) throw new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
      return user;
    },
  };
}

/** Errors as `[{message, errorCode, fields?}]`. */
async function answerError(error: FastifyError | ApiError, reply: FastifyReply): Promise<FastifyReply> {
  if (error instanceof ApiError) {
    const { message, errorCode, fields } = error;
    return reply.code(error.status).send([{ message, errorCode, ...(fields ? { fields } : {}) }]);
  }
  const status = error.statusCode ?? 500;
  return reply.code(status).send([{ message: error.message, errorCode: errorCodeOf(status) }]);
}

function errorCodeOf(status: number): string {
  if (status === 413) return 'REQUEST_TOO_LARGE';
  if (status === 415) return 'UNSUPPORTED_MEDIA_TYPE';
  return status < 500 ? 'JSON_PARSER_ERROR' : 'UNKNOWN_EXCEPTION';
}
