import type { Random } from './random.ts';

/** What may befall any call on its way. */
export const faultKinds = [
  'lost_answer',
  'lost_call',
  'late_answer',
  'error_before',
  'error_after',
  'rate_limit',
  'rate_limit_silent',
  'slow_answer',
] as const;
/** Or a proxy answers in the vendor's place: with a page that says nothing of what was asked. */
export type FaultKind = (typeof faultKinds)[number] | 'proxy_page';

export interface Fault {
  readonly vendor: 'salesforce' | 'platform';
  readonly fault: FaultKind;
  /** Whether writes alone are hit. */
  readonly writesOnly: boolean;
  /** A part of the path of the calls that are hit; all of them without it. */
  readonly path?: string;
  /** How many calls. */
  times: number;
}

/** The faults that wait for calls to hit. */
export class Faults {
  #armed: Fault[] = [];

  arm(fault: Fault): void {
    this.#armed.push({ ...fault });
  }

  clear(): void {
    this.#armed = [];
  }

  /** What befalls this call. */
  befalling(call: { vendor: 'salesforce' | 'platform'; isWrite: boolean; path: string }): FaultKind | null {
    const hit = this.#armed.find(
      ({ vendor, writesOnly, times, path }) =>
        times > 0 &&
        vendor === call.vendor &&
        (call.isWrite || !writesOnly) &&
        (path === undefined || call.path.includes(path)),
    );
    if (hit === undefined) return null;
    hit.times -= 1;
    return hit.fault;
  }
}

/**
 * How long each leg of a call takes, milliseconds. The way to the platform varies little: that is what the pace of
 * calls, which several processes share without hearing each other's answers, allows for. Where vendors are swift,
 * nothing but that pace keeps a run within their limits.
 */
export function legs(
  vendor: 'salesforce' | 'platform',
  random: Random,
  isSwift: boolean,
): { there: number; back: number } {
  if (isSwift) return { there: random.whole(15, 25), back: random.whole(5, 25) };
  return {
    there: random.whole(15, vendor === 'platform' ? 45 : 200),
    back: random.chance(0.03) ? random.whole(1_000, 9_000) : random.whole(15, 300),
  };
}
