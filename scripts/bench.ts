/**
 * Usage: npm run bench [-- --records 20000 --latency 0,20 --direction both|outbound|inbound --memory]. Compares the
 * service with a plain script under the same conditions, on processes and a database of its own, and writes the tables
 * of docs/benchmarks.md. `--memory` measures instead what a first sync of 20,000 and of 200,000 records takes.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { prepareField } from './bench/bed.ts';
import { details, machineFacts, save, table } from './bench/report.ts';
import { firstSync, inbound, outbound, type Result } from './bench/scenarios.ts';
import { Closing } from './stack/closing.ts';
import { interruption } from './stack/interruption.ts';

const MEMORY_RECORDS = [20_000, 200_000];

const optionsSchema = z.object({
  records: z.coerce.number().int().min(100).max(1_000_000),
  latency: z.string().transform((text) => text.split(',').map(Number)),
  direction: z.enum(['both', 'outbound', 'inbound']),
  memory: z.boolean(),
});

async function bench(closing: Closing): Promise<void> {
  const { values } = parseArgs({
    options: {
      records: { type: 'string', default: '20000' },
      latency: { type: 'string', default: '0,20' },
      direction: { type: 'string', default: 'both' },
      memory: { type: 'boolean', default: false },
    },
  });
  const options = optionsSchema.parse(values);
  const field = await prepareField(closing);
  const results: Result[] = [];
  const tell = (result: Result) => {
    results.push(result);
    console.log(`${details(result)}\n`);
  };
  if (options.memory) {
    for (const records of MEMORY_RECORDS) await firstSync(field, { records, latency: 0, tell });
  } else {
    for (const latency of options.latency) {
      const plan = { records: options.records, latency, tell };
      if (options.direction !== 'inbound') await outbound(field, plan);
      if (options.direction !== 'outbound') await inbound(field, plan);
    }
  }
  const text = `${machineFacts(field.postgres)}\n\n${table(results)}`;
  console.log(text);
  await save(options.memory ? 'memory' : 'speed', text);
}

const closing = new Closing();
let exitCode = 0;
try {
  const end = await Promise.race([interruption(), bench(closing)]);
  if (end === 'interrupted') exitCode = 1;
} catch (error) {
  console.error(error);
  exitCode = 1;
}
await closing.all();
process.exit(exitCode);
