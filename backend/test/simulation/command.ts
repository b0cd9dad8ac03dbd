import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Bench } from './bench.ts';
import { regressions } from './regressions.ts';
import { reportTale, type Tale, type TaleOptions, type TaleReport } from './report.ts';

/** What a worker process is asked to do. */
export interface Task {
  readonly url: string;
  readonly tales: readonly Tale[];
  readonly options: TaleOptions;
  readonly untilFailure: boolean;
}

const usage = `Usage: npm run simulate -- [--seeds 200] [--from 1] [--jobs N] [--check] [--tell] [--no-shrink]
       npm run simulate -- --regressions [--check] [--tell]
       npm run simulate -- --mutants [NAME] [--seeds 200]`;

export interface Arguments {
  readonly tales: readonly Tale[];
  readonly jobs: number;
  readonly options: TaleOptions;
  /** Null: the engine as it is; empty: every mutant. */
  readonly mutants: readonly string[] | null;
}

export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '200' },
      from: { type: 'string', default: '1' },
      only: { type: 'string' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      check: { type: 'boolean', default: false },
      tell: { type: 'boolean', default: false },
      'no-shrink': { type: 'boolean', default: false },
      regressions: { type: 'boolean', default: false },
      mutants: { type: 'boolean', default: false },
    },
  });
  const [count, from, jobs] = [Number(values.seeds), Number(values.from), Number(values.jobs)];
  if (![count, from, jobs].every((number) => Number.isInteger(number) && number > 0)) throw new Error(usage);
  const tales = values.regressions
    ? regressions.map(({ about }) => about)
    : (values.only?.split(',').map(Number) ?? Array.from({ length: count }, (_, index) => from + index));
  return {
    tales,
    jobs: Math.min(jobs, tales.length),
    options: {
      isChecked: values.check,
      isShrunk: !values['no-shrink'] && !values.mutants,
      isTold: values.tell,
    },
    mutants: values.mutants ? positionals : null,
  };
}

/** Every so manyth seed is run twice in any case: a seed that goes two ways proves nothing. */
const checkedEvery = 25;

/** Plays tales in this process, one after the other. */
export async function runTask(
  { url, tales, options, untilFailure }: Task,
  tell: (report: TaleReport) => void,
): Promise<void> {
  const bench = await Bench.open(url, `simulation_${randomBytes(6).toString('hex')}`);
  try {
    for (const tale of tales) {
      const isDue = !untilFailure && typeof tale === 'number' && tale % checkedEvery === 0;
      const report = await reportTale(bench, tale, { ...options, isChecked: options.isChecked || isDue });
      tell(report);
      if (untilFailure && !report.ok) return;
    }
  } finally {
    await bench.close();
  }
}

/** Plays tales in so many processes, each its share. */
export async function runTales(
  url: string,
  { tales, jobs, options }: Arguments,
  tell: (report: TaleReport) => void,
): Promise<void> {
  if (jobs === 1) return runTask({ url, tales, options, untilFailure: false }, tell);
  const shares = Array.from({ length: jobs }, (_, job) =>
    tales.filter((_tale, index) => index % jobs === job),
  );
  await Promise.all(
    shares.map((share) => runInChild({ url, tales: share, options, untilFailure: false }, null, tell)),
  );
}

const children = new Set<ChildProcess>();

/** Ends what other processes are still doing. */
export function stopChildren(): void {
  for (const child of children) child.kill();
}

/** @param mutant what to break in the engine, by name */
export async function runInChild(
  task: Task,
  mutant: string | null,
  tell: (report: TaleReport) => void,
): Promise<void> {
  const child = fork(new URL('child.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, ...(mutant === null ? {} : { SIMULATION_MUTANT: mutant }) },
  });
  children.add(child);
  child.on('message', (report) => tell(report as TaleReport)); // what child.ts sends
  child.send(task);
  const [code] = (await once(child, 'exit')) as [number | null]; // the event's documented arguments
  children.delete(child);
  if (code !== 0) throw new Error(`A simulation process ended with ${code ?? 'a signal'}.`);
}
