import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { prepareVendor } from '../../sandbox/lightning/bundle/bundler.ts';
import { failureOf, follow, startRun, type Direction } from '../demo/runs.ts';
import { heldToken } from '../demo/setup.ts';
import { Closing } from '../stack/closing.ts';
import { Http } from '../stack/http.ts';
import { freePorts } from '../stack/ports.ts';
import { addressesOf, startSandbox, startService } from '../stack/stack.ts';
import type { Addresses } from '../stack/stack.ts';
import { Vendors } from '../stack/vendors.ts';

const COMPONENTS = join(import.meta.dirname, '../../force-app/main/default/lwc');

/** Everything that a person needs to work: both vendors with records, the package installed, the service. */
export interface Stage {
  readonly addresses: Addresses;
  readonly vendors: Vendors;
  /** The service as the org's package calls it, once "Get started" was chosen. */
  orgApi(): Promise<Http>;
  /** What the next batch of a direction does by itself, now. @throws Error that says why the batch failed */
  runBatch(direction: Direction): Promise<void>;
  close(): Promise<void>;
}

/** Starts the sandbox and the service on free ports. Nothing is set up yet: that is the admin's work. */
export async function openStage(database: { readonly url: string; readonly schema: string }): Promise<Stage> {
  const closing = new Closing();
  const logs = await mkdtemp(join(tmpdir(), 'syncline-stage-'));
  closing.add(() => rm(logs, { recursive: true, force: true }));
  const ports = await freePorts();
  try {
    // In this process, so that the sandbox is free to answer meanwhile.
    const preparing = prepareVendor(COMPONENTS);
    await startSandbox({ ports, logs, closing, environment: { SANDBOX_SEED: '1' } });
    await startService({ ports, logs, closing, database });
    await preparing;
  } catch (error) {
    await closing.all();
    throw error;
  }
  const addresses = addressesOf(ports);
  const vendors = new Vendors(addresses);
  // Marketers work in ActiveCampaign's app, which takes nothing from the account's five API calls a second; here they
  // call the API. The service keeps to its limit by itself.
  await vendors.door('activecampaign', 'limits', { enforce: false }, z.unknown());
  const orgApi = async (): Promise<Http> =>
    new Http(addresses.service, { Authorization: `Bearer ${await heldToken(vendors)}` });
  return {
    addresses,
    vendors,
    orgApi,
    async runBatch(direction) {
      const api = await orgApi();
      const failure = failureOf(await follow(api, (await startRun(api, direction)).id));
      if (failure !== null) throw new Error(failure);
    },
    close: () => closing.all(),
  };
}
