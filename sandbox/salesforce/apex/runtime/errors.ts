import type { ApexInstance, FailedRow } from './values.ts';

/** An Apex exception on its way up. */
export class Thrown extends Error {
  readonly exception: ApexInstance;

  constructor(exception: ApexInstance) {
    super(`${exception.class.name}: ${exception.failure?.message ?? ''}`);
    this.exception = exception;
  }
}

/** A built-in exception that library code raises; it becomes an Apex exception in the frame that called. */
export class ApexFailure extends Error {
  /** Without namespace: `MathException`. */
  readonly type: string;
  readonly rows: readonly FailedRow[];

  constructor(type: string, message: string, rows: readonly FailedRow[] = []) {
    super(message);
    this.type = type;
    this.rows = rows;
  }
}

/** A governor limit: ends the transaction, and no Apex can catch it. */
export class LimitFailure extends Error {}

/** @throws ApexFailure of the given type. */
export function raise(type: string, message: string): never {
  throw new ApexFailure(type, message);
}

/** @throws ApexFailure as Apex does where null is dereferenced. */
export function nullPointer(): never {
  return raise('NullPointerException', 'Attempt to de-reference a null object');
}

/** A failed assertion: ends the test, and no Apex can catch it. */
export class AssertFailure extends LimitFailure {
  readonly trace: readonly string[];

  constructor(message: string, trace: readonly string[]) {
    super(message);
    this.trace = trace;
  }
}
