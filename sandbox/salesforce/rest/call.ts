import type { ApiUsage } from '../identity/usage.ts';
import type { SObjectDefinition } from '../org/schema.ts';
import type { SandboxOrg } from '../org/org.ts';
import type { UserContext } from '../org/types.ts';
import { ApiError } from '../org/types.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** One request to a REST door, from HTTP or from inside a composite request. */
export interface Call {
  readonly org: SandboxOrg;
  readonly user: UserContext;
  readonly usage: ApiUsage;
  /** As in the path: `v67.0`. */
  readonly version: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  /** Performs another request of the same user within this one; never throws. */
  perform(request: SubRequest): Answer;
}

/** A request inside a composite one. */
export interface SubRequest {
  readonly method: string;
  /** With or without `/services/data`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One resource and method. Handlers are synchronous: a composite request runs undisturbed by others. */
export interface Door {
  readonly method: Method;
  /** Behind `/services/data/vXX.X`, with `:params`. */
  readonly path: string;
  /** @throws ApiError */
  handle(call: Call): Answer;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export const NO_CONTENT: Answer = { status: 204 };

/** "The requested resource does not exist" (404). */
export function notFound(message = 'The requested resource does not exist'): ApiError {
  return new ApiError(404, 'NOT_FOUND', message);
}

/** The object that the path names. @throws ApiError NOT_FOUND */
export function objectOf(call: Call): SObjectDefinition {
  const object = call.org.schema.object(call.params['object'] ?? '');
  if (object === undefined) throw notFound();
  return object;
}

export function errorAnswer(error: ApiError): Answer {
  const { message, errorCode, fields } = error;
  return {
    status: error.status,
    body: [{ message, errorCode, ...(fields === undefined ? {} : { fields }) }],
  };
}
