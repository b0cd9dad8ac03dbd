import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import type { QueuedJob } from '../runtime/host.ts';
import { Limits } from '../runtime/limits.ts';
import { instance, state } from '../runtime/read.ts';
import type { Transaction } from '../runtime/transaction.ts';
import { ApexEnum, ApexNative } from '../runtime/values.ts';
import type { ApexInstance, Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { Type } from '../types/type.ts';

const RESULTS = ['SUCCESS', 'UNHANDLED_EXCEPTION'];

/** How the job before it ended, which is what a finalizer is told. */
class Ending {
  readonly jobId: string;
  readonly exception: ApexInstance | null;

  constructor(jobId: string, exception: ApexInstance | null) {
    this.jobId = jobId;
    this.exception = exception;
  }
}

/** Those of a synchronous transaction, but for the jobs that may follow. */
export const finalizerLimits = (): Limits => new Limits({ QueueableJobs: 1 });

/** Runs what a job attached, in the finalizer's own transaction. @param exception what ended the job, if it failed */
export function finalize(
  finalizer: ApexInstance,
  { id }: QueuedJob,
  exception: ApexInstance | null,
  own: Transaction,
): void {
  const context = new ApexNative('FinalizerContext', new Ending(id, exception));
  own.callNamed(finalizer, 'execute', [context], own.root('Finalizer'));
}

/**
 * `System.attachFinalizer`. The words of its refusals are Salesforce's, the type of their exception is not told.
 * @throws ApexFailure outside queueables, for a second one, and for null.
 */
export const attachFinalizer: NativeCode = (_, [finalizer], frame: Frame) => {
  const { transaction } = frame;
  if (transaction.context !== 'queueable')
    raise('AsyncException', 'System.attachFinalizer(Finalizer) is not allowed in this context');
  if (finalizer === null) raise('AsyncException', 'Argument cannot be null');
  if (transaction.finalizer !== undefined)
    raise('AsyncException', 'More than one Finalizer cannot be attached to same Async Apex Job');
  transaction.finalizer = instance(finalizer);
  return null;
};

const ending = (self: Value): Ending => state(self, Ending);

export const finalizerTypes = [
  nativeType('ParentJobResult', {}, { constants: RESULTS }),
  nativeType('FinalizerContext', {
    'Id getAsyncApexJobId()': (self) => ending(self).jobId,
    'ParentJobResult getResult()': (self) => {
      const at = ending(self).exception === null ? 0 : 1;
      return new ApexEnum(new Type('native', 'ParentJobResult'), RESULTS[at] ?? '', at);
    },
    'Exception getException()': (self) => ending(self).exception,
  }),
];
