import { display } from '../runtime/display.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { schedule, unschedule } from '../data/schedule.ts';
import { instance, integer, state, text } from '../runtime/read.ts';
import { ApexNative } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { IdSequence } from '../../org/ids.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';

const jobIds = new IdSequence('707');

/** Behind an `AsyncOptions`. */
class Options {
  delay: number | null = null;
  depth: number | null = null;
  signature: string | null = null;
}

/** Behind a `QueueableDuplicateSignature` and its builder. */
class Signature {
  readonly parts: string[] = [];
}

/** Behind the context that a job is given. */
export class JobContext {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

/** @throws ApexFailure AsyncException for a job whose signature already waits. */
function enqueue(
  job: Value | undefined,
  options: { delay?: number | null; signature?: string | null },
  frame: Frame,
): Value {
  const { transaction } = frame;
  const { limits, host, test } = transaction;
  const id = jobIds.take();
  const signature = options.signature ?? undefined;
  if (signature !== undefined && transaction.signatures.has(signature)) {
    return raise('DuplicateMessageException', 'Attempt to enqueue job with duplicate queueable signature');
  }
  if (signature !== undefined) transaction.signatures.add(signature);
  limits.use('QueueableJobs');
  transaction.uncommitted = true;
  const queued = { id, job: instance(job), user: transaction.user, delayMinutes: options.delay ?? 0 };
  if (test !== undefined) test.jobs.push(queued);
  else host.enqueue(queued);
  return id;
}

const withOptions: NativeCode = (_, [job, options], frame) => {
  const { delay, signature } = state(options ?? null, Options);
  return enqueue(job, { delay, signature }, frame);
};

/** The asynchronous part of `System`. */
export const asyncCalls: Readonly<Record<string, NativeCode>> = {
  'static Id enqueueJob(Queueable job)': (_, [job], frame) => enqueue(job, {}, frame),
  'static Id enqueueJob(Queueable job, Integer delayMinutes)': (_, [job, delay], frame) =>
    enqueue(job, { delay: integer(delay) }, frame),
  'static Id enqueueJob(Queueable job, AsyncOptions options)': withOptions,
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

const add: NativeCode = (self, [value], frame) => {
  state(self, Signature).parts.push(display(value ?? null, frame));
  return self;
};

export const asyncTypes = [
  nativeType('QueueableContext', { 'Id getJobId()': contextId }),
  nativeType('SchedulableContext', { 'Id getTriggerId()': contextId }),
  nativeType('FinalizerContext', {}),
  nativeType(
    'AsyncOptions',
    { 'new()': () => new ApexNative('AsyncOptions', new Options()) },
    {
      properties: {
        'Integer MinimumQueueableDelayInMinutes': {
          get: (self) => state(self, Options).delay,
          set: (self, [value]) => (state(self, Options).delay = numberOrNull(value)),
        },
        'Integer MaximumQueueableStackDepth': {
          get: (self) => state(self, Options).depth,
          set: (self, [value]) => (state(self, Options).depth = numberOrNull(value)),
        },
        'QueueableDuplicateSignature DuplicateSignature': {
          get: () => null,
          set: (self, [value]) =>
            (state(self, Options).signature = state(value ?? null, Signature).parts.join('\u0001')),
        },
      },
    },
  ),
  nativeType('QueueableDuplicateSignature', {}),
  nativeType('QueueableDuplicateSignature.Builder', {
    'new()': () => new ApexNative('QueueableDuplicateSignature.Builder', new Signature()),
    'QueueableDuplicateSignature.Builder addString(String value)': add,
    'QueueableDuplicateSignature.Builder addId(Id value)': add,
    'QueueableDuplicateSignature.Builder addInteger(Integer value)': add,
    'QueueableDuplicateSignature build()': (self) =>
      new ApexNative('QueueableDuplicateSignature', state(self, Signature)),
  }),
];
