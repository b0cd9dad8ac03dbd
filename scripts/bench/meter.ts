import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import type { Vendors } from '../stack/vendors.ts';

/** What a piece of work took. */
export interface Measurement {
  readonly seconds: number;
  /** Calls as the vendors count them, in all and by route. */
  readonly calls: { readonly salesforce: Calls; readonly activecampaign: Calls };
  /** Seconds of processor time of the process that did the work; null where the system does not tell. */
  readonly cpuSeconds: number | null;
  /** Processes that wanted a processor at the start, over the last minute. */
  readonly load: number;
}

export interface Calls {
  readonly total: number;
  readonly byRoute: Readonly<Record<string, number>>;
}

/**
 * Measures a piece of work.
 * @param pid the process that does it: the service, or the plain script
 * @returns beside the measurement what the work answered
 */
export async function measure<T>(
  vendors: Vendors,
  pid: number,
  work: () => Promise<T>,
): Promise<{ measurement: Measurement; answer: T }> {
  const [load = 0] = loadavg();
  const [before, cpuBefore] = [await vendors.stats(), await cpuSecondsOf(pid)];
  const start = performance.now();
  const answer = await work();
  const seconds = (performance.now() - start) / 1000;
  const [after, cpuAfter] = [await vendors.stats(), await cpuSecondsOf(pid)];
  const measurement = {
    seconds,
    calls: {
      salesforce: difference(before.salesforce.calls, after.salesforce.calls),
      activecampaign: difference(before.activecampaign.calls, after.activecampaign.calls),
    },
    cpuSeconds: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
    load,
  };
  return { measurement, answer };
}

function difference(before: Calls, after: Calls): Calls {
  const byRoute = Object.entries(after.byRoute)
    .map(([route, count]): [string, number] => [route, count - (before.byRoute[route] ?? 0)])
    .filter(([, count]) => count > 0);
  return { total: after.total - before.total, byRoute: Object.fromEntries(byRoute) };
}

/** Linux counts processor time in hundredths of a second for programs, whatever its own clock does. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a process has had; null where the system does not tell. */
export async function cpuSecondsOf(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // The name in parentheses may hold spaces; user and system time are the 12th and 13th field after it.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields ? (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND : null;
}

/** The most memory that a process has had at a time, in MB; null where the system does not tell. */
export async function peakMemory(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}
