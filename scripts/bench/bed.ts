import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { connect, map, registerHooks, selectEverybody, type Org } from '../demo/setup.ts';
import { settledRuns } from '../demo/runs.ts';
import { startEmbedded } from '../postgres/embedded.ts';
import { startChild, type Child } from '../stack/child.ts';
import { Closing } from '../stack/closing.ts';
import { freePorts } from '../stack/ports.ts';
import { postgresVersion, recreateSchema } from '../stack/schema.ts';
import { addressesOf, startSandbox, startService, whenOneDies, type Addresses } from '../stack/stack.ts';
import { Vendors } from '../stack/vendors.ts';
import type { PlainJob } from './plain.ts';

const SCHEMA = 'syncline_bench';
const PLAIN = join(import.meta.dirname, 'plain-process.ts');
const VENDORS = ['salesforce', 'activecampaign'] as const;
const anything = z.unknown();

/** Records that the vendors hold before anything is measured. */
export interface Load {
  readonly salesforce?: { readonly leads: number; readonly contacts: number; readonly accounts: number };
  readonly activecampaign?: { readonly contacts: number };
}

/** Fresh vendors without limits, and a service with nothing in its database, set up for them. */
export interface Bed {
  readonly addresses: Addresses;
  readonly vendors: Vendors;
  /** Milliseconds that every call to a vendor takes longer from now on. */
  setLatency(milliseconds: number): Promise<void>;
  /** A service connected to these vendors, every lead and contact selected, nothing scheduled. */
  startSyncline(): Promise<{ org: Org; service: Child }>;
  /** The plain script, connected to these vendors and waiting to be asked for its jobs; see plain-process.ts. */
  startPlain(): Promise<Child>;
}

/** A PostgreSQL of the benchmark's own, under which test beds are made one after the other. */
export interface Field {
  readonly postgres: string;
  readonly url: string;
  /** Prepares a bed, lets `work` use it and clears everything away. */
  withBed<T>(load: Load, work: (bed: Bed) => Promise<T>): Promise<T>;
}

/** @param closing learns how to stop what is started here */
export async function prepareField(closing: Closing): Promise<Field> {
  const folder = await mkdtemp(join(tmpdir(), 'syncline-bench-'));
  // PostgreSQL may run as another user, who has to pass through.
  await chmod(folder, 0o755);
  closing.add(() => rm(folder, { recursive: true, force: true }));
  const opening = startEmbedded({ folder: join(folder, 'postgres'), durable: true });
  closing.add(() => opening.then((postgres) => postgres.stop()));
  const { url } = await opening;
  return {
    postgres: await postgresVersion(url),
    url,
    async withBed(load, work) {
      const own = new Closing();
      // A broken-off benchmark clears its last bed away too.
      closing.add(() => own.all());
      try {
        return await makeBed(own, { url, logs: folder, load }, work);
      } finally {
        await own.all();
      }
    },
  };
}

async function makeBed<T>(
  closing: Closing,
  { url, logs, load }: { url: string; logs: string; load: Load },
  work: (bed: Bed) => Promise<T>,
): Promise<T> {
  const ports = await freePorts();
  const addresses = addressesOf(ports);
  await recreateSchema(url, SCHEMA);
  // The package's triggers take time that is not the service's.
  const environment = { SANDBOX_APEX: '0' };
  const sandbox = await startSandbox({ ports, logs, closing, environment });
  const vendors = new Vendors(addresses, { callsPerSecond: Infinity });
  await vendors.door('salesforce', 'limits', { enforce: false }, anything);
  // An import that takes its time would hide how long everything else takes.
  await vendors.door('activecampaign', 'limits', { enforce: false, importDelayMs: 0 }, anything);
  for (const vendor of VENDORS) {
    if (load[vendor] !== undefined) await vendors.door(vendor, 'load', load[vendor], anything);
  }
  const bed: Bed = {
    addresses,
    vendors,
    async setLatency(milliseconds) {
      const faults = milliseconds === 0 ? [] : [{ match: '* /', latencyMs: milliseconds }];
      for (const vendor of VENDORS) await vendors.door(vendor, 'faults', faults, anything);
    },
    async startSyncline() {
      const service = await startService({
        ports,
        logs,
        closing,
        database: { url, schema: SCHEMA },
        environment: {
          LOG_LEVEL: 'warn',
          RATE_LIMIT_PER_MINUTE: '1000000',
          // Runs are asked for one by one here.
          SYNC_INTERVAL_MINUTES: '1440',
          SYNC_BATCH_THRESHOLD: '100000',
        },
      });
      const org = await connect(addresses, vendors);
      await org.api.send('DELETE', '/v1/schedule/inbound', undefined, anything);
      await map(org.api, { accounts: false, custom: [] });
      await selectEverybody(org.api);
      await registerHooks(org.api);
      await settledRuns(org.api);
      return { org, service };
    },
    async startPlain() {
      const name = 'plain script';
      const environment = {
        SALESFORCE_URL: addresses.salesforce,
        ACTIVECAMPAIGN_URL: addresses.activecampaign,
      };
      const script = await startChild({ name, file: PLAIN, environment, log: join(logs, 'plain.log') });
      closing.add(() => script.stop());
      await script.ask('connect' satisfies PlainJob);
      return script;
    },
  };
  return Promise.race([work(bed), whenOneDies([sandbox])]);
}
