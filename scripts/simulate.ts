/**
 * Runs the deterministic simulation; docs/simulation.md says what it is.
 * Usage: npm run simulate -- [--seeds 200] [--from 1] [--jobs N] [--check] [--tell] [--no-shrink] [--regressions] [--mutants [NAME]]
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readArguments, runTales, stopChildren, type Arguments } from '../backend/test/simulation/command.ts';
import { huntMutants } from '../backend/test/simulation/hunt.ts';
import { startEmbedded } from './postgres/embedded.ts';
import { interruption } from './stack/interruption.ts';

const folder = join(import.meta.dirname, '..', '.data', `simulation-postgres-${process.pid}`);

/** The database of TEST_DATABASE_URL, or one that is thrown away afterwards. */
async function openDatabase(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { url: given, stop: async () => undefined };
  const postgres = await startEmbedded({ folder, durable: false });
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      await rm(postgres.folder, { recursive: true, force: true });
    },
  };
}

async function simulate(url: string, wanted: Arguments): Promise<number> {
  if (wanted.mutants !== null) return huntMutants(url, wanted);
  const began = performance.now();
  let failed = 0;
  let done = 0;
  await runTales(url, wanted, ({ ok, lines }) => {
    done += 1;
    if (!ok) failed += 1;
    for (const line of lines) console.log(line);
    if (done % 100 === 0) console.log(`${done} seeds, ${failed} failed`);
  });
  const seconds = (performance.now() - began) / 1_000;
  console.log(
    `${done - failed} seeds passed, ${failed} failed, ${(done / seconds).toFixed(2)} seeds a second`,
  );
  return failed;
}

const wanted = readArguments(process.argv.slice(2));
const { url, stop } = await openDatabase();
try {
  const failed = await Promise.race([interruption(), simulate(url, wanted)]);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  stopChildren();
  await stop();
}
process.exit();
