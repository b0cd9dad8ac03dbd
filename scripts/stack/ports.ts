import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { z } from 'zod';

export const HOST = '127.0.0.1';

/** What can listen where; the variable is also what the programs themselves read. */
const DOORS = {
  service: { variable: 'PORT_SERVICE', standard: 3000, what: 'the service' },
  salesforce: { variable: 'PORT_SALESFORCE', standard: 3001, what: 'the Salesforce sandbox' },
  activecampaign: { variable: 'PORT_ACTIVECAMPAIGN', standard: 3002, what: 'the ActiveCampaign sandbox' },
} as const;

export type Ports = Readonly<Record<keyof typeof DOORS, number>>;

/** A port that cannot be used. The message names it and the variable that changes it. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

const portSchema = z.coerce.number().int().min(0).max(65_535);

/**
 * The ports of the environment, or the standard ones; 0 stands for any free one.
 * @throws PortError when one is taken or is none
 */
export async function choosePorts(environment: NodeJS.ProcessEnv): Promise<Ports> {
  return {
    service: await choose('service', environment),
    salesforce: await choose('salesforce', environment),
    activecampaign: await choose('activecampaign', environment),
  };
}

/** Free ports for everything. */
export async function freePorts(): Promise<Ports> {
  return choosePorts({ PORT_SERVICE: '0', PORT_SALESFORCE: '0', PORT_ACTIVECAMPAIGN: '0' });
}

/** The ports as the programs read them. */
export function portVariables(ports: Ports): Record<string, string> {
  return {
    PORT_SERVICE: String(ports.service),
    PORT_SALESFORCE: String(ports.salesforce),
    PORT_ACTIVECAMPAIGN: String(ports.activecampaign),
  };
}

async function choose(door: keyof Ports, environment: NodeJS.ProcessEnv): Promise<number> {
  const { variable, standard, what } = DOORS[door];
  const given = environment[variable] === '' ? undefined : environment[variable];
  const wanted = portSchema.safeParse(given ?? standard);
  if (!wanted.success) {
    throw new PortError(`${variable} is "${given}", which is no port: it takes a number from 0 to 65535.`);
  }
  if (wanted.data === 0) return freePort();
  if (!(await canListen(wanted.data))) {
    throw new PortError(
      `Port ${wanted.data}, which ${what} needs, is taken. Stop the program that has it, or set ${variable} to another ` +
        'port (0 for any free one).',
    );
  }
  return wanted.data;
}

/**
 * Below the ports from which a system takes one for an outgoing call (Linux begins at 32,768): a call cannot take one
 * of these before its server listens. Test workers, which run side by side, have a lane each.
 */
const firstPort = 20_000;
const laneWidth = 500;
const lane = Number(process.env['JEST_WORKER_ID'] ?? 0) % 24;
let step = randomInt(laneWidth);

/** A port for a server whose address others have to know before it listens. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < laneWidth; tries += 1) {
    step = (step + 1) % laneWidth;
    const port = firstPort + lane * laneWidth + step;
    if (await canListen(port)) return port;
  }
  throw new PortError(`No port is free from ${firstPort + lane * laneWidth} on.`);
}

function canListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}
