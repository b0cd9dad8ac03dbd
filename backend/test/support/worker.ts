import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { TestDatabase } from './database.ts';
import { testEnvironment } from './service.ts';
import { APP } from './vendors.ts';

/** A process that works on runs, until the test file's end at the latest. */
export function startWorker(database: TestDatabase, more: NodeJS.ProcessEnv = {}): ChildProcess {
  const worker = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/worker.ts'], {
    cwd: join(import.meta.dirname, '..', '..'),
    env: { PATH: process.env['PATH'], ...testEnvironment(database, { ...APP, ...more }) },
    stdio: process.env['TEST_LOG'] === undefined ? 'ignore' : 'inherit',
  });
  database.atEnd(() => Promise.resolve(worker.kill('SIGKILL')));
  return worker;
}
