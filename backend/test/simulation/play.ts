import type { Bench } from './bench.ts';
import { perform, type PeoplesDeed } from './deeds.ts';
import { authorizeAgain, setUp } from './settings.ts';
import type { Role, Step, Story } from './story.ts';
import type { Tenant } from './tenant.ts';
import { beginning, World } from './world.ts';

/** What a quiet run did: nothing, it is hoped. */
export interface QuietRun {
  readonly tenant: Tenant;
  readonly direction: Direction;
  readonly ended: string;
  readonly salesforceCalls: number;
  readonly touches: readonly string[];
}

type Direction = 'outbound' | 'inbound';

/** A story that was played to its end. */
export interface Played {
  readonly story: Story;
  readonly world: World;
  readonly tenants: readonly Tenant[];
  /** The last run of each direction. */
  readonly quiet: readonly QuietRun[];
  /** When the story was over and the calm began, as an order of the history. */
  readonly calmFrom: number;
  /** Steps that could not be done, by serial. */
  readonly undone: ReadonlySet<number>;
}

const minute = 60_000;
const second = 1_000;
/** Longer than any pause before another try, and than any row may become visible late. */
const calm = 75 * minute;
/** Where nothing waits longer: so soon that nothing is read once more. */
const pause = 150 * second;
const longestRun = 40 * minute;
/** At most three runs, then runs write nothing. */
const recovery = ['outbound', 'inbound', 'outbound'] as const;

/** Plays a story and lets the sync come to rest. */
export async function play(bench: Bench, story: Story): Promise<Played> {
  const count = 1 + Math.max(0, ...story.steps.map(({ tenant }) => tenant));
  const tenants = bench.tenants.slice(0, count);
  await bench.reset(beginning, tenants);
  const world = new World(bench, story.seed);
  const { skew } = story.settings;
  bench.time.skew = { salesforce: skew.salesforce, platform: skew.platform };
  world.skew = skew;
  world.batchSize = story.settings.batchSize;
  world.network.isSwift = story.settings.isSwift;
  const stage = new Stage(world, story);

  for (const tenant of tenants) await setUp(bench, tenant, story.settings);
  for (const step of story.steps) if (step.at < 0) stage.perform(step);
  for (const tenant of tenants) {
    await stage.run(tenant, 'outbound', 'one');
    await stage.run(tenant, 'inbound', 'one');
  }

  for (const step of story.steps) {
    if (step.at >= 0) world.scheduler.after(step.at, () => stage.begin(step));
  }
  await world.scheduler.pass(story.span + 30_000);
  world.network.faults.clear();
  world.forgetCues();
  for (const tenant of tenants) tenant.salesforce.unlock();
  world.hooks = { lost: 0, doubled: 0 };
  const isPrompt = story.settings.ending === 'prompt';
  await world.scheduler.pass(isPrompt ? pause : calm);
  for (const tenant of tenants) {
    if (!story.steps.some(({ deed }) => deed.kind === 'log_out')) continue;
    // A crash in the middle of a renewal uses the refresh token up: that is found, and then a person has to act.
    await stage.run(tenant, 'inbound', 'one');
    await authorizeAgain(bench, tenant);
  }

  const calmFrom = world.history.next();
  for (const direction of recovery) {
    for (const tenant of tenants) await stage.run(tenant, direction, 'one');
    await world.scheduler.pass(isPrompt ? 20 * second : minute);
  }
  const quiet: QuietRun[] = [];
  for (const tenant of tenants) {
    for (const direction of ['inbound', 'outbound'] as const) {
      quiet.push(await stage.quietRun(tenant, direction));
    }
  }
  return { story, world, tenants, quiet, calmFrom, undone: stage.undone };
}

class Stage {
  readonly undone = new Set<number>();
  readonly #world: World;
  readonly #story: Story;

  constructor(world: World, story: Story) {
    this.#world = world;
    this.#story = story;
  }

  /** Does what a step says, or has it done at its cue. */
  begin(step: Step): void {
    const { cue } = step;
    const tenant = this.#world.bench.tenants[step.tenant];
    if (cue === undefined || tenant === undefined) this.perform(step);
    else this.#world.await(tenant, cue, () => this.perform(step));
  }

  perform(step: Step): void {
    const world = this.#world;
    const tenant = world.bench.tenants[step.tenant];
    if (tenant === undefined) return;
    const { deed } = step;
    switch (deed.kind) {
      case 'run':
        void this.#begin(tenant, deed.direction, deed.role);
        return;
      case 'crash':
        world.worker(deed.role).machine.crash();
        return;
      case 'freeze':
        world.worker(deed.role).machine.freeze(deed.milliseconds);
        return;
      case 'fault':
        world.network.faults.arm(deed);
        return;
      default:
        if (!this.#act(tenant, deed, step)) this.undone.add(step.serial);
    }
  }

  #act(tenant: Tenant, deed: PeoplesDeed, step: Step): boolean {
    try {
      return perform(this.#world, tenant, { deed, step, story: this.#story });
    } catch (error) {
      // The vendor's rules forbid it, to people as to the sync.
      if (error instanceof Error && 'errorCode' in error) return false;
      throw error;
    }
  }

  /** A run of a direction from start to end, that of a dead worker first. @returns how it ended */
  async run(tenant: Tenant, direction: Direction, role: Role): Promise<string> {
    let ended: string | undefined;
    const world = this.#world;
    await world.scheduler.start(() => void this.#begin(tenant, direction, role).then((how) => (ended = how)));
    await world.scheduler.until(() => ended !== undefined, world.scheduler.now + longestRun);
    return ended ?? 'unfinished';
  }

  async quietRun(tenant: Tenant, direction: Direction): Promise<QuietRun> {
    const { calls } = this.#world;
    const from = calls.length;
    const lines = this.#world.trace.length;
    const ended = await this.run(tenant, direction, 'one');
    const made = calls.slice(from);
    return {
      tenant,
      direction,
      ended,
      salesforceCalls: made.filter(({ vendor, isDescription }) => vendor === 'salesforce' && !isDescription)
        .length,
      touches: this.#world.trace.slice(lines).filter((_line, index) => made[index]?.isTouch === true),
    };
  }

  /** What the schedule does: takes up what a dead worker left, then starts a run. */
  #begin(tenant: Tenant, direction: Direction, role: Role): Promise<string> {
    const { machine, runner, ready } = this.#world.worker(role);
    const { scope } = tenant;
    return machine.run(async () => {
      await ready;
      for (const run of await runner.resumable(scope)) {
        if (run.direction === direction) await runner.work(scope.tenantId, run.id);
      }
      const { id } = await runner.request(scope, direction, 'manual');
      let ended: string;
      do ended = await runner.work(scope.tenantId, id);
      while (ended === 'given_back');
      return ended;
    });
  }
}
