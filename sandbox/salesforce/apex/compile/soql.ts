import { runQuery } from '../data/query.ts';
import type { Expression } from '../syntax/ast.ts';
import { recordType } from '../types/sobject-members.ts';
import * as types from '../types/type.ts';
import { compileExpression } from './expressions.ts';
import { sampleQuery } from './sample-query.ts';
import type { Eval, Scope, Typed } from './scope.ts';

/** From this version on data is read and written in user mode where nothing else is said. */
const USER_MODE_SINCE = 67;

/** The mode that a class's data operations have of themselves; triggers always run in system mode. */
export function defaultMode(scope: Scope): 'user' | 'system' {
  let owner = scope.owner;
  while (owner.outer !== undefined) owner = owner.outer;
  return owner.apiVersion >= USER_MODE_SINCE && !owner.isTrigger ? 'user' : 'system';
}

/** A query in square brackets. */
export function compileSoql(expression: Extract<Expression, { kind: 'soql' }>, scope: Scope): Typed {
  const { query, line } = expression;
  const schema = scope.program.schema.object(query.object);
  if (schema === undefined) return scope.fail(`sObject type '${query.object}' is not supported.`, line);
  const binds = query.parts.map((part): string | (Typed & { field: string | undefined }) =>
    typeof part === 'string' ? part : { ...compileExpression(part.bind, scope), field: part.field },
  );
  scope.program.queries.push({
    text: sampleQuery(binds, schema, scope.program),
    place: scope.place(line),
  });
  const mode = query.mode ?? defaultMode(scope);
  const record = query.aggregate
    ? scope.program.signatureType('AggregateResult', types.OBJECT)
    : recordType(schema);
  const result = types.listOf(record, true);
  const run: Eval = (frame) => {
    const parts = binds.map((part) =>
      typeof part === 'string' ? part : { value: part.run(frame), field: part.field },
    );
    return runQuery(
      parts,
      { schema, mode, allRows: query.allRows, isCount: query.count, type: result },
      frame,
    );
  };
  return query.count ? { type: types.INTEGER, run } : { type: result, run };
}
