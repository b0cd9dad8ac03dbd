import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ChildDied, startChild, type Child } from './child.ts';
import type { Closing } from './closing.ts';
import { HOST, portVariables, type Ports } from './ports.ts';
import { SERVER, SERVER_ENVIRONMENT } from './server.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Where the parts answer. */
export interface Addresses {
  readonly service: string;
  readonly salesforce: string;
  readonly activecampaign: string;
}

export function addressesOf(ports: Ports): Addresses {
  return {
    service: `http://${HOST}:${ports.service}`,
    salesforce: `http://${HOST}:${ports.salesforce}`,
    activecampaign: `http://${HOST}:${ports.activecampaign}`,
  };
}

export interface StartOptions {
  readonly ports: Ports;
  /** The folder for what the process prints. */
  readonly logs: string;
  /** Learns how to stop the process as soon as it exists. */
  readonly closing: Closing;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The vendors' sandbox, listening. @throws ChildDied */
export async function startSandbox({ ports, logs, closing, environment }: StartOptions): Promise<Child> {
  const child = await startChild({
    name: 'sandbox',
    file: join(ROOT, 'sandbox', 'main.ts'),
    environment: { ...portVariables(ports), ...environment },
    log: join(logs, 'sandbox.log'),
  });
  closing.add(() => child.stop());
  const { salesforce, activecampaign } = addressesOf(ports);
  await answering(child, [`${salesforce}/__sandbox/stats`, `${activecampaign}/__sandbox/stats`]);
  return child;
}

export interface ServiceOptions extends StartOptions {
  readonly database: { readonly url: string; readonly schema: string };
}

/** The service, set to work with the sandbox, ready. @throws ChildDied */
export async function startService({
  ports,
  logs,
  closing,
  database,
  environment,
}: ServiceOptions): Promise<Child> {
  const { service, salesforce, activecampaign } = addressesOf(ports);
  const child = await startChild({
    name: 'service',
    file: SERVER,
    environment: {
      ...SERVER_ENVIRONMENT,
      ...portVariables(ports),
      HOST,
      PUBLIC_URL: service,
      DATABASE_URL: database.url,
      DATABASE_SCHEMA: database.schema,
      SANDBOX: 'true',
      SANDBOX_SALESFORCE_URL: salesforce,
      SANDBOX_ACTIVECAMPAIGN_URL: activecampaign,
      SALESFORCE_CONSUMER_KEY: 'sandbox-consumer-key',
      SALESFORCE_CONSUMER_SECRET: 'sandbox-consumer-secret',
      ...environment,
    },
    log: join(logs, 'service.log'),
  });
  closing.add(() => child.stop());
  await answering(child, [`${service}/ready`]);
  return child;
}

/** Rejects with what happened when one of the processes ends by itself; never resolves. */
export function whenOneDies(children: readonly Child[]): Promise<never> {
  return Promise.race(
    children.map(async (child): Promise<never> => {
      throw new ChildDied(child, await child.ended);
    }),
  );
}

/** Waits until every address answers with success. */
async function answering(child: Child, addresses: readonly string[]): Promise<void> {
  const death = whenOneDies([child]);
  const life = Promise.all(addresses.map((address) => reachable(address, death)));
  await Promise.race([life, death]);
}

async function reachable(address: string, death: Promise<never>): Promise<void> {
  let isDead = false;
  death.catch(() => (isDead = true));
  while (!isDead) {
    const response = await fetch(address).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
    await delay(50);
  }
}
