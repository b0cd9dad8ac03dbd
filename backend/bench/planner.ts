import { availableParallelism, loadavg } from 'node:os';
import { compileMapping } from '../src/sync/pairs.ts';
import { planPair } from '../src/sync/plan.ts';
import type {
  Canonical,
  CompiledMapping,
  FieldMapping,
  PairState,
  PlatformField,
  SalesforceField,
} from '../src/sync/types.ts';
import { platformField, salesforceField } from '../test/sync/fields.ts';

/**
 * Plans pairs of 20 fields on one thread and prints records a second: none changed, one in ten, all. Counted by
 * the thread's own CPU time, so that other work on the machine does not blur it; by the clock beside it.
 */

const fieldCount = 20;
/** As many as the engine holds at a time. */
const pairCount = 2_000;
const milliseconds = 2_000;

const mapping = mappingOf(fieldCount);
for (const share of [0, 0.1, 1]) {
  const pairs = Array.from({ length: pairCount }, (_, index) => pairOf(index, index < share * pairCount));
  measure(pairs, milliseconds / 4);
  const { perCpu, perClock, written } = measure(pairs, milliseconds);
  const percent = `${share * 100} % changed`.padEnd(15);
  console.log(
    `${percent}${shown(perCpu)} records/s of CPU time, ${shown(perClock)} by the clock, ${written} to write`,
  );
}
const load = loadavg()[0] ?? 0;
console.log(
  `${fieldCount} fields, ${pairCount.toLocaleString('en')} pairs, one thread of ${availableParallelism()}, load ${load.toFixed(2)}`,
);

function measure(
  pairs: readonly PairState[],
  duration: number,
): { perCpu: number; perClock: number; written: number } {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  let planned = 0;
  let written = 0;
  while (performance.now() - start < duration) {
    written = 0;
    for (const pair of pairs) if (planPair(mapping, pair).toPlatform['field:1'] !== undefined) written += 1;
    planned += pairs.length;
  }
  const { user, system } = process.cpuUsage(cpu);
  return {
    perCpu: (planned / (user + system)) * 1_000_000,
    perClock: (planned / (performance.now() - start)) * 1_000,
    written,
  };
}

function shown(rate: number): string {
  return Math.round(rate).toLocaleString('en').padStart(10);
}

/** Values as they come from the database and the wire: separate objects, equal by content. */
function pairOf(index: number, changed: boolean): PairState {
  const values = (): Record<string, Canonical> =>
    Object.fromEntries(
      mapping.fields.map((field, position): [string, Canonical] => [
        field.platform,
        position % 10 === 9 ? ['a', `b${index}`] : position % 7 === 3 ? null : `value ${index} ${position}`,
      ]),
    );
  return {
    agreed: values(),
    salesforce: changed ? { ...values(), 'field:1': `changed ${index}` } : values(),
    platform: values(),
    salesforceChangedAt: null,
    platformChangedAt: null,
    resolutions: {},
  };
}

function mappingOf(count: number): CompiledMapping {
  const salesforce: SalesforceField[] = [];
  const platform: PlatformField[] = [];
  const fields: FieldMapping[] = [];
  for (let number = 1; number <= count; number += 1) {
    const [name, key] = [`Field${number}__c`, `field:${number}`];
    salesforce.push(salesforceField({ name }));
    platform.push(platformField({ key }));
    fields.push({
      salesforce: name,
      platform: key,
      direction: 'both',
      policy: 'salesforce',
      emptyWins: false,
    });
  }
  return compileMapping({ object: 'Contact', enabled: false, fields }, salesforce, platform).mapping;
}
