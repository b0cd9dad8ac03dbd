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
  const port = await tryToListen(wanted.data);
  if (port === undefined) {
    throw new PortError(
      `Port ${wanted.data}, which ${what} needs, is taken. Stop the program that has it, or set ${variable} to another ` +
        'port (0 for any free one).',
    );
  }
  return port;
}

/** The port on which listening succeeded, undefined when it is taken or forbidden. */
function tryToListen(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(port, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
