import fp from 'fastify-plugin';
import { steadyClock, type Clock } from '../lib/clock.ts';
import { CommonClock } from '../lib/common-clock.ts';
import { readTime } from '../store/time.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly clock: Clock;
  }
}

/** Milliseconds. An even clock loses less than a millisecond in it. */
const measuredEvery = 30_000;

/**
 * The time that all processes of the service go by: PostgreSQL's. Workers pace their calls together, and tell by its
 * heartbeat whether another one is alive; by their own clocks they would break the vendors' limits as soon as these
 * differ.
 */
export default fp<{ clock?: Clock }>(
  async (app, { clock: given }) => {
    if (given !== undefined) {
      app.decorate('clock', given);
      return;
    }
    const clock = new CommonClock({ own: steadyClock, ask: () => readTime(app.database) });
    await clock.measure();
    app.decorate('clock', clock);
    const measuring = setInterval(() => {
      clock.measure().catch((err: unknown) => app.log.warn({ err }, 'the time could not be asked for'));
    }, measuredEvery).unref();
    app.addHook('preClose', async () => clearInterval(measuring));
  },
  { name: 'clock', dependencies: ['postgres'] },
);
