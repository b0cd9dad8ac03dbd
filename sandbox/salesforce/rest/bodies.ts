import type { z } from 'zod';
import { canRead } from '../org/access.ts';
import { noSuchColumn, referenceByRelationship } from '../org/inputs.ts';
import type { SObjectDefinition } from '../org/schema.ts';
import { parseDate, parseDateTime } from '../org/time.ts';
import type { FieldSchema, InputRow, UserContext } from '../org/types.ts';
import { ApiError } from '../org/types.ts';
import { shown } from '../org/values.ts';
import type { Call } from './call.ts';

function parserError(message: string): ApiError {
  return new ApiError(400, 'JSON_PARSER_ERROR', message);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON body in its shape. @throws ApiError JSON_PARSER_ERROR */
export function parseBody<Shape>(schema: z.ZodType<Shape>, body: unknown): Shape {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw parserError(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unexpected body'}`);
}

/** A call's body as one sObject row. @throws ApiError JSON_PARSER_ERROR */
export function rowBody(call: Call): InputRow {
  if (call.body === undefined) {
    throw parserError('The HTTP entity body is required, but this request has no entity body.');
  }
  if (!isRecord(call.body))
    throw parserError('Unexpected parameter encountered during deserialization: an object is expected');
  return call.body;
}

/** The JSON token's name as the platform's parser calls it. */
function tokenOf(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY';
  switch (typeof value) {
    case 'string':
      return 'VALUE_STRING';
    case 'number':
      return Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
    case 'boolean':
      return value ? 'VALUE_TRUE' : 'VALUE_FALSE';
    default:
      return 'START_OBJECT';
  }
}

const NUMBERS = new Set(['int', 'double', 'currency', 'percent', 'long']);

function isReadable(field: FieldSchema, value: unknown): boolean {
  if (value === null || value === '') return true;
  if (field.type === 'boolean') return typeof value === 'boolean' || /^(?:true|false)$/i.test(shown(value));
  if (NUMBERS.has(field.type)) {
    const number = typeof value === 'string' ? Number(value.trim() || 'x') : value;
    return (
      typeof number === 'number' &&
      Number.isFinite(number) &&
      (field.type !== 'int' || Number.isInteger(number))
    );
  }
  if (typeof value !== 'string') return false;
  if (field.type === 'date') return parseDate(value.trim()) !== undefined;
  return field.type !== 'datetime' || parseDateTime(value.trim()) !== undefined;
}

/**
 * Refuses a JSON row as the platform's parser does, before anything is saved: fields that the user does not see and
 * values that do not read as the field's type.
 * @throws ApiError INVALID_FIELD, JSON_PARSER_ERROR
 */
export function checkJsonRow(user: UserContext, object: SObjectDefinition, row: InputRow): void {
  for (const [name, value] of Object.entries(row)) {
    if (name === 'attributes') continue;
    const relation = isRecord(value) || value === null ? referenceByRelationship(object, name) : undefined;
    const field = relation ?? object.field(name);
    if (field === undefined || !canRead(user, object, field)) {
      const { statusCode, message } = noSuchColumn(object.name, name);
      throw new ApiError(400, statusCode, message);
    }
    if (relation !== undefined || isReadable(field, value)) continue;
    const type = field.type === 'reference' || field.type === 'id' ? 'string' : field.type;
    throw parserError(
      `Cannot deserialize instance of ${type} from ${tokenOf(value)} value ${shown(value)} or request may be missing a required field at [line:1, column:1]`,
    );
  }
}
