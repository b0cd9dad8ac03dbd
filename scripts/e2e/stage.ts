import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareVendor } from '../../sandbox/lightning/bundle/bundler.ts';
import { Closing } from '../stack/closing.ts';
import { freePorts } from '../stack/ports.ts';
import { addressesOf, startSandbox, startService } from '../stack/stack.ts';
import type { Addresses } from '../stack/stack.ts';
import { Vendors } from '../stack/vendors.ts';

const COMPONENTS = join(import.meta.dirname, '../../force-app/main/default/lwc');

/** Everything that a person needs to work: both vendors with records, the package installed, the service. */
export interface Stage {
  readonly addresses: Addresses;
  readonly vendors: Vendors;
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
  return { addresses, vendors: new Vendors(addresses), close: () => closing.all() };
}
