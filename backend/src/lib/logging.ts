import { SyncError } from './errors.ts';

const SECRET_NAMES = [
  'authorization',
  'cookie',
  'token',
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'apiKey',
  'api_key',
  'Api-Token',
  'password',
  'securityToken',
  'consumerSecret',
  'client_secret',
  'privateKey',
  'verifier',
  'secret',
];

/**
 * What pino leaves out, whatever a caller hands it: by name at the first levels of the logged object, since errors
 * and requests are written by the serializers below, which name what they keep.
 */
export const redactedPaths: readonly string[] = SECRET_NAMES.flatMap((name) => [
  `["${name}"]`,
  `*["${name}"]`,
  `*.*["${name}"]`,
]);

interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  readonly ip?: string;
}

/** A request's line in the log: no headers, no query (it may carry an OAuth code), no webhook secret. */
export function logRequest({ method, url, ip }: LoggedRequest): Record<string, unknown> {
  const path = url.split('?', 1)[0] ?? '';
  return { method, path: path.replace(/(\/hooks\/[^/]+\/)[^/]+/, '$1***'), ip };
}

interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly [more: string]: unknown;
}

/**
 * An error's line in the log: name, code, words, stack and causes. Its other properties stay out: they may be a
 * vendor client's whole request, or a row's values.
 */
export function logError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error', stack: '' };
  const { name, message, stack = '', cause } = error;
  return {
    type: name,
    message,
    stack,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error instanceof SyncError ? { details: error.details } : {}),
    ...(cause === undefined ? {} : { cause: logError(cause) }),
  };
}
