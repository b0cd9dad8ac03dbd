import { objectAccess } from '../../org/access.ts';
import type { ResultRecord, SObjectSchema } from '../../org/types.ts';
import { ApiError } from '../../org/types.ts';
import { SoqlNotEmulated } from '../../soql/errors.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { notEmulated } from '../runtime/read.ts';
import { ApexDecimal, ApexList, ApexNative, ApexSObject } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { listOf } from '../types/type.ts';
import type { Type } from '../types/type.ts';
import { recordType } from '../types/sobject-members.ts';
import { boundText, emptyBindField } from './bind.ts';
import { actorOf } from './system-mode.ts';
import type { Mode } from './system-mode.ts';
import { fromWire } from './wire.ts';

export type QueryPart = string | { readonly value: Value; readonly field: string | undefined };

interface QueryOptions {
  readonly schema: SObjectSchema;
  readonly mode: Mode;
  readonly allRows: boolean;
  readonly isCount: boolean;
  /** The list's type. */
  readonly type: Type;
}

/** Behind an `AggregateResult`: values by lower-case alias. */
export class AggregateRow {
  readonly values = new Map<string, Value>();
}

const STRINGS = /('(?:\\.|[^'\\])*')/;
const WITH_MODE = /\bWITH\s+(?:USER_MODE|SYSTEM_MODE|SECURITY_ENFORCED)\b/gi;
/** Transactions run one after the other here, so that a lock is always free. */
const LOCK = /\bFOR\s+UPDATE\s*$/i;

/** The statement without what only Apex knows. */
export function plain(soql: string): string {
  return soql
    .split(STRINGS)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part
            .replaceAll(WITH_MODE, ' ')
            .replace(/\bALL\s+ROWS\s*$/i, '')
            .replace(LOCK, ''),
    )
    .join('');
}

/**
 * Runs a query for the transaction's user and counts it against the limits.
 * @throws ApexFailure QueryException in the engine's words.
 * @throws ApexSourceError for what the engine does not emulate.
 */
export function runQuery(parts: readonly QueryPart[], options: QueryOptions, frame: Frame): Value {
  const { transaction } = frame;
  const { program, host, limits } = transaction;
  limits.use('Queries');
  if (options.mode === 'user' && !objectAccess(transaction.user, options.schema.name).read) {
    raise('QueryException', `sObject type '${options.schema.name}' is not supported.`);
  }
  const text = parts
    .map((part) =>
      typeof part === 'string'
        ? part
        : boundText(part.value, emptyBindField(options.schema, part.field, program), frame),
    )
    .join('');
  try {
    const user = actorOf(frame, options.mode);
    const result = host.org.query(user, plain(text), { all: options.allRows });
    limits.use('QueryRows', options.isCount ? 1 : result.totalSize);
    if (options.isCount) return result.totalSize;
    return new ApexList(
      options.type,
      result.records.map((record) => recordOf(record, frame)),
    );
  } catch (error) {
    // No Apex may take the sandbox's gap for Salesforce's refusal.
    if (error instanceof SoqlNotEmulated) return notEmulated(`SOQL: ${error.construct}`, frame);
    if (error instanceof ApiError) return raise('QueryException', error.message);
    throw error;
  }
}

function idOf(record: ResultRecord): string | undefined {
  return record.attributes.url?.split('/').at(-1);
}

function isRecord(raw: unknown): raw is ResultRecord {
  return typeof raw === 'object' && raw !== null && 'attributes' in raw;
}

function isChildren(raw: unknown): raw is { records: readonly ResultRecord[] } {
  return typeof raw === 'object' && raw !== null && 'records' in raw && Array.isArray(raw.records);
}

/** A record as the engine answers it, as Apex holds it. */
function recordOf(record: ResultRecord, frame: Frame): Value {
  const { program } = frame.transaction;
  if (record.attributes.type === 'AggregateResult') return aggregateOf(record);
  const schema = program.schema.object(record.attributes.type);
  if (schema === undefined) throw new Error(`No such object: ${record.attributes.type}`);
  const made = new ApexSObject(schema);
  made.queried = true;
  const id = idOf(record);
  if (id !== undefined) made.fields.set('Id', id);
  for (const [name, raw] of Object.entries(record)) {
    if (name === 'attributes') continue;
    const field = schema.field(name);
    if (isRecord(raw)) made.fields.set(name, recordOf(raw, frame));
    else if (isChildren(raw)) made.fields.set(name, childrenOf(schema, name, raw.records, frame));
    else if (field !== undefined) made.fields.set(field.name, fromWire(field, raw));
    else if (raw === null) made.fields.set(name, nothingAt(schema, name, frame));
  }
  return made;
}

/** A parent or child list that is not there. */
function nothingAt(schema: SObjectSchema, name: string, frame: Frame): Value {
  const isList = schema.childRelationships.some((child) => child.relationshipName === name);
  return isList ? childrenOf(schema, name, [], frame) : null;
}

function childrenOf(
  schema: SObjectSchema,
  name: string,
  records: readonly ResultRecord[],
  frame: Frame,
): Value {
  const relation = schema.childRelationships.find((child) => child.relationshipName === name);
  const child = relation && frame.transaction.program.schema.object(relation.childSObject);
  if (child === undefined) throw new Error(`No such child relationship: ${name}`);
  frame.transaction.limits.use('QueryRows', records.length);
  return new ApexList(
    listOf(recordType(child)),
    records.map((record) => recordOf(record, frame)),
  );
}

function aggregateOf(record: ResultRecord): ApexNative {
  const row = new AggregateRow();
  for (const [name, raw] of Object.entries(record)) {
    if (name === 'attributes') continue;
    const isPlain = raw === null || typeof raw === 'string' || typeof raw === 'boolean';
    const value =
      typeof raw === 'number' ? (Number.isInteger(raw) ? raw : new ApexDecimal(raw)) : isPlain ? raw : null;
    row.values.set(name.toLowerCase(), value);
  }
  return new ApexNative('AggregateResult', row);
}
