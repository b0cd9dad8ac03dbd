/**
 * Usage: npm run bench [-- --records 20000 --latency 0,20 --direction both|outbound|inbound --rounds 3]. Compares the
 * service with a plain script under the same conditions, on processes and a database of its own, and writes the tables of
 * docs/benchmarks.md: of so many rounds, each line's median. `-- --only planner|shadow|steady|million|workers|memory` measures that instead, `--sizes 1000,2000`
 * with so many records.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { prepareField, type Field } from './bench/bed.ts';
import { planner } from './bench/planner.ts';
import { details, machineFacts, markdown, save, table, type Part } from './bench/report.ts';
import { firstSync, inbound, outbound, type Result } from './bench/scenarios.ts';
import { shadow } from './bench/shadow.ts';
import { simulated } from './bench/simulated.ts';
import { steady } from './bench/steady.ts';
import { workers } from './bench/workers.ts';
import { Closing } from './stack/closing.ts';
import { interruption } from './stack/interruption.ts';

const optionsSchema = z.object({
  records: z.coerce.number().int().min(100).max(1_000_000),
  latency: z.string().transform((text) => text.split(',').map(Number)),
  direction: z.enum(['both', 'outbound', 'inbound']),
  rounds: z.coerce.number().int().min(1).max(25),
  only: z.enum(['speed', 'memory', 'planner', 'shadow', 'steady', 'million', 'workers']),
  sizes: z
    .string()
    .transform((text) => text.split(',').map(Number))
    .optional(),
});
type Options = z.infer<typeof optionsSchema>;

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      records: { type: 'string', default: '20000' },
      latency: { type: 'string', default: '0,20' },
      direction: { type: 'string', default: 'both' },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string', default: 'speed' },
      sizes: { type: 'string' },
    },
  });
  return optionsSchema.parse(values);
}

/** Seconds of processor time for each line of the planner's table. */
const PLANNER_SECONDS = 5;

const parts: Readonly<Record<Part, (field: Field, options: Options) => Promise<string>>> = {
  speed: compared,
  async memory(field, { sizes = [20_000, 200_000] }) {
    const results: Result[] = [];
    for (const records of sizes) await firstSync(field, { records, latency: 0, tell: telling(results) });
    return table(results);
  },
  planner: async () => Promise.resolve(markdown(planner(PLANNER_SECONDS))),
  shadow: async (field, { sizes = [20_000, 1_000_000] }) => markdown(await shadow(field, sizes)),
  steady: async (field, { sizes = [20_000, 200_000] }) => markdown(await steady(field, sizes)),
  million: async (field, { sizes = [10_000, 100_000] }) => markdown(await simulated(field, sizes)),
  async workers(field, { sizes: [tenants = 96, leads = 20] = [] }) {
    return markdown(await workers(field, { tenants, leads, latency: 20, concurrency: 1 }));
  },
};

async function compared(field: Field, options: Options): Promise<string> {
  const rounds: Result[][] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    console.log(`Round ${round} of ${options.rounds}\n`);
    const results: Result[] = [];
    for (const latency of options.latency) {
      const plan = { records: options.records, latency, tell: telling(results) };
      if (options.direction !== 'inbound') await outbound(field, plan);
      if (options.direction !== 'outbound') await inbound(field, plan);
    }
    rounds.push(results);
  }
  return table(medians(rounds));
}

/** Of each line, the round that took the middle time: other programs on the machine make single ones worth little. */
function medians(rounds: readonly (readonly Result[])[]): Result[] {
  const [first = []] = rounds;
  return first.flatMap((_, line) => {
    const byTime = rounds.flatMap((round) => round[line] ?? []).sort((a, b) => a.seconds - b.seconds);
    return byTime[Math.floor(byTime.length / 2)] ?? [];
  });
}

function telling(results: Result[]): (result: Result) => void {
  return (result) => {
    results.push(result);
    console.log(`${details(result)}\n`);
  };
}

async function bench(closing: Closing): Promise<void> {
  const options = readOptions();
  const field = await prepareField(closing);
  const text = `${machineFacts(field.postgres)}\n\n${await parts[options.only](field, options)}`;
  console.log(text);
  await save(options.only, text);
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
