import type { Subquery } from '@jetstreamapp/soql-parser-js';
import type { ResultRecord, Row, SObjectSchema, Table } from '../org/types.ts';
import { malformed, noSuchChildRelationship } from './errors.ts';
import type { RowQuery } from './run.ts';
import { answerRows } from './run.ts';
import type { Scope, Source } from './scope.ts';
import { sourceOf, visibleField } from './scope.ts';
import type { CompileChild, Projection } from './select.ts';

/** A child level compiled like any other; its rows are chosen per parent. */
export interface CompiledLevel {
  readonly rows: RowQuery;
  readonly project: Projection;
}

/** A child's answer inside its parent's record. */
interface NestedResult {
  readonly totalSize: number;
  readonly done: true;
  readonly records: readonly ResultRecord[];
}

/**
 * Compiles child sub-queries of an object: `(SELECT … FROM Contacts)`.
 * A parent without matching children answers null, as REST does.
 */
export function childCompiler(
  scope: Scope,
  parent: SObjectSchema,
  compileLevel: (source: Source, subquery: Subquery) => CompiledLevel,
): CompileChild {
  const chosen = new Set<string>();
  return (subquery) => {
    const wanted = subquery.relationshipName.toLowerCase();
    const relationship = parent.childRelationships.find(
      (each) => each.relationshipName.toLowerCase() === wanted,
    );
    const child = relationship && scope.schema.object(relationship.childSObject);
    if (!relationship || !child || !visibleField(scope, child, relationship.field)) {
      throw noSuchChildRelationship(scope.soql, subquery.relationshipName);
    }
    if (chosen.has(wanted)) throw malformed(`duplicate field selected: ${relationship.relationshipName}`);
    chosen.add(wanted);
    const source = sourceOf(scope, relationship.childSObject, subquery.sObjectAlias);
    const { rows, project } = compileLevel(source, subquery);
    const childrenOf = childFinder(source.table, relationship.field);
    return {
      key: relationship.relationshipName,
      read: (row): NestedResult | null => {
        const children = [...childrenOf(row.Id)];
        if (children.length === 0) return null;
        const answered = answerRows({ ...rows, table: only(rows.table, children), plan: SCAN });
        if (answered.length === 0) return null;
        return { totalSize: answered.length, done: true, records: answered.map(project) };
      },
    };
  };
}

const SCAN: RowQuery['plan'] = { access: { kind: 'scan' }, ordered: false };

/** A table narrowed to some of its rows. */
function only(table: Table, rows: readonly Row[]): Table {
  return {
    schema: table.schema,
    size: rows.length,
    get: (id) => table.get(id),
    rows: () => rows,
    find: () => undefined,
    range: () => undefined,
  };
}

/** Finds the rows that point at a parent: by the index, or by grouping all rows once. */
function childFinder(table: Table, field: string): (parentId: string) => Iterable<Row> {
  let grouped: Map<unknown, Row[]> | undefined;
  return (parentId) => {
    const indexed = table.find(field, parentId);
    if (indexed) return indexed;
    grouped ??= groupRows(table, field);
    return grouped.get(parentId) ?? [];
  };
}

function groupRows(table: Table, field: string): Map<unknown, Row[]> {
  const grouped = new Map<unknown, Row[]>();
  for (const row of table.rows()) {
    const group = grouped.get(row[field]);
    if (group) group.push(row);
    else grouped.set(row[field], [row]);
  }
  return grouped;
}
