import type { SaveError, SaveResult } from '../../org/types.ts';
import { state } from '../runtime/read.ts';
import { ApexEnum, ApexList, ApexNative } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode, NativeType } from '../types/native.ts';
import { listOf, STRING, Type } from '../types/type.ts';
import { statusCode } from './exceptions.ts';

/** Behind a `Database.SaveResult` and its kin. */
export class Outcome {
  readonly result: SaveResult;
  /** Of the record as it was sent. */
  readonly sentId: string | null;

  constructor(result: SaveResult, sentId: string | null) {
    this.result = result;
    this.sentId = sentId;
  }
}

/** Behind a `Database.Error`. */
class RowError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];

  constructor(error: { statusCode: string; message: string; fields: readonly string[] }) {
    this.statusCode = error.statusCode;
    this.message = error.message;
    this.fields = error.fields;
  }
}

/** A `List<Database.Error>`. */
export function rowErrors(errors: readonly SaveError[]): ApexList {
  return new ApexList(
    listOf(new Type('native', 'Database.Error')),
    errors.map((error) => new ApexNative('Database.Error', new RowError(error))),
  );
}

/** Codes that Apex may compare with; others are only shown. */
const STATUS_CODES =
  'ALL_OR_NONE_OPERATION_ROLLED_BACK CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY DELETE_FAILED DUPLICATE_EXTERNAL_ID DUPLICATE_VALUE DUPLICATES_DETECTED ENTITY_IS_DELETED ENTITY_IS_LOCKED FIELD_CUSTOM_VALIDATION_EXCEPTION FIELD_FILTER_VALIDATION_EXCEPTION INSUFFICIENT_ACCESS_OR_READONLY INVALID_CROSS_REFERENCE_KEY INVALID_EMAIL_ADDRESS INVALID_FIELD_FOR_INSERT_UPDATE INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST MALFORMED_ID MISSING_ARGUMENT NUMBER_OUTSIDE_VALID_RANGE REQUIRED_FIELD_MISSING STRING_TOO_LONG UNABLE_TO_LOCK_ROW UNKNOWN_EXCEPTION'.split(
    ' ',
  );

const outcome = (self: Value): Outcome => state(self, Outcome);

function resultType(name: string, extra: Record<string, NativeCode> = {}): NativeType {
  return nativeType(name, {
    'Boolean isSuccess()': (self) => outcome(self).result.success,
    'Id getId()': (self) => {
      const { result, sentId } = outcome(self);
      return result.success ? result.id : sentId;
    },
    'List<Database.Error> getErrors()': (self) => {
      const { result } = outcome(self);
      return rowErrors(result.success ? [] : result.errors);
    },
    ...extra,
  });
}

/** What saves answer. */
export const resultTypes = [
  nativeType(
    'StatusCode',
    { 'String name()': (self) => (self instanceof ApexEnum ? self.name : null) },
    { constants: STATUS_CODES },
  ),
  resultType('Database.SaveResult'),
  resultType('Database.DeleteResult'),
  resultType('Database.UndeleteResult'),
  resultType('Database.UpsertResult', {
    'Boolean isCreated()': (self) => {
      const { result } = outcome(self);
      return result.success && result.created;
    },
  }),
  nativeType('Database.Error', {
    'String getMessage()': (self) => state(self, RowError).message,
    'StatusCode getStatusCode()': (self) => statusCode(state(self, RowError).statusCode),
    'List<String> getFields()': (self) => new ApexList(listOf(STRING), [...state(self, RowError).fields]),
  }),
];
