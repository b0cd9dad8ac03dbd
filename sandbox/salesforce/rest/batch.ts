import { z } from 'zod';
import { ApiError } from '../org/types.ts';
import { parseBody } from './bodies.ts';
import type { Answer, Call, Door } from './call.ts';
import { ok } from './call.ts';

const MOST_SUBREQUESTS = 25;

const batchBody = z.object({
  haltOnError: z.boolean().default(false),
  batchRequests: z
    .array(z.object({ method: z.string(), url: z.string(), richInput: z.unknown().optional() }))
    .min(1),
});

const HALTED: Answer = {
  status: 412,
  body: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
};

function batch(call: Call): Answer {
  const { haltOnError, batchRequests } = parseBody(batchBody, call.body);
  if (batchRequests.length > MOST_SUBREQUESTS) {
    const message = `The batch has ${batchRequests.length} subrequests; at most ${MOST_SUBREQUESTS} are allowed`;
    throw new ApiError(400, 'LIMIT_EXCEEDED', message);
  }
  // The request itself was counted as one; each subrequest counts.
  if (batchRequests.length > 1 && !call.usage.spend(batchRequests.length - 1)) {
    throw new ApiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
  let hasErrors = false;
  const results = batchRequests.map(({ method, url, richInput }) => {
    const { status, body } =
      haltOnError && hasErrors
        ? HALTED
        : call.perform({ method: method.toUpperCase(), url, headers: {}, body: richInput });
    if (status >= 400) hasErrors = true;
    return { statusCode: status, result: body ?? null };
  });
  return { ...ok({ hasErrors, results }), headers: { 'Sforce-Limit-Info': call.usage.limitInfo } };
}

/** Composite Batch: up to 25 independent subrequests, each an API call. */
export const batchDoors: readonly Door[] = [{ method: 'POST', path: '/composite/batch', handle: batch }];
