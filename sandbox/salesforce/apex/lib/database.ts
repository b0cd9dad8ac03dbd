import { mergeRecords, saveRecords } from '../data/dml.ts';
import { runQuery } from '../data/query.ts';
import type { QueryPart } from '../data/query.ts';
import type { Mode } from '../data/system-mode.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { map, notEmulated, sobject, state, text, truth } from '../runtime/read.ts';
import { ApexEnum, ApexList, ApexNative, ApexSObject } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import type { DmlOperation } from '../syntax/ast.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { recordType } from '../types/sobject-members.ts';
import { listOf, Type } from '../types/type.ts';
import { FieldToken } from '../data/tokens.ts';
import { Outcome, resultTypes } from './database-results.ts';
import { leadConvertCalls, leadConvertTypes } from './lead-convert.ts';

/** Behind a `Savepoint`. */
class Savepoint {
  readonly rollback: () => void;

  constructor(rollback: () => void) {
    this.rollback = rollback;
  }
}

/** Behind `Database.DMLOptions`. */
export class DmlSettings {
  optAllOrNone: boolean | null = null;
  readonly duplicates = new DuplicateSettings();
}

export class DuplicateSettings {
  allowSave: boolean | null = null;
}

const RESULTS: Readonly<Record<DmlOperation, string>> = {
  insert: 'Database.SaveResult',
  update: 'Database.SaveResult',
  upsert: 'Database.UpsertResult',
  delete: 'Database.DeleteResult',
  undelete: 'Database.UndeleteResult',
};

/** The mode a method runs in where it names none: that of the class that calls it. */
function modeOf(level: Value | undefined, frame: Frame): Mode {
  if (level instanceof ApexEnum) return level.name === 'USER_MODE' ? 'user' : 'system';
  const { owner } = frame;
  let outermost = owner;
  while (outermost?.outer !== undefined) outermost = outermost.outer;
  return outermost === undefined || outermost.apiVersion < 67 || outermost.isTrigger ? 'system' : 'user';
}

function recordsOf(value: Value | undefined, frame: Frame): ApexSObject[] {
  const rows = value instanceof ApexList ? value.items : [value ?? null];
  return rows.map((row) => {
    if (typeof row !== 'string') return sobject(row);
    const schema = frame.transaction.host.org.schema.objectOfPrefix(row.slice(0, 3));
    if (schema === undefined) return raise('SObjectException', `Invalid id: ${row}`);
    const record = new ApexSObject(schema);
    record.fields.set('Id', row);
    return record;
  });
}

/** One operation in any of its forms: record or list, then a key, all or none, an access level, or options. */
function save(operation: DmlOperation): NativeCode {
  return (_, [given, ...rest], frame) => {
    const records = recordsOf(given, frame);
    const sent = records.map((record) => record.id);
    const settings = rest.find((one) => one instanceof ApexNative && one.state instanceof DmlSettings);
    const options =
      settings instanceof ApexNative && settings.state instanceof DmlSettings ? settings.state : undefined;
    const key = rest.find((one) => one instanceof ApexNative && one.state instanceof FieldToken);
    const allOrNone = rest.find((one) => typeof one === 'boolean');
    const results = saveRecords(
      operation,
      records,
      {
        mode: modeOf(
          rest.find((one) => one instanceof ApexEnum),
          frame,
        ),
        allOrNone: allOrNone === undefined ? (options?.optAllOrNone ?? true) : truth(allOrNone),
        key: key === undefined ? undefined : state(key, FieldToken).field.name,
        allowDuplicates: options?.duplicates.allowSave === true,
      },
      frame,
    );
    const name = RESULTS[operation];
    const made = results.map((result, at) => new ApexNative(name, new Outcome(result, sent[at] ?? null)));
    if (!(given instanceof ApexList)) return made[0] ?? null;
    return new ApexList(listOf(new Type('native', name)), made);
  };
}

/** Every overload of one operation. */
function overloads(operation: DmlOperation, one: string, many: string): Record<string, NativeCode> {
  const result = RESULTS[operation];
  const run = save(operation);
  const tails = ['', ', Boolean allOrNone', ', AccessLevel level', ', Boolean allOrNone, AccessLevel level'];
  const keyed =
    operation === 'upsert' ? [...tails, ...tails.map((tail) => `, SObjectField key${tail}`)] : tails;
  const full =
    operation === 'insert' || operation === 'update'
      ? [...keyed, ', Database.DMLOptions options', ', Database.DMLOptions options, AccessLevel level']
      : keyed;
  const members: Record<string, NativeCode> = {};
  for (const tail of full) {
    members[`static ${result} ${operation}(${one} row${tail})`] = run;
    members[`static List<${result}> ${operation}(${many} rows${tail})`] = run;
  }
  return members;
}

/** The bound names of a dynamic query, beside the fields they are compared with. */
function dynamicParts(
  soql: string,
  valueOf: ((name: string) => Value) | undefined,
  frame: Frame,
): QueryPart[] {
  const parts: QueryPart[] = [];
  for (const [at, piece] of soql.split(/('(?:\\.|[^'\\])*')/).entries()) {
    if (at % 2 === 1) {
      parts.push(piece);
      continue;
    }
    let from = 0;
    for (const match of piece.matchAll(/:\s*([a-zA-Z]\w*)/g)) {
      // A time of day has a colon too, but digits behind it.
      if (valueOf === undefined)
        notEmulated(
          `the bind variable :${match[1] ?? ''} in Database.query; use Database.queryWithBinds`,
          frame,
        );
      else {
        const before = piece.slice(from, match.index);
        const field =
          /([\w.]+)\s*(?:=|!=|<>|<=|>=|<|>|\bLIKE|\bNOT\s+IN|\bIN|\bINCLUDES|\bEXCLUDES)\s*\(?\s*$/i.exec(
            before,
          )?.[1];
        parts.push(before, { value: valueOf(match[1] ?? ''), field });
      }
      from = match.index + match[0].length;
    }
    parts.push(piece.slice(from));
  }
  return parts;
}

function dynamicQuery(
  soql: string,
  level: Value | undefined,
  valueOf: ((name: string) => Value) | undefined,
  isCount: boolean,
  frame: Frame,
): Value {
  const object = /\bFROM\s+(\w+)/i.exec(soql.replaceAll(/\([^()]*\)/g, ' '))?.[1] ?? '';
  const schema = frame.transaction.program.schema.object(object);
  if (schema === undefined) return raise('QueryException', `sObject type '${object}' is not supported.`);
  const isAggregate = /\bGROUP\s+BY\b|\bSELECT\s+(?:COUNT|SUM|AVG|MIN|MAX)\w*\s*\(\s*\w/i.test(soql);
  const asked = /\bWITH\s+(USER|SYSTEM)_MODE\b/i.exec(soql)?.[1]?.toLowerCase();
  return runQuery(
    dynamicParts(soql, valueOf, frame),
    {
      schema,
      mode: asked === 'user' || asked === 'system' ? asked : modeOf(level, frame),
      allRows: /\bALL\s+ROWS\s*$/i.test(soql),
      isCount,
      type: listOf(isAggregate ? new Type('native', 'AggregateResult') : recordType(schema), true),
    },
    frame,
  );
}

function bindsOf(value: Value | undefined): (name: string) => Value {
  const entries = [...map(value).entries.values()];
  return (name) => {
    const found = entries.find(
      ({ key }) => typeof key === 'string' && key.toLowerCase() === name.toLowerCase(),
    );
    return found === undefined
      ? raise('QueryException', `Key '${name}' does not exist in the bindMap`)
      : found.value;
  };
}

/** A property of the library's own state. */
function duplicateSettings(self: Value): DuplicateSettings {
  return state(self, DuplicateSettings);
}

export const databaseTypes = [
  nativeType('AccessLevel', {}, { constants: ['USER_MODE', 'SYSTEM_MODE'] }),
  nativeType('Database', {
    ...overloads('insert', 'SObject', 'List<SObject>'),
    ...overloads('update', 'SObject', 'List<SObject>'),
    ...overloads('upsert', 'SObject', 'List<SObject>'),
    ...overloads('delete', 'SObject', 'List<SObject>'),
    ...overloads('delete', 'Id', 'List<Id>'),
    ...overloads('undelete', 'SObject', 'List<SObject>'),
    ...overloads('undelete', 'Id', 'List<Id>'),
    'static List<SObject> query(String soql)': (_, [soql], frame) =>
      dynamicQuery(text(soql), undefined, undefined, false, frame),
    'static List<SObject> query(String soql, AccessLevel level)': (_, [soql, level], frame) =>
      dynamicQuery(text(soql), level, undefined, false, frame),
    'static List<SObject> queryWithBinds(String soql, Map<String, Object> binds, AccessLevel level)': (
      _,
      [soql, binds, level],
      frame,
    ) => dynamicQuery(text(soql), level, bindsOf(binds), false, frame),
    'static Integer countQuery(String soql)': (_, [soql], frame) =>
      dynamicQuery(text(soql), undefined, undefined, true, frame),
    'static Integer countQueryWithBinds(String soql, Map<String, Object> binds, AccessLevel level)': (
      _,
      [soql, binds, level],
      frame,
    ) => dynamicQuery(text(soql), level, bindsOf(binds), true, frame),
    'static Savepoint setSavepoint()': (_, __, frame) => {
      const { limits, host, savepoints } = frame.transaction;
      limits.use('DmlStatements');
      const point = new Savepoint(host.org.savepoint());
      savepoints.push(point);
      return new ApexNative('Savepoint', point);
    },
    'static void rollback(Savepoint point)': (_, [point], frame) => {
      const { limits, savepoints } = frame.transaction;
      limits.use('DmlStatements');
      const own = state(point ?? null, Savepoint);
      const at = savepoints.indexOf(own);
      // Later ones go with it (Transaction Control); in which words is not told.
      if (at < 0) raise('TypeException', 'The savepoint is no longer valid');
      savepoints.length = at + 1;
      own.rollback();
      return null;
    },
    ...leadConvertCalls,
    'static void merge(SObject master, Id loser)': (_, [master, loser], frame) => {
      mergeRecords(sobject(master), [text(loser)], modeOf(undefined, frame), frame);
      return null;
    },
  }),
  nativeType('Savepoint', {}),
  ...resultTypes,
  nativeType(
    'Database.DMLOptions',
    { 'new()': () => new ApexNative('Database.DMLOptions', new DmlSettings()) },
    {
      properties: {
        'Boolean optAllOrNone': {
          get: (self) => state(self, DmlSettings).optAllOrNone,
          set: (self, [value]) =>
            (state(self, DmlSettings).optAllOrNone = value === null ? null : truth(value)),
        },
        'Database.DuplicateRuleHeader DuplicateRuleHeader': {
          get: (self) => new ApexNative('Database.DuplicateRuleHeader', state(self, DmlSettings).duplicates),
        },
      },
    },
  ),
  nativeType(
    'Database.DuplicateRuleHeader',
    {},
    {
      properties: {
        'Boolean allowSave': {
          get: (self) => duplicateSettings(self).allowSave,
          set: (self, [value]) => (duplicateSettings(self).allowSave = value === null ? null : truth(value)),
        },
      },
    },
  ),
  ...leadConvertTypes,
];
