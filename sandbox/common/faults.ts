import { z } from 'zod';

/**
 * One standing fault, as `POST /__sandbox/faults` takes it.
 *
 * `match` is "METHOD /path": the method may be `*`; the path may hold `:name` (one segment) and `*` (anything),
 * and matches the real path, without its query, whole or as a leading run of segments.
 */
const faultSchema = z.strictObject({
  match: z
    .string()
    .regex(/^(\*|[A-Za-z]+) \/\S*$/, 'must read "METHOD /path", for example "POST /api/3/contact/sync"'),
  /** Answered instead of doing the work, unless `dropResponse` is set. */
  status: z.number().int().min(100).max(599).optional(),
  /** Only each n-th matching call is hit. */
  every: z.number().int().min(1).default(1),
  /** At most so many hits; without it, no end. */
  times: z.number().int().min(0).optional(),
  /** Milliseconds to wait before anything else happens. */
  latencyMs: z.number().int().min(0).max(600_000).optional(),
  /** Seconds, sent as `Retry-After` with `status`. */
  retryAfter: z.number().min(0).optional(),
  /** The work is done, then the connection closes before the answer. */
  dropResponse: z.boolean().optional(),
  /** The answer's body with `status`, in place of the vendor's own. */
  body: z.unknown().optional(),
  /** The connection is reset before any work. */
  connectionReset: z.boolean().optional(),
});

/** `POST /__sandbox/faults`: the faults that stand from now on; an empty list clears them. */
export const faultsSchema = z.array(faultSchema);

export type Fault = z.output<typeof faultSchema>;

/** What happens to one call: a delay, and at most one ending other than the ordinary one. */
export interface Verdict {
  readonly latencyMs: number;
  readonly ending:
    | { readonly kind: 'ordinary' }
    | { readonly kind: 'reset' }
    | { readonly kind: 'drop' }
    | { readonly kind: 'status'; readonly fault: Fault & { readonly status: number } };
}

interface Standing {
  readonly fault: Fault;
  readonly method: string;
  readonly path: RegExp;
  calls: number;
  hits: number;
}

/** The standing faults and their counters. */
export class Faults {
  #standing: Standing[] = [];

  /** Replaces all standing faults; counters start anew. */
  set(faults: readonly Fault[]): void {
    this.#standing = faults.map((fault) => {
      const space = fault.match.indexOf(' ');
      return {
        fault,
        method: fault.match.slice(0, space).toUpperCase(),
        path: pathPattern(fault.match.slice(space + 1)),
        calls: 0,
        hits: 0,
      };
    });
  }

  /** Counts the call against every fault that matches it and says what befalls it. The first ending wins; delays add up. */
  judge(method: string, path: string): Verdict {
    let latencyMs = 0;
    let ending: Verdict['ending'] = { kind: 'ordinary' };
    for (const standing of this.#standing) {
      if (!hits(standing, method, path)) continue;
      latencyMs += standing.fault.latencyMs ?? 0;
      if (ending.kind === 'ordinary') ending = endingOf(standing.fault);
    }
    return { latencyMs, ending };
  }
}

function hits(standing: Standing, method: string, path: string): boolean {
  if (standing.method !== '*' && standing.method !== method) return false;
  if (!standing.path.test(path)) return false;
  standing.calls += 1;
  const { every, times } = standing.fault;
  if (standing.calls % every !== 0) return false;
  if (times !== undefined && standing.hits >= times) return false;
  standing.hits += 1;
  return true;
}

function endingOf(fault: Fault): Verdict['ending'] {
  if (fault.connectionReset) return { kind: 'reset' };
  if (fault.dropResponse) return { kind: 'drop' };
  if (fault.status !== undefined) return { kind: 'status', fault: { ...fault, status: fault.status } };
  return { kind: 'ordinary' };
}

function pathPattern(path: string): RegExp {
  const source = path
    .replace(/\/+$/, '')
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replace(/\/:[^/]+/g, '/[^/]+');
  return new RegExp(`^${source}(/.*)?$`);
}
