import { z } from 'zod';
import { ApiError } from '../org/types.ts';
import { parseBody } from './bodies.ts';
import type { Answer, Call, Door } from './call.ts';
import { ok } from './call.ts';
import { performAll, refuseRepeatedReferences, subRequests } from './composite.ts';

const MOST_GRAPHS = 75;
const MOST_NODES = 500;

const graphBody = z.object({
  graphs: z.array(z.object({ graphId: z.string(), compositeRequest: subRequests.min(1) })).min(1),
});

function graph(call: Call): Answer {
  const { graphs } = parseBody(graphBody, call.body);
  const nodes = graphs.reduce((sum, { compositeRequest }) => sum + compositeRequest.length, 0);
  if (graphs.length > MOST_GRAPHS || nodes > MOST_NODES) {
    const message = `At most ${MOST_GRAPHS} graphs with ${MOST_NODES} nodes in all are allowed`;
    throw new ApiError(400, 'LIMIT_EXCEEDED', message);
  }
  for (const { compositeRequest } of graphs) refuseRepeatedReferences(compositeRequest);
  return ok({
    graphs: graphs.map(({ graphId, compositeRequest }) => {
      const compositeResponse = performAll(call, compositeRequest, true);
      const isSuccessful = compositeResponse.every(({ httpStatusCode }) => httpStatusCode < 400);
      return { graphId, graphResponse: { compositeResponse }, isSuccessful };
    }),
  });
}

/** Composite Graph: each graph of dependent subrequests is saved as a whole or not at all. */
export const graphDoors: readonly Door[] = [{ method: 'POST', path: '/composite/graph', handle: graph }];
