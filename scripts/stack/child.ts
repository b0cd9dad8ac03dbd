import { spawn, type Serializable } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

export interface ChildOptions {
  /** As it is called in messages. */
  readonly name: string;
  /** The TypeScript file to run. */
  readonly file: string;
  /** Set beside this process's own environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The file for everything that it prints, overwritten; without one it prints where this process does. */
  readonly log?: string;
}

/** A process of ours that runs beside this one. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves, never rejects, when the process has ended: with how it did. */
  readonly ended: Promise<string>;
  /** The end of what it printed. */
  lastLines(): readonly string[];
  /**
   * Sends it a message and answers with the next one from it: one question at a time.
   * @throws {ChildDied} where it ends first
   */
  ask(message: Serializable): Promise<unknown>;
  /** Asks it to finish, waits, and kills it when it does not. */
  stop(): Promise<void>;
}

/** A process ended that should not have. */
export class ChildDied extends Error {
  override readonly name = 'ChildDied';

  constructor(child: Child, how: string) {
    const lines = child.lastLines().map((line) => `  | ${line}`);
    super([`The ${child.name} stopped by itself (${how}). It last said:`, ...lines].join('\n'));
  }
}

const PRELOAD = pathToFileURL(join(import.meta.dirname, 'end-with-parent.ts')).href;
const LINES_KEPT = 20;
/** The service gives running requests 15 seconds. */
const PATIENCE_MS = 20_000;

/**
 * Starts a process that ends with this one, however this one ends. It has a process group of its own, so that Ctrl-C
 * reaches this process alone, which stops the others in order.
 */
export async function startChild({ name, file, environment, log }: ChildOptions): Promise<Child> {
  const output = log === undefined ? undefined : await openLog(log);
  const printed = log === undefined ? 'inherit' : 'pipe';
  const started = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', PRELOAD, file],
    {
      env: { ...process.env, ...environment },
      stdio: ['ignore', printed, printed, 'ipc'],
      detached: process.platform !== 'win32',
    },
  );
  const lines: string[] = [];
  const streams = [started.stdout, started.stderr].filter((stream) => stream !== null);
  for (const stream of streams) {
    if (output) stream.pipe(output, { end: false });
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > LINES_KEPT) lines.shift();
    });
  }
  const exit = new Promise<string>((resolve) => {
    started.once('error', (error) => resolve(error.message));
    started.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  // Node's own `close` event stays away after a disconnect from this side.
  const ended = Promise.all([exit, Promise.allSettled(streams.map((stream) => finished(stream)))]).then(
    ([how]) => {
      output?.end();
      return how;
    },
  );
  const isRunning = () => started.exitCode === null && started.signalCode === null;

  const child: Child = {
    name,
    pid: started.pid ?? 0,
    ended,
    lastLines: () => lines,
    ask(message) {
      const answer = new Promise<unknown>((resolve) => started.once('message', resolve));
      started.send(message);
      const death = ended.then((how) => Promise.reject(new ChildDied(child, how)));
      return Promise.race([answer, death]);
    },
    async stop() {
      if (started.connected) started.disconnect();
      const patience = new AbortController();
      await Promise.race([ended, delay(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => '')]);
      patience.abort();
      if (isRunning()) started.kill('SIGKILL');
      await ended;
    },
  };
  return child;
}

async function openLog(file: string): Promise<WriteStream> {
  await mkdir(dirname(file), { recursive: true });
  return createWriteStream(file);
}
