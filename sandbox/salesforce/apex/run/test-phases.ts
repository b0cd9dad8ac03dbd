import { JobContext } from '../lib/async.ts';
import { finalize, finalizerLimits } from '../lib/finalizers.ts';
import { raise, Thrown } from '../runtime/errors.ts';
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

/** Runs waiting jobs, each in a transaction of its own, and their finalizers. */
export function runJobs(transaction: Transaction, test: TestRun): void {
  const { host, coverage } = transaction;
  const inner = (
    context: Transaction['context'],
    user: Transaction['user'],
    job: ApexInstance,
    limits = new Limits(ASYNC_LIMITS),
  ): Transaction => new Transaction(host, { user, limits, coverage, test, context, job });
  const { jobs } = test;
  test.jobs = [];
  for (const queued of jobs) {
    const { job, user, id } = queued;
    const own = inner('queueable', user, job);
    const finish = (exception: ApexInstance | null): void => {
      const { finalizer } = own;
      if (finalizer !== undefined)
        finalize(finalizer, queued, exception, inner('finalizer', user, finalizer, finalizerLimits()));
    };
    const context = new ApexNative('QueueableContext', new JobContext(id));
    try {
      own.callNamed(job, 'execute', [context], own.root('Queueable'));
    } catch (error) {
      if (error instanceof Thrown) finish(error.exception);
      throw error;
    }
    finish(null);
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
