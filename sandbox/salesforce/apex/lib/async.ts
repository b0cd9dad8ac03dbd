import { display } from '../runtime/display.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import type { QueuedJob } from '../runtime/host.ts';
import type { Transaction } from '../runtime/transaction.ts';
import { schedule, unschedule } from '../data/schedule.ts';
import { instance, integer, notEmulated, state, text } from '../runtime/read.ts';
import { ApexNative } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { IdSequence } from '../../org/ids.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { attachFinalizer } from './finalizers.ts';

const jobIds = new IdSequence('707');

/** Behind an `AsyncOptions`. */
class Options {
  delay: number | null = null;
  signature: Value = null;
}

/** Behind a `QueueableDuplicateSignature` and its builder. */
class Signature {
  readonly parts: string[] = [];

  get text(): string {
    return JSON.stringify(this.parts);
  }
}

const LONGEST_DELAY_MINUTES = 10;

/** Behind the context that a job is given. */
export class JobContext {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

/** Whether a job of this signature waits: one that runs has given its signature back. */
function waits(signature: string, { host, test }: Transaction): boolean {
  return test === undefined
    ? host.signatures.has(signature)
    : test.jobs.some((queued) => queued.signature === signature);
}

/**
 * `System.enqueueJob`.
 * @throws ApexFailure DuplicateMessageException for a job whose signature waits, AsyncException for one that a job
 * enqueues in a test.
 */
function enqueue(
  job: Value | undefined,
  options: { delay?: number | null; signature?: string },
  frame: Frame,
): Value {
  const { transaction } = frame;
  const { limits, host, test } = transaction;
  const { delay, signature } = options;
  const delayMinutes = delay ?? 0;
  if (delayMinutes < 0 || delayMinutes > LONGEST_DELAY_MINUTES)
    return notEmulated(`a delay of ${delayMinutes} minutes`, frame);
  if (signature !== undefined && waits(signature, transaction))
    return raise('DuplicateMessageException', 'Attempt to enqueue job with duplicate queueable signature');
  if (test !== undefined && transaction.context !== 'synchronous')
    return raise('AsyncException', 'Maximum stack depth has been reached.');
  limits.use('QueueableJobs');
  transaction.uncommitted = true;
  const id = jobIds.take();
  const queued: QueuedJob = { id, job: instance(job), user: transaction.user, delayMinutes, signature };
  if (test === undefined) host.enqueue(queued);
  else test.take(queued, host.org);
  return id;
}

const withOptions: NativeCode = (_, [job, options], frame) => {
  const { delay, signature } = state(options ?? null, Options);
  return enqueue(
    job,
    signature === null ? { delay } : { delay, signature: state(signature, Signature).text },
    frame,
  );
};

/** The asynchronous part of `System`. */
export const asyncCalls: Readonly<Record<string, NativeCode>> = {
  'static Id enqueueJob(Queueable job)': (_, [job], frame) => enqueue(job, {}, frame),
  'static Id enqueueJob(Queueable job, Integer delayMinutes)': (_, [job, delay], frame) =>
    enqueue(job, { delay: integer(delay) }, frame),
  'static Id enqueueJob(Queueable job, AsyncOptions options)': withOptions,
  'static void attachFinalizer(Finalizer finalizer)': attachFinalizer,
  'static Id schedule(String name, String cron, Schedulable job)': (_, [name, cron, job], frame) =>
    schedule(text(name), text(cron), instance(job), frame),
  'static void abortJob(Id jobId)': (_, [jobId], frame) => {
    unschedule(text(jobId), frame);
    return null;
  },
};

const contextId = (self: Value): string => state(self, JobContext).id;
const numberOrNull = (value: Value | undefined): number | null =>
  value === null || value === undefined ? null : integer(value);

const add =
  (kind: string): NativeCode =>
  (self, [value], frame) => {
    state(self, Signature).parts.push(`${kind}:${display(value ?? null, frame)}`);
    return self;
  };

export const asyncTypes = [
  nativeType('QueueableContext', { 'Id getJobId()': contextId }),
  nativeType('SchedulableContext', { 'Id getTriggerId()': contextId }),
  nativeType(
    'AsyncOptions',
    { 'new()': () => new ApexNative('AsyncOptions', new Options()) },
    {
      properties: {
        'Integer MinimumQueueableDelayInMinutes': {
          get: (self) => state(self, Options).delay,
          set: (self, [value]) => (state(self, Options).delay = numberOrNull(value)),
        },
        'QueueableDuplicateSignature DuplicateSignature': {
          get: (self) => state(self, Options).signature,
          set: (self, [value]) => (state(self, Options).signature = value ?? null),
        },
      },
    },
  ),
  nativeType('QueueableDuplicateSignature', {}),
  nativeType('QueueableDuplicateSignature.Builder', {
    'new()': () => new ApexNative('QueueableDuplicateSignature.Builder', new Signature()),
    'QueueableDuplicateSignature.Builder addString(String value)': add('String'),
    'QueueableDuplicateSignature.Builder addId(Id value)': add('Id'),
    'QueueableDuplicateSignature.Builder addInteger(Integer value)': add('Integer'),
    'QueueableDuplicateSignature build()': (self) =>
      new ApexNative('QueueableDuplicateSignature', state(self, Signature)),
  }),
];
