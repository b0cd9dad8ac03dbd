import { z } from 'zod';

/** The sandbox's standing credentials. */
export const STANDING_TOKEN = '00D000000000001!sandbox';
export const API_KEY = 'sandbox-activecampaign-key';

/** The doors of a vendor's sandbox that stand outside of the vendor's own API. */
export interface Doors {
  /** A control door. @throws Error with the door's own words when it refuses */
  readonly control: (name: string, body: unknown) => Promise<unknown>;
  /** Calls since the last reset or the last `forgetCalls`, by method and route. */
  readonly calls: () => Promise<Record<string, number>>;
  readonly forgetCalls: () => Promise<void>;
}

const statsSchema = z.object({ calls: z.object({ byRoute: z.record(z.string(), z.number()) }) });

/** @param root of the vendor's API, left out of the routes of `calls` */
export function doorsOf(url: string, root: RegExp | string = ''): Doors {
  let before: Record<string, number> = {};
  const allCalls = async () => {
    const stats = await (await fetch(`${url}/__sandbox/stats`)).json();
    return statsSchema.parse(stats).calls.byRoute;
  };
  return {
    async control(name, body) {
      const answer = await fetch(`${url}/__sandbox/${name}`, { method: 'POST', body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
      return answer.json();
    },
    async calls() {
      const counts = Object.entries(await allCalls()).map(
        ([route, count]) => [route.replace(root, ''), count - (before[route] ?? 0)] as const,
      );
      return Object.fromEntries(counts.filter(([, count]) => count > 0));
    },
    async forgetCalls() {
      before = await allCalls();
    },
  };
}
