import { raise } from '../runtime/errors.ts';
import { instance, integer, text } from '../runtime/read.ts';
import { ApexEnum, ApexList } from '../runtime/values.ts';
import type { ApexInstance, FailedRow, Failure, Value } from '../runtime/values.ts';
import type { NativeCode } from '../types/native.ts';
import { listOf, STRING, Type } from '../types/type.ts';

function failureOf(self: Value): Failure {
  const { failure } = instance(self);
  if (failure === undefined) throw new Error('An exception without its failure.');
  return failure;
}

function row(self: Value, at: Value | undefined): FailedRow {
  const found = failureOf(self).rows[integer(at)];
  return found ?? raise('ListException', `List index out of bounds: ${integer(at)}`);
}

/** A `StatusCode`, whose names are open-ended. */
export function statusCode(name: string): ApexEnum {
  return new ApexEnum(new Type('native', 'StatusCode'), name, 0);
}

function traced(self: ApexInstance): string {
  const { trace } = failureOf(self);
  return trace.join('\n');
}

export const exceptionMembers: Readonly<Record<string, NativeCode>> = {
  'String getMessage()': (self, _, frame) => {
    const { message } = failureOf(self);
    return (
      message ??
      (frame.transaction.exceptionName(instance(self).class).startsWith('System.')
        ? null
        : 'Script-thrown exception')
    );
  },
  'void setMessage(String message)': (self, [message]) => {
    failureOf(self).message = message === null ? null : text(message);
    return null;
  },
  'Exception getCause()': (self) => failureOf(self).cause,
  'void initCause(Exception cause)': (self, [cause]) => {
    const failure = failureOf(self);
    if (failure.cause !== null) raise('UnexpectedException', 'Cause already initialized');
    failure.cause = instance(cause);
    return null;
  },
  'Integer getLineNumber()': (self) => failureOf(self).line,
  'String getStackTraceString()': (self) => traced(instance(self)),
  'String getTypeName()': (self, _, frame) => frame.transaction.exceptionName(instance(self).class),
  'Integer getNumDml()': (self) => failureOf(self).rows.length,
  'Integer getDmlIndex(Integer at)': (self, [at]) => row(self, at).index,
  'Id getDmlId(Integer at)': (self, [at]) => row(self, at).id,
  'String getDmlMessage(Integer at)': (self, [at]) => row(self, at).message,
  'String getDmlStatusCode(Integer at)': (self, [at]) => row(self, at).statusCode,
  'StatusCode getDmlType(Integer at)': (self, [at]) => statusCode(row(self, at).statusCode),
  'List<String> getDmlFieldNames(Integer at)': (self, [at]) =>
    new ApexList(listOf(STRING), [...row(self, at).fields]),
};
