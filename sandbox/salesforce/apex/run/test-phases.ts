import { JobContext } from '../lib/async.ts';
import { raise } from '../runtime/errors.ts';
import { ASYNC_LIMITS, Limits } from '../runtime/limits.ts';
import type { TestRun } from '../runtime/test-run.ts';
import { Transaction } from '../runtime/transaction.ts';
import type { ApexInstance } from '../runtime/values.ts';
import { ApexNative } from '../runtime/values.ts';

/** Fresh limits until stopTest, and what was saved before no longer stands in a callout's way. */
export function startTest(transaction: Transaction, test: TestRun): void {
  if (test.phase !== 'before') raise('TypeException', 'Test.startTest has already been called');
  test.phase = 'between';
  test.outer = transaction.limits;
  transaction.limits = new Limits();
  transaction.uncommitted = false;
}

/** Runs what was enqueued and scheduled since startTest, then goes back to the limits from before. */
export function stopTest(transaction: Transaction, test: TestRun): void {
  if (test.phase !== 'between') raise('TypeException', 'Test.stopTest was called without Test.startTest');
  runJobs(transaction, test);
  test.phase = 'after';
  transaction.limits = test.outer ?? transaction.limits;
}

/** Runs waiting jobs, each in a transaction of its own. A job that a job enqueues waits, as in a test on the platform. */
export function runJobs(transaction: Transaction, test: TestRun): void {
  const { host, coverage } = transaction;
  const inner = (
    context: 'queueable' | 'scheduled',
    user: Transaction['user'],
    job: ApexInstance,
  ): Transaction =>
    new Transaction(host, { user, limits: new Limits(ASYNC_LIMITS), coverage, test, context, job });
  for (const { job, user, id } of test.jobs.splice(0)) {
    const own = inner('queueable', user, job);
    own.callNamed(
      job,
      'execute',
      [new ApexNative('QueueableContext', new JobContext(id))],
      own.root('Queueable'),
    );
  }
  for (const { job, triggerId } of test.scheduled.splice(0)) {
    const own = inner('scheduled', transaction.user, job);
    own.callNamed(
      job,
      'execute',
      [new ApexNative('SchedulableContext', new JobContext(triggerId))],
      own.root('Schedulable'),
    );
  }
}
