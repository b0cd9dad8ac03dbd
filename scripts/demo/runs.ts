import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { outcomeSchema, runSchema, runWithOutcomesSchema } from '../../backend/src/schemas/run.ts';
import type { Http } from '../stack/http.ts';

export type Direction = 'outbound' | 'inbound';
export type Run = z.infer<typeof runSchema>;
export type Outcome = z.infer<typeof outcomeSchema>;

/** How often a run is looked at, in milliseconds. */
const LOOK_EVERY = 200;
const PAGE = 1000;

/** Asks for a run now. */
export async function startRun(api: Http, direction: Direction): Promise<Run> {
  return api.send('POST', '/v1/runs', { direction }, runSchema);
}

/** Waits for a run to end, telling each change of state or stage. @param lookEvery milliseconds between two looks */
export async function follow(
  api: Http,
  id: string,
  { tell, lookEvery = LOOK_EVERY }: { tell?: (run: Run) => void; lookEvery?: number } = {},
): Promise<Run> {
  let last = '';
  for (;;) {
    const { outcomes: _shownLater, ...run } = await api.get(`/v1/runs/${id}`, runWithOutcomesSchema);
    const now = `${run.state} ${run.stage}`;
    if (now !== last) tell?.(run);
    last = now;
    if (run.state !== 'queued' && run.state !== 'running') return run;
    await delay(lookEvery);
  }
}

/** Every run so far, the oldest first, once none is under way. */
export async function settledRuns(api: Http): Promise<Run[]> {
  for (;;) {
    const { runs } = await api.get('/v1/runs?limit=200', z.object({ runs: z.array(runSchema) }));
    if (runs.every(({ state }) => state !== 'queued' && state !== 'running')) return runs.reverse();
    await delay(LOOK_EVERY);
  }
}

/** What became of a run's records, of one kind. */
export async function outcomesOf(api: Http, id: string, kind: Outcome['kind']): Promise<Outcome[]> {
  const all: Outcome[] = [];
  for (;;) {
    const after = all.at(-1)?.id;
    const { outcomes } = await api.get(
      `/v1/runs/${id}/outcomes?kind=${kind}&limit=${PAGE}${after === undefined ? '' : `&after=${after}`}`,
      z.object({ outcomes: z.array(outcomeSchema) }),
    );
    all.push(...outcomes);
    if (outcomes.length < PAGE) return all;
  }
}

/** A run that did not succeed, in words; null for one that did. */
export function failureOf(run: Run): string | null {
  if (run.state === 'succeeded') return null;
  return `The ${run.direction} run ${run.state}: ${run.error?.code ?? ''} ${run.error?.message ?? 'no reason given'}`;
}
