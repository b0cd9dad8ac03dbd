import axios, { type AxiosAdapter, type AxiosResponse } from 'axios';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { createActiveCampaign } from '../../backend/src/connectors/activecampaign/connector.ts';
import { windows } from '../../backend/src/connectors/activecampaign/manifest.ts';
import { createPacedBudget } from '../../backend/src/engine/governor.ts';
import { Runner } from '../../backend/src/engine/runner.ts';
import { Database } from '../../backend/src/store/database.ts';
import { highestPlatformId } from '../../backend/src/store/platform-index.ts';
import { readRun, type Run } from '../../backend/src/store/runs.ts';
import type { Tx } from '../../backend/src/store/scope.ts';
import { inEnglish } from '../../backend/src/words/told.ts';
import { Activity, VirtualTime } from '../../backend/test/support/virtual-time.ts';
import { createActiveCampaignServer } from '../../sandbox/activecampaign/server.ts';
import { recreateSchema } from '../stack/schema.ts';
import { credentials } from '../stack/vendors.ts';
import { makeTenant, openOwner } from './bench-tenant.ts';
import type { Field } from './bed.ts';
import { generatedSalesforce } from './generated.ts';
import type { TableData } from './report.ts';

const SCHEMA = 'syncline_bench';
const PLATFORM = 'http://127.0.0.1:9/activecampaign';
const CALLBACKS = 'http://127.0.0.1:9/callbacks/';
/** Milliseconds that an answer of the platform is on its way. */
const TRIP = 150;
/** How often the platform does work of its own, milliseconds of simulated time. */
const OWN_WORK = 250;
const MINUTE = 60_000;
const MILLION = 1_000_000;

/** Statements count as going on, so that no time passes while one is under way. */
class BusyDatabase extends Database {
  readonly #activity: Activity;

  constructor(options: ConstructorParameters<typeof Database>[0], activity: Activity) {
    super(options);
    this.#activity = activity;
  }

  override withTenant<T>(tenantId: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#activity.of(() => super.withTenant(tenantId, fn));
  }

  override system<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#activity.of(() => super.system(fn));
  }
}

/**
 * A first sync with ActiveCampaign's limits in force, in simulated time: the service's own engine, governor and writer
 * on a clock that jumps to whoever sleeps the shortest, so that only the waiting that the vendor enforces counts.
 */
export async function simulated(field: Field, sizes: readonly number[]): Promise<TableData> {
  const rows: string[][] = [];
  for (const records of sizes) {
    const { minutes, calls, run } = await firstSync(field.url, records);
    const { created, failed } = run.counts;
    if (created !== records || failed !== 0)
      throw new Error(`${created} of ${records} contacts were created, ${failed} failed.`);
    rows.push([
      records.toLocaleString('en'),
      minutes.toFixed(2),
      calls.imports.toLocaleString('en'),
      calls.others.toLocaleString('en'),
      String(calls.refused),
      ((minutes / records) * MILLION).toFixed(1),
    ]);
  }
  return {
    head: [
      'contacts',
      'simulated minutes',
      'imports',
      'other calls',
      'calls refused for their rate',
      'minutes for 1,000,000 at this pace',
    ],
    rows,
  };
}

async function firstSync(url: string, records: number) {
  await recreateSchema(url, SCHEMA);
  const activity = new Activity();
  const time = new VirtualTime(Date.parse('2026-03-02T09:00:00Z'), activity);
  const database = new BusyDatabase({ url, schema: SCHEMA }, activity);
  const owner = await openOwner(url, SCHEMA);
  const platform = await createActiveCampaignServer({ clock: time, publicUrl: PLATFORM, doesOwnWork: false });
  const done = new Set<string>();
  const calls = { imports: 0, others: 0, refused: 0 };
  const before = axios.defaults.adapter ?? ['http'];
  axios.defaults.adapter = transport(platform.app, { activity, time, done, calls });
  const ended = new AbortController();
  const ownWork = keepWorking(time, ended.signal, () => platform.account.agenda.run());
  try {
    const scope = await makeTenant(owner, database);
    const connector = createActiveCampaign({
      baseUrl: PLATFORM,
      apiKey: credentials.activecampaignKey,
      budget: createPacedBudget({
        db: database,
        scope,
        clock: time,
        windows,
        lane: () => 'backfill',
        counted: () => undefined,
      }),
      clock: time,
      allowLoopback: true,
      logger: { debug: nothing, info: nothing, warn: nothing, error: console.error },
      imports: {
        expect: (refs) => Promise.resolve(new Map(refs.map((ref) => [ref, CALLBACKS + ref]))),
        completed: (refs) => Promise.resolve(new Set(refs.filter((ref) => done.has(ref)))),
      },
      highestContactId: () =>
        database.withTenant(scope.tenantId, (tx) => highestPlatformId(tx, scope, 'contact')),
    });
    const runner = new Runner({
      db: database,
      clock: time,
      logger: { debug: nothing, info: nothing, warn: nothing, error: console.error },
      vendors: {
        open: () =>
          Promise.resolve({
            salesforce: generatedSalesforce(records, { areSynced: false }),
            connector,
            packageNamespace: '',
          }),
      },
    });
    const queued = await runner.request(scope, 'outbound', 'manual');
    const start = time.now();
    await time.run(runner.work(scope.tenantId, queued.id));
    const minutes = (time.now() - start) / MINUTE;
    const run = await database.withTenant(scope.tenantId, (tx) => readRun(tx, scope.tenantId, queued.id));
    if (run?.state !== 'succeeded')
      throw new Error(`The run ${run?.state}: ${inEnglish(run?.error?.message ?? '')}`);
    return { minutes, calls, run: run satisfies Run };
  } finally {
    ended.abort();
    await ownWork;
    axios.defaults.adapter = before;
    await platform.app.close();
    await owner.end();
    await database.close();
  }
}

/** The platform does its imports whether it is called or not. */
async function keepWorking(time: VirtualTime, signal: AbortSignal, work: () => unknown): Promise<void> {
  while (!signal.aborted) {
    await time.sleep(OWN_WORK, signal).catch(() => undefined);
    work();
  }
}

/** Calls reach the platform without a network, and its reports of ended imports reach us; each takes its time. */
function transport(
  app: FastifyInstance,
  at: {
    activity: Activity;
    time: VirtualTime;
    done: Set<string>;
    calls: { imports: number; others: number; refused: number };
  },
): AxiosAdapter {
  const { activity, time, done, calls } = at;
  return async (config) => {
    const url = config.url ?? '';
    const answer = (status: number, data: string, headers = {}): AxiosResponse => ({
      status,
      statusText: '',
      data,
      headers,
      config,
    });
    if (url.startsWith(CALLBACKS)) {
      done.add(new URL(url).pathname.split('/').at(-1) ?? '');
      return answer(200, '');
    }
    const path = url.slice(PLATFORM.length);
    const request: InjectOptions = {
      method: (config.method ?? 'GET').toUpperCase(), // axios and fastify know the same ones
      url: path,
      headers: Object.fromEntries(
        Object.entries(config.headers.toJSON()).map(([name, value]) => [name, String(value)]),
      ),
      ...(config.data === undefined ? {} : { payload: String(config.data) }),
    };
    await time.sleep(TRIP / 2);
    const response = await activity.of(async () => app.inject(request));
    if (path.includes('bulk_import') && request.method === 'POST') calls.imports += 1;
    else calls.others += 1;
    if (response.statusCode === 429) calls.refused += 1;
    await time.sleep(TRIP / 2);
    return answer(response.statusCode, response.body, response.headers);
  };
}

function nothing(): void {
  return undefined;
}
