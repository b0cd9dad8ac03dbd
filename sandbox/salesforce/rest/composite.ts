import { z } from 'zod';
import { ApiError } from '../org/types.ts';
import { parseBody } from './bodies.ts';
import type { Answer, Call, Door } from './call.ts';
import { errorAnswer, ok } from './call.ts';
import { resolveBody, resolveText } from './references.ts';

const MOST_SUBREQUESTS = 25;
/** Of these, queries and collections. */
const MOST_HEAVY = 5;

const subRequest = z.object({
  method: z.string(),
  url: z.string(),
  referenceId: z.string().regex(/^[A-Za-z0-9_]+$/),
  httpHeaders: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
});
export type SubRequestBody = z.infer<typeof subRequest>;

/** `compositeRequest`, as both composite and graph requests carry it. */
export const subRequests = z.array(subRequest);

const compositeBody = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().optional(),
  compositeRequest: subRequests.min(1),
});

interface SubResponse {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

const HALTED = {
  errorCode: 'PROCESSING_HALTED',
  message: 'The transaction was rolled back since another operation in the same transaction failed.',
};

const ALLOWED =
  /^\/+services\/data\/v[\d.]+\/(?:sobjects|query|queryAll|composite\/sobjects|limits)(?:[/?]|$)/;
const HEAVY = /^\/+services\/data\/v[\d.]+\/(?:query|queryAll|composite\/sobjects)(?:[/?]|$)/;

function subResponse(answer: Answer, referenceId: string): SubResponse {
  return {
    body: answer.body ?? null,
    httpHeaders: answer.headers ?? {},
    httpStatusCode: answer.status,
    referenceId,
  };
}

function failed(response: SubResponse): boolean {
  return response.httpStatusCode >= 400;
}

function lowerCased(headers: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function performOne(call: Call, request: SubRequestBody, answered: ReadonlyMap<string, unknown>): Answer {
  try {
    const url = resolveText(request.url, answered);
    if (!ALLOWED.test(url)) {
      throw new ApiError(
        400,
        'INVALID_INPUT',
        `The url ${url} is not a resource that a composite request may name`,
      );
    }
    const headers = lowerCased(request.httpHeaders);
    return call.perform({
      method: request.method.toUpperCase(),
      url,
      headers,
      body: resolveBody(request.body, answered),
    });
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(error);
    throw error;
  }
}

/** Performs subrequests in order. With all-or-none the first failure takes back all of them and halts the rest. */
export function performAll(
  call: Call,
  requests: readonly SubRequestBody[],
  allOrNone: boolean,
): SubResponse[] {
  const perform = (): SubResponse[] => {
    const answered = new Map<string, unknown>();
    const responses: SubResponse[] = [];
    for (const request of requests) {
      const response = subResponse(performOne(call, request, answered), request.referenceId);
      responses.push(response);
      if (!failed(response)) answered.set(request.referenceId, response.body);
      else if (allOrNone) break;
    }
    return responses;
  };
  const responses = call.org.transaction(perform, (all) => !allOrNone || !all.some(failed));
  if (!allOrNone || !responses.some(failed)) return responses;
  return requests.map(({ referenceId }, index) => {
    const response = responses[index];
    return response !== undefined && failed(response)
      ? response
      : { body: [HALTED], httpHeaders: {}, httpStatusCode: 400, referenceId };
  });
}

function checkLimits(requests: readonly SubRequestBody[]): void {
  const heavy = requests.filter((request) => HEAVY.test(request.url)).length;
  if (requests.length > MOST_SUBREQUESTS) {
    const message = `The composite request has ${requests.length} subrequests; at most ${MOST_SUBREQUESTS} are allowed`;
    throw new ApiError(400, 'LIMIT_EXCEEDED', message);
  }
  if (heavy > MOST_HEAVY) {
    const message = `The composite request has ${heavy} query and collection subrequests; at most ${MOST_HEAVY} are allowed`;
    throw new ApiError(400, 'LIMIT_EXCEEDED', message);
  }
}

/** @throws ApiError INVALID_INPUT where two subrequests share a reference id */
export function refuseRepeatedReferences(requests: readonly SubRequestBody[]): void {
  const seen = new Set<string>();
  for (const { referenceId } of requests) {
    if (seen.has(referenceId))
      throw new ApiError(400, 'INVALID_INPUT', `Duplicate referenceId: ${referenceId}`);
    seen.add(referenceId);
  }
}

/** Composite: up to 25 dependent subrequests in one API call. */
export const compositeDoors: readonly Door[] = [
  {
    method: 'POST',
    path: '/composite',
    handle: (call) => {
      const { allOrNone, compositeRequest } = parseBody(compositeBody, call.body);
      checkLimits(compositeRequest);
      refuseRepeatedReferences(compositeRequest);
      return ok({ compositeResponse: performAll(call, compositeRequest, allOrNone) });
    },
  },
];
