import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';
import {
  createActiveCampaignServer,
  type ActiveCampaignServer,
} from '../../../../sandbox/activecampaign/server.ts';
import {
  createActiveCampaign,
  type ActiveCampaign,
} from '../../../src/connectors/activecampaign/connector.ts';
import type { ContactCursor, ContactWrite, PlatformContact } from '../../../src/connectors/connector.ts';
import { API_KEY, doorsOf, type Doors } from '../../support/doors.ts';
import { JumpClock } from '../../support/jump-clock.ts';
import { RecordingBudget } from '../../support/recording-budget.ts';

export interface Platform extends Omit<Doors, 'control'> {
  readonly connector: ActiveCampaign;
  readonly clock: JumpClock;
  readonly budget: RecordingBudget;
  readonly server: ActiveCampaignServer;
  readonly url: string;
  /** A control door. */
  readonly door: Doors['control'];
  /** Another connector for the same account. */
  readonly connect: (options?: Partial<Parameters<typeof createActiveCampaign>[0]>) => ActiveCampaign;
}

export interface PlatformOptions {
  /** Whether the budget paces calls to the vendor's rates. */
  readonly paced?: boolean;
  /** Whether imports report their end to us. */
  readonly callbacks?: boolean;
  readonly highestContactId?: () => Promise<string | null>;
}

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The sandbox's ActiveCampaign and a connector to it, on one clock. */
export async function openPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const { paced = false, callbacks = false } = options;
  const clock = new JumpClock();
  const server = await createActiveCampaignServer({ clock });
  closing.push(() => server.app.close());
  const url = await server.app.listen({ port: 0, host: '127.0.0.1' });
  const budget = new RecordingBudget(clock, paced ? { requests: 200, imports: 600 } : {});
  const reports = callbacks ? await receiveReports() : undefined;
  const { control: door, ...counters } = doorsOf(url, '/api/3');
  await door('limits', { enforce: false });
  const connect: Platform['connect'] = (more) =>
    createActiveCampaign({
      baseUrl: url,
      apiKey: API_KEY,
      budget,
      clock,
      allowLoopback: true,
      random: () => 0.5,
      imports: {
        expect: async (refs) => new Map(reports ? refs.map((ref) => [ref, reports.urlOf(ref)]) : []),
        async completed(refs) {
          server.account.agenda.run();
          await server.account.deliveries.outbox.idle();
          return new Set(refs.filter((ref) => reports?.heard.has(ref)));
        },
      },
      ...(options.highestContactId ? { highestContactId: options.highestContactId } : {}),
      ...more,
    });
  return {
    connector: connect(),
    clock,
    budget,
    server,
    url,
    door,
    connect,
    ...counters,
  };
}

/** Hears the end of imports, as the service's own hook does. */
async function receiveReports(): Promise<{ heard: Set<string>; urlOf(ref: string): string }> {
  const heard = new Set<string>();
  const server: Server = createServer((request, response) => {
    heard.add(request.url?.slice(1) ?? '');
    request.resume();
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  // A listening TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return { heard, urlOf: (ref) => `http://127.0.0.1:${port}/${ref}` };
}

/**
 * Reads a window to its end.
 * @returns whom it read, the start of the next window, and in how many parts they came
 */
export async function readAll({ connector }: Platform, from: ContactCursor | null) {
  const records: PlatformContact[] = [];
  let parts = 0;
  for (let cursor = from; ;) {
    const page = await connector.readContacts(cursor);
    parts += 1;
    records.push(...page.records);
    cursor = page.next;
    if (page.done) return { records, next: cursor, parts };
  }
}

export function write(email: string, more: Partial<ContactWrite> = {}): ContactWrite {
  return { ref: email, id: null, email, values: {}, addTags: [], ...more };
}

export function writes(
  count: number,
  more: (n: number) => Partial<ContactWrite> = () => ({}),
): ContactWrite[] {
  return Array.from({ length: count }, (_, n) => write(`person${n}@example.com`, more(n)));
}
