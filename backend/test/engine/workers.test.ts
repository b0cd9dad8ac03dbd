import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deadAfter, Runner } from '../../src/engine/runner.ts';
import { tick } from '../../src/engine/ticks.ts';
import type { Vendors } from '../../src/engine/vendors.ts';
import { systemClock, type Clock } from '../../src/lib/clock.ts';
import { SyncError } from '../../src/lib/errors.ts';
import type { Logger } from '../../src/lib/logger.ts';
import { queueRun, readRun, runsWait, type Run } from '../../src/store/runs.ts';
import type { Scope } from '../../src/store/scope.ts';
import { createTestDatabase } from '../support/database.ts';
import { startService } from '../support/service.ts';

const test1 = await createTestDatabase();
const { database, asOwner } = test1;
const quiet: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

class SetClock implements Clock {
  time = Date.parse('2026-03-02T15:00:00Z');
  now = () => this.time;
  sleep = (...how: Parameters<Clock['sleep']>) => systemClock.sleep(...how);
}

/** Vendors of which nobody is connected: a run with them ends as soon as `opened` has had its way. */
function vendorsThat(opened: (scope: Scope) => Promise<void>): Vendors {
  return {
    async open(scope) {
      await opened(scope);
      throw new SyncError('SYNC_NOT_CONNECTED');
    },
  };
}

/** One more process that works. */
function worker(vendors: Vendors, clock: Clock = systemClock): Runner {
  return new Runner({ db: database, clock, logger: quiet, vendors });
}

const newPair = (): Scope => ({ tenantId: randomUUID(), connectionId: randomUUID() });

function queued(scope: Scope, now: number): Promise<Run> {
  return database.withTenant(scope.tenantId, (tx) =>
    queueRun(tx, scope, { id: randomUUID(), direction: 'outbound', trigger: 'manual', now }),
  );
}

const stored = (scope: Scope, id: string) =>
  database.withTenant(scope.tenantId, (tx) => readRun(tx, scope.tenantId, id));

/** A promise and what settles it. */
function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return { passed: promise, open: () => resolve(undefined) };
}

/** A worker whose runs stop at opening the vendors until they may end. */
function heldWorker(clock: Clock) {
  const [opening, end] = [gate(), gate()];
  const vendors = vendorsThat(async () => {
    opening.open();
    await end.passed;
  });
  return { runner: worker(vendors, clock), opening, end };
}

/** A pair whose both sides are connected, past the doors of setting up. */
async function connectedPair(): Promise<Scope> {
  const scope = newPair();
  const org = `00D${String(Math.random()).slice(2, 14).padEnd(12, '0')}EAA`;
  await asOwner('INSERT INTO tenant (tenant_id, state, org_id, instance_url) VALUES ($1, $2, $3, $4)', [
    scope.tenantId,
    'active',
    org,
    'https://acme.example',
  ]);
  for (const [id, platform] of [
    [randomUUID(), 'salesforce'],
    [scope.connectionId, 'activecampaign'],
  ])
    await asOwner(
      `INSERT INTO connection (tenant_id, id, platform, state, account, base_url, auth_method)
       VALUES ($1, $2, $3, 'connected', 'a', 'https://acme.example', 'api_key')`,
      [scope.tenantId, id, platform],
    );
  return scope;
}

describe('however many workers there are', () => {
  test('a connection and direction has one run at a time, and every run is carried out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ pair: fc.nat(2), worker: fc.nat(5), turns: fc.nat(3) }), {
          minLength: 10,
          maxLength: 40,
        }),
        async (requests) => {
          const pairs = [newPair(), newPair(), newPair()];
          const under = new Map<string, number>();
          let most = 0;
          const vendors = vendorsThat(async ({ connectionId }) => {
            const now = (under.get(connectionId) ?? 0) + 1;
            under.set(connectionId, now);
            most = Math.max(most, now);
            await new Promise((resolve) => setImmediate(resolve));
            under.set(connectionId, now - 1);
          });
          const workers = Array.from({ length: 6 }, () => worker(vendors));
          await Promise.all(
            requests.map(async ({ pair, worker: index, turns }) => {
              for (let turn = 0; turn < turns; turn += 1) await new Promise((done) => setImmediate(done));
              const [scope, runner] = [pairs[pair], workers[index]];
              if (scope === undefined || runner === undefined) return;
              const run = await runner.request(scope, 'outbound', 'manual');
              await runner.work(scope.tenantId, run.id);
            }),
          );
          expect(most).toBe(1);
          // Those that found another at work wait; they are taken up when asked for again.
          for (const scope of pairs)
            for (const run of (await workers[0]?.resumable(scope)) ?? [])
              await workers[1]?.work(scope.tenantId, run.id);
          const open = await asOwner<{ id: string }>(
            `SELECT id FROM run WHERE state IN ('queued', 'running') AND tenant_id = ANY($1)`,
            [pairs.map(({ tenantId }) => tenantId)],
          );
          expect(open).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('a worker that was thought dead speaks for its run no more', async () => {
    const [clock, scope] = [new SetClock(), newPair()];
    const [opening, waking, second] = [gate(), gate(), gate()];
    const { id } = await queued(scope, clock.now());
    const asleep = worker(
      vendorsThat(async () => {
        opening.open();
        await waking.passed;
      }),
      clock,
    ).work(scope.tenantId, id);
    await opening.passed;
    clock.time += deadAfter + 1;
    const secondOpened = gate();
    const alive = worker(
      vendorsThat(async () => {
        secondOpened.open();
        await second.passed;
      }),
      clock,
    ).work(scope.tenantId, id);
    await secondOpened.passed;
    waking.open();
    await asleep;
    expect(await stored(scope, id)).toMatchObject({ state: 'running', claim: 2, error: null });
    second.open();
    expect(await alive).toBe('paused');
    expect(await stored(scope, id)).toMatchObject({ state: 'paused', error: { code: 'SYNC_NOT_CONNECTED' } });
  });
});

describe('a look at the schedules', () => {
  test('hands a dead worker’s run to the queue within a minute, and no living one’s', async () => {
    const [clock, scope] = [new SetClock(), await connectedPair()];
    const { runner, opening, end } = heldWorker(clock);
    const { id } = await queued(scope, clock.now());
    const work = runner.work(scope.tenantId, id);
    await opening.passed;
    const look = async (): Promise<string[]> => {
      const sent: string[] = [];
      await tick({
        db: database,
        clock,
        logger: quiet,
        runner,
        intervalMinutes: 10,
        batchThreshold: 100,
        send: async (tenantId, run) => {
          if (tenantId === scope.tenantId) sent.push(run.id);
          return Promise.resolve();
        },
      });
      return sent;
    };
    clock.time += 29_000;
    expect(await look()).toEqual([]);
    const behind = await queued(scope, clock.now());
    expect(await look()).toEqual([]);
    clock.time += 6_000;
    expect(await look()).toEqual([id]);
    end.open();
    await work;
    expect(await look()).toEqual([behind.id]);
  });
});

describe('whether anybody waits', () => {
  test('counts runs that no worker took up, not those behind another of their own', async () => {
    await asOwner("UPDATE run SET state = 'failed' WHERE state IN ('queued', 'running')");
    const [clock, scope] = [new SetClock(), newPair()];
    const { runner, opening, end } = heldWorker(clock);
    const { id } = await queued(scope, clock.now());
    expect(await runsWait(database, clock.now() - 1)).toBe(false);
    expect(await runsWait(database, clock.now())).toBe(true);
    const work = runner.work(scope.tenantId, id);
    await opening.passed;
    await queued(scope, clock.now());
    expect(await runsWait(database, clock.now())).toBe(false);
    const other = await queued(newPair(), clock.now());
    expect(await runsWait(database, clock.now())).toBe(true);
    await asOwner("UPDATE run SET state = 'failed' WHERE id = $1", [other.id]);
    end.open();
    await work;
  });
});

describe('the queue', () => {
  /** What the processes that work do with a run; two places each. */
  let handle: (runId: string) => Promise<void> = () => Promise.resolve();
  const starting = Promise.all([startService(test1), startService(test1)]).then(async (services) => {
    for (const { app } of services) await app.queue.work(2, ({ runId }) => handle(runId));
    return services[0].app.queue;
  });
  const runOf = (state: Run['state']): Run => ({
    id: randomUUID(),
    connectionId: randomUUID(),
    direction: 'outbound',
    trigger: 'manual',
    state,
    stage: null,
    counts: {},
    calls: {},
    error: null,
    queuedAt: 0,
    startedAt: null,
    finishedAt: null,
    claim: 0,
    backfill: false,
    heartbeatAt: null,
    pace: null,
  });

  test('tells a waiting worker of a run at once', async () => {
    const queue = await starting;
    for (let round = 0; round < 5; round += 1) {
      const [run, arrived] = [runOf('queued'), gate()];
      handle = (runId) => {
        if (runId === run.id) arrived.open();
        return Promise.resolve();
      };
      const start = performance.now();
      await queue.send(randomUUID(), run);
      await arrived.passed;
      expect(performance.now() - start).toBeLessThan(2_000);
    }
  }, 15_000);

  test('lets runs that begin pass those that go on, and both get on', async () => {
    const queue = await starting;
    const [huge, small] = [
      Array.from({ length: 8 }, () => runOf('running')),
      Array.from({ length: 40 }, () => runOf('queued')),
    ];
    const hugeById = new Map(huge.map((run) => [run.id, run]));
    const waiting = new Set(small.map(({ id }) => id));
    const [allSmallDone, hugeGoesOn] = [gate(), gate()];
    let [turns, turnsBefore] = [0, 0];
    handle = async (runId) => {
      const run = hugeById.get(runId);
      if (run === undefined) {
        waiting.delete(runId);
        if (waiting.size > 0) return;
        turnsBefore = turns;
        allSmallDone.open();
        return;
      }
      turns += 1;
      if (turns >= 20) hugeGoesOn.open();
      else await queue.send(randomUUID(), run);
    };
    for (const run of [...huge, ...small]) await queue.send(randomUUID(), run);
    await allSmallDone.passed;
    // Half of the places are for runs that go on, so these had no more turns than the others.
    expect(turnsBefore).toBeLessThan(60);
    await hugeGoesOn.passed;
  }, 30_000);
});
