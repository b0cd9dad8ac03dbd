import axios from 'axios';
import { isSyncError } from '../../src/lib/errors.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { CommonClock } from '../../src/lib/common-clock.ts';
import type { Logger } from '../../src/lib/logger.ts';
import { openVendors } from '../../src/engine/open-vendors.ts';
import { Runner } from '../../src/engine/runner.ts';
import { parseWebhook } from '../../src/connectors/activecampaign/webhooks.ts';
import { addHints, type HintReason } from '../../src/store/hints.ts';
import { completeImport } from '../../src/store/imports.ts';
import { app } from '../support/customer.ts';
import type { Bench } from './bench.ts';
import { DatabaseLane, MachineDatabase } from './database.ts';
import { History } from './history.ts';
import { Machine } from './machine.ts';
import { Network, type VendorAnswer, type VendorCall } from './network.ts';
import { isCalled, type Cue } from './cues.ts';
import { Random } from './random.ts';
import type { Snapshot } from './records.ts';
import { Scheduler } from './scheduler.ts';
import type { Role, Story } from './story.ts';
import { publicUrl, vaultOf, type Tenant } from './tenant.ts';

export const beginning = Date.parse('2026-03-02T09:00:00Z');

const config = {
  publicUrl,
  salesforce: {
    loginHosts: [],
    app,
    scope: 'api refresh_token',
    passwordLogin: false,
    dailyShare: 0.8,
  },
  sandbox: { salesforceUrl: '', activecampaignUrl: '' },
};

/** A process of the service. */
export interface Worker {
  readonly machine: Machine;
  /** The time as it knows it, once it is ready. */
  readonly clock: Clock;
  readonly ready: Promise<void>;
  readonly runner: Runner;
  readonly database: MachineDatabase;
}

type SideName = 'salesforce' | 'platform';

/** One seed's world: the vendors, the network, the service's processes, and what is remembered of it all. */
export class World {
  readonly bench: Bench;
  readonly scheduler = new Scheduler(beginning);
  readonly random: Random;
  readonly history = new History();
  readonly network: Network;
  readonly lane: DatabaseLane;
  /** Calls that came to a vendor, in order. */
  readonly calls: {
    readonly tenant: string;
    readonly vendor: SideName;
    readonly isTouch: boolean;
    /** Whether it asks what fields there are: every half hour, each time while a mapped one is hidden. */
    readonly isDescription: boolean;
  }[] = [];
  /** What the vendors' own limits refused: the service broke them. */
  readonly refusals: string[] = [];
  /** Contacts that somebody asked to be looked at, and when. */
  readonly looks: { readonly tenant: string; readonly contact: string; readonly order: number }[] = [];
  /** When contacts were deleted, by customer and contact. */
  readonly deletions = new Map<string, number>();
  /** Logins to an org, by customer. */
  readonly logins = new Map<string, number>();
  readonly trace: string[] = [];
  readonly log: string[] = [];
  /** The service's processes by role. */
  readonly #workers = new Map<string, Worker>();
  readonly #snapshots = new Map<string, Map<string, Snapshot>>();
  #generation = 0;
  #awaited: { tenant: Tenant; cue: Cue; work: () => void; skip: number }[] = [];
  /** How webhooks fare: lost, doubled, or late. */
  hooks = { lost: 0.15, doubled: 0.1 };

  constructor(bench: Bench, seed: number) {
    this.bench = bench;
    this.random = new Random(seed);
    this.lane = new DatabaseLane(bench.database, this.scheduler, this.random.fork());
    this.network = new Network({
      scheduler: this.scheduler,
      random: this.random.fork(),
      tenants: bench.tenants,
      order: () => this.history.next(),
      perform: (call) => this.#perform(call),
      onHook: (path, body) => this.#onHook(path, body),
      onCall: (call, moment) => this.#onCall(call, moment),
      trace: (line) => void this.trace.push(line),
    });
    bench.time.now = () => this.scheduler.now;
    bench.time.skew = { salesforce: 0, platform: 0 };
    axios.defaults.adapter = this.network.adapter;
    const dice = this.random.fork();
    Math.random = () => dice.next();
  }

  /** A process by its role, started if it is not there. */
  worker(role: Role | 'web'): Worker {
    const known = this.#workers.get(role);
    if (known?.machine.isAlive === true) return known;
    this.#generation += 1;
    const machine = new Machine(`${role}.${this.#generation}`, this.scheduler, this.lane, this.skew[role]);
    const database = new MachineDatabase(this.bench.options, machine, this.lane);
    const clock = new CommonClock({
      own: machine.clock,
      ask: () => this.lane.transaction(machine, async () => this.scheduler.now + this.skew.database),
    });
    const logger = this.#loggerOf(machine);
    const vendors = openVendors({ db: database, vault: vaultOf(database), config, clock, logger });
    const worker = {
      machine,
      clock,
      ready: machine.run(() => clock.measure()),
      database,
      runner: new Runner({ db: database, clock, logger, vendors, batchSize: this.batchSize }),
    };
    this.#workers.set(role, worker);
    return worker;
  }

  /** How many people a run acts on at a time. */
  batchSize = 2_000;

  /** How far whose clock is ahead, milliseconds. */
  skew: Story['settings']['skew'] = { salesforce: 0, platform: 0, database: 0, one: 0, two: 0, web: 0 };

  /** Somebody does something at a vendor. @returns whether it could be done */
  act(tenant: Tenant, side: SideName, deed: () => boolean): boolean {
    const isDone = deed();
    this.#note(tenant, side, 'user');
    return isDone;
  }

  /** What the vendors hold now. */
  snapshot(tenant: Tenant, side: SideName): Map<string, Snapshot> {
    const key = `${tenant.name} ${side}`;
    const known = this.#snapshots.get(key);
    if (known !== undefined) return known;
    const fresh = tenant[side].snapshot();
    this.#snapshots.set(key, fresh);
    return fresh;
  }

  #note(tenant: Tenant, side: SideName, cause: 'user' | 'sync', sentAt?: number): boolean {
    const key = `${tenant.name} ${side}`;
    const before = this.#snapshots.get(key) ?? new Map<string, Snapshot>();
    const after = tenant[side].snapshot();
    this.#snapshots.set(key, after);
    for (const id of before.keys()) {
      if (!after.has(id)) this.deletions.set(`${tenant.name} ${id}`, this.history.next());
    }
    const made = { at: this.scheduler.now, cause, tenant: tenant.name, side };
    const changes = this.history.note(sentAt === undefined ? made : { ...made, sentAt }, before, after);
    return (
      changes > 0 ||
      after.size !== before.size ||
      [...after].some(([id, now]) => wasTouched(before.get(id), now))
    );
  }

  /** Has something happen when the service makes such a call of a customer's vendor. */
  await(tenant: Tenant, cue: Cue, work: () => void): void {
    this.#awaited.push({ tenant, cue, work, skip: cue.skip });
  }

  /** Nobody waits for a call any more. */
  forgetCues(): void {
    this.#awaited = [];
  }

  #onCall(call: VendorCall, moment: Cue['moment']): void {
    const due = this.#awaited.filter(
      ({ tenant, cue }) => tenant === call.tenant && cue.moment === moment && isCalled(cue, call),
    );
    for (const awaited of due) {
      awaited.skip -= 1;
      if (awaited.skip >= 0) continue;
      this.#awaited.splice(this.#awaited.indexOf(awaited), 1);
      awaited.work();
    }
  }

  async #perform(call: VendorCall): Promise<VendorAnswer> {
    const { tenant, vendor } = call;
    if (vendor === 'platform') {
      tenant.platform.work();
      this.#note(tenant, 'platform', 'sync', call.sentAt);
    }
    const { server } = tenant[vendor];
    const answer = await server.app.inject({
      method: call.method as 'GET', // whatever method it is
      url: call.path,
      headers: { ...call.headers, host: tenant[`${vendor}Host`] },
      ...(call.body === undefined ? {} : { payload: call.body }),
    });
    const isTouch = call.isWrite && this.#note(tenant, vendor, 'sync', call.sentAt);
    if (call.path.startsWith('/services/oauth2/')) {
      this.logins.set(tenant.name, (this.logins.get(tenant.name) ?? 0) + 1);
    } else {
      const isDescription = call.path.endsWith('/describe');
      this.calls.push({ tenant: tenant.name, vendor, isTouch, isDescription });
    }
    if (answer.statusCode === 429 || /rate limit exceeded|REQUEST_LIMIT_EXCEEDED/i.test(answer.body)) {
      this.refusals.push(`${tenant.name} ${call.method} ${call.path}: ${answer.statusCode} ${answer.body}`);
    }
    if (call.path.includes('/import/')) {
      this.scheduler.after(400, () => {
        tenant.platform.work();
        this.#note(tenant, 'platform', 'sync', call.sentAt);
      });
    }
    const sight = {
      order: this.history.next(),
      tenant: tenant.name,
      side: vendor,
      text: answer.body,
      deliveredAt: null as number | null,
    };
    this.history.sights.push(sight);
    return {
      status: answer.statusCode,
      // A web server stamps its answers by the machine's clock; the vendor's is another one.
      headers: { ...headersOf(answer.headers), date: new Date(this.bench.time[vendor].now()).toUTCString() },
      text: answer.body,
      onDelivered: () => (sight.deliveredAt = this.history.next()),
    };
  }

  /** A vendor's call reaches the service late, twice or never, in whatever order. */
  #onHook(path: string, body: string): void {
    const tenant = this.bench.tenants.find(({ changesUrl }) => path.startsWith(new URL(changesUrl).pathname));
    if (tenant === undefined) return;
    const rest = path.slice(new URL(tenant.changesUrl).pathname.length);
    const times = this.random.chance(this.hooks.lost) ? 0 : this.random.chance(this.hooks.doubled) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      this.scheduler.after(this.random.whole(50, this.random.chance(0.2) ? 120_000 : 3_000), () =>
        this.#receive(tenant, rest, body),
      );
    }
  }

  #receive({ scope }: Tenant, rest: string, body: string): void {
    const { machine, database, clock, ready } = this.worker('web');
    const ref = /^\/imports\/(.+)$/.exec(rest)?.[1];
    void machine.run(async () => {
      await ready;
      const now = clock.now();
      if (ref !== undefined) {
        void database.withTenant(scope.tenantId, (tx) => completeImport(tx, scope.tenantId, ref, now));
        return;
      }
      const { contactId, type, tag } = parseWebhook('application/x-www-form-urlencoded', body);
      if (contactId === null) return;
      const asked = type === 'contact_tag_added' ? requests[tag ?? ''] : undefined;
      this.hint(scope, contactId, ['look', ...(asked === undefined ? [] : [asked])]);
    });
  }

  /** What the service's web process does with a call that names a contact. */
  hint(scope: Tenant['scope'], recordId: string, reasons: readonly HintReason[]): void {
    const { machine, database, clock, ready } = this.worker('web');
    const hints = reasons.map(
      (reason) => ({ side: 'platform', object: 'contact', recordId, reason }) as const,
    );
    void machine.run(async () => {
      await ready;
      await database.withTenant(scope.tenantId, (tx) => addHints(tx, scope, hints, clock.now()));
    });
  }

  #loggerOf(machine: Machine): Logger {
    const note =
      (level: string) =>
      (fields: object, message: string): void => {
        const error = 'err' in fields ? ` ${String(fields.err)}` : '';
        this.log.push(`${this.scheduler.now} ${machine.name} ${level} ${message}${error}`);
        const isUnexpected = level === 'error' && 'err' in fields && !isSyncError(fields.err);
        if (isUnexpected && fields.err instanceof Error) this.internalErrors.push(fields.err);
      };
    return { debug: () => undefined, info: () => undefined, warn: note('warn'), error: note('error') };
  }

  /** Errors that no error path was made for. */
  readonly internalErrors: Error[] = [];
}

const requests: Readonly<Record<string, HintReason>> = {
  'create-salesforce-lead': 'create_lead',
  'create-salesforce-contact': 'create_contact',
};

function wasTouched(before: Snapshot | undefined, now: Snapshot): boolean {
  if (before === undefined) return true;
  return now.kind === 'contact' ? before.marks !== now.marks : before !== now;
}

function headersOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name.toLowerCase(), String(value)]] : [],
    ),
  );
}
