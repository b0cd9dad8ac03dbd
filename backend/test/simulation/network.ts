import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { headersOf, responseOf } from '../support/exchange.ts';
import { Faults, legs, type FaultKind } from './faults.ts';
import { Machine } from './machine.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Tenant } from './tenant.ts';

/** A call of the service to a vendor, as it is carried out there. */
export interface VendorCall {
  readonly tenant: Tenant;
  readonly vendor: 'salesforce' | 'platform';
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly isWrite: boolean;
  readonly machine: string;
  /** When it was sent, in the order of everything. */
  readonly sentAt: number;
}

export interface VendorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Called once the service has it. */
  readonly onDelivered: () => void;
}

export interface NetworkOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly tenants: readonly Tenant[];
  readonly order: () => number;
  /** Carries a call out at the vendor. */
  readonly perform: (call: VendorCall) => Promise<VendorAnswer>;
  /** A vendor calls the service. */
  readonly onHook: (path: string, body: string) => void;
  /** Told of every call just before the vendor carries it out, and just after. */
  readonly onCall: (call: VendorCall, moment: 'before' | 'after') => void;
  /** Told of every call that ends. */
  readonly trace: (line: string) => void;
}

/** After how long the service gives a call up. Milliseconds. */
const patience = { GET: 30_000, salesforce: 120_000, platform: 60_000 };

/** Logins, and records that are read by their ids. */
const readsByPost = /^\/services\/(oauth2\/|data\/[^/]+\/composite\/sobjects\/\w+$)/;

/** How much later than others a slow answer comes; the service waits for it. Milliseconds. */
const slowness = 15_000;

/** Everything between the service and the vendors: it delays, reorders and loses what is sent. */
export class Network {
  readonly faults = new Faults();
  /** Whether answers come at once. */
  isSwift = false;
  readonly #options: NetworkOptions;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /** axios's way out. */
  readonly adapter = (config: InternalAxiosRequestConfig): Promise<AxiosResponse<string>> => {
    const url = new URL(config.url ?? '');
    const body = typeof config.data === 'string' ? config.data : undefined;
    const machine = Machine.current;
    if (machine === undefined) {
      this.#options.onHook(url.pathname, body ?? '');
      return Promise.resolve(responseOf(config, 202, {}, ''));
    }
    const { tenants, order } = this.#options;
    const tenant = tenants.find(
      ({ salesforceHost, platformHost }) => url.hostname === salesforceHost || url.hostname === platformHost,
    );
    if (tenant === undefined) throw new Error(`Nobody lives at ${url.hostname}.`);
    const vendor = url.hostname === tenant.salesforceHost ? 'salesforce' : 'platform';
    const method = (config.method ?? 'GET').toUpperCase();
    return this.#send(machine, config, {
      tenant,
      vendor,
      method,
      path: url.pathname + url.search,
      body,
      headers: headersOf(config),
      isWrite: method !== 'GET' && !readsByPost.test(url.pathname),
      machine: machine.name,
      sentAt: order(),
    });
  };

  #send(
    machine: Machine,
    config: InternalAxiosRequestConfig,
    call: VendorCall,
  ): Promise<AxiosResponse<string>> {
    const { scheduler, random } = this.#options;
    const wait = machine.wait<AxiosResponse<string>>();
    if (!machine.isAlive) return wait.promise;
    const { there, back } = legs(call.vendor, random, this.isSwift);
    const fault = this.faults.befalling(call);
    const isSentWhenDead = random.chance(0.5);
    const fail = (code: string, after: number): void =>
      scheduler.after(after, () => wait.reject(new AxiosError(code, code, config)));
    const tell = (what: string): void => this.#trace(machine, call, what);
    scheduler.after(there, async () => {
      if (!machine.isAlive && !isSentWhenDead) return;
      const forged = forgery(fault, call);
      if (fault === 'lost_call') {
        tell('never arrived');
        return fail('ECONNRESET', back);
      }
      if (forged !== null && fault !== 'error_after') {
        tell(`${fault} ${forged.status}`);
        scheduler.after(back, () =>
          wait.resolve(responseOf(config, forged.status, forged.headers, forged.text)),
        );
        return;
      }
      this.#options.onCall(call, 'before');
      const answer = await this.#options.perform(call);
      this.#options.onCall(call, 'after');
      tell(`${answer.status}${fault === null ? '' : ` ${fault}`}`);
      if (fault === 'lost_answer') return fail('ECONNRESET', back);
      if (fault === 'late_answer') {
        const limit = call.method === 'GET' ? patience.GET : patience[call.vendor];
        return fail('ETIMEDOUT', limit - there);
      }
      const { status, headers, text } = forged ?? answer;
      const isSlow = fault === 'slow_answer';
      scheduler.after(isSlow ? back + slowness : back, () => {
        if (machine.isAlive && forged === null) answer.onDelivered();
        wait.resolve(responseOf(config, status, headers, text));
      });
    });
    return wait.promise;
  }

  #trace(machine: Machine, { vendor, tenant, method, path }: VendorCall, what: string): void {
    const { scheduler, trace } = this.#options;
    trace(
      `${scheduler.now} ${machine.name} ${tenant.name} ${vendor} ${method} ${decodeURIComponent(path)} ${what}`,
    );
  }
}

/** What a vendor that is out of order answers. */
function forgery(
  fault: FaultKind | null,
  { vendor }: VendorCall,
): { status: number; headers: Record<string, string>; text: string } | null {
  const isSalesforce = vendor === 'salesforce';
  switch (fault) {
    case 'error_before':
    case 'error_after':
      return {
        status: 503,
        headers: {},
        text: isSalesforce
          ? '[{"message":"Server unavailable","errorCode":"SERVER_UNAVAILABLE"}]'
          : '{"message":"Service Unavailable"}',
      };
    case 'proxy_page':
      return { status: 200, headers: {}, text: '<html><body>Please try again later.</body></html>' };
    case 'rate_limit':
    case 'rate_limit_silent':
      return {
        status: 429,
        headers: fault === 'rate_limit' ? { 'retry-after': '7' } : {},
        text: isSalesforce ? '' : '{"message":"Too Many Requests"}',
      };
    default:
      return null;
  }
}
