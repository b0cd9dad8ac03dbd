import { mergeRecords, saveRecords } from '../data/dml.ts';
import { nullPointer } from '../runtime/errors.ts';
import { items } from '../runtime/read.ts';
import { ApexList, ApexSObject } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import type { Statement } from '../syntax/ast.ts';
import { compileExpression } from './expressions.ts';
import type { Scope } from './scope.ts';
import { defaultMode } from './soql.ts';
import type { Exec } from './statements.ts';

function recordsOf(value: Value): ApexSObject[] {
  const rows = value instanceof ApexList ? items(value) : [value];
  return rows.map((row) => (row instanceof ApexSObject ? row : nullPointer()));
}

function checkRecords(kind: string, name: string, scope: Scope, line: number): void {
  if (kind !== 'sobject') scope.fail(`DML requires SObject or SObject list type: ${name}`, line);
}

/** `insert`, `update`, `upsert`, `delete` and `undelete`: all rows or none. */
export function compileDml(statement: Extract<Statement, { kind: 'dml' }>, scope: Scope): Exec {
  const { operation, line } = statement;
  const { type, run } = compileExpression(statement.value, scope);
  const record = type.kind === 'list' ? type.arg(0) : type;
  checkRecords(record.kind, type.toString(), scope, line);
  const mode = statement.mode ?? defaultMode(scope);
  const key = statement.key?.split('.').at(-1);
  return (frame) => {
    saveRecords(operation, recordsOf(run(frame)), { mode, allOrNone: true, key }, frame);
    return 'next';
  };
}

export function compileMerge(statement: Extract<Statement, { kind: 'merge' }>, scope: Scope): Exec {
  const master = compileExpression(statement.master, scope);
  const losers = compileExpression(statement.losers, scope);
  checkRecords(master.type.kind, master.type.toString(), scope, statement.line);
  return (frame) => {
    const value = master.run(frame);
    if (!(value instanceof ApexSObject)) return nullPointer();
    const found = losers.run(frame);
    const rows = found instanceof ApexList ? found.items : [found];
    const ids = rows.map((row) =>
      row instanceof ApexSObject ? (row.id ?? nullPointer()) : typeof row === 'string' ? row : nullPointer(),
    );
    mergeRecords(value, ids, defaultMode(scope), frame);
    return 'next';
  };
}
