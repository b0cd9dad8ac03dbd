import type { Query, QueryBase, Subquery } from '@jetstreamapp/soql-parser-js';
import type { Clock } from '../../common/clock.ts';
import type { QueryResult, ResultRecord, Row, SchemaRegistry, Table, UserContext } from '../org/types.ts';
import { ApiError } from '../org/types.ts';
import { compileAggregate, isAggregateQuery, isCountQuery } from './aggregate.ts';
import type { CompiledLevel } from './children.ts';
import { childCompiler } from './children.ts';
import { conditionTree } from './conditions.ts';
import { malformed, unsupported } from './errors.ts';
import type { SemiJoin } from './filter.ts';
import { compileFilter, EVERY_ROW } from './filter.ts';
import { listOf } from './lists.ts';
import { compileSort } from './order.ts';
import { parseSoql } from './parse.ts';
import type { Access } from './plan.ts';
import { choosePlan } from './plan.ts';
import type { AccessQuestion } from './record-access.ts';
import { accessQuestion, answersAsTable, USER_RECORD_ACCESS } from './record-access.ts';
import type { RowQuery } from './run.ts';
import { answerRows, matchingRows } from './run.ts';
import type { Scope, Source } from './scope.ts';
import { isLive, sourceOf } from './scope.ts';
import { compileSelect } from './select.ts';
import { fieldExpression } from './subjects.ts';

/** Largest OFFSET that Salesforce accepts. */
const MAX_OFFSET = 2_000;

/** What the engine reads from. */
export interface QueryEngineOptions {
  readonly schema: SchemaRegistry;
  /** The records of an object that the user sees. */
  table(name: string, user: UserContext): Table | undefined;
  /** Rows of UserRecordAccess, of records that the one who asks sees. */
  recordAccess(question: AccessQuestion, asker: UserContext): readonly Row[];
  readonly clock: Clock;
}

/** How a query would be run, for tests and curiosity. */
export interface Explanation {
  readonly access: Access;
  /** Where the order comes from. */
  readonly order: 'index' | 'sort' | 'none';
}

export interface QueryEngine {
  /**
   * Runs a SOQL query as a user. `all` includes deleted rows (queryAll).
   * @throws ApiError MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE, INVALID_QUERY_FILTER_OPERATOR,
   * NUMBER_OUTSIDE_VALID_RANGE; MALFORMED_QUERY "… is not supported by this sandbox" for what is not emulated.
   */
  query(user: UserContext, soql: string, options?: { all?: boolean }): QueryResult;
  /** The plan of a query for a user who sees everything, in UTC. */
  explain(soql: string): Explanation;
}

/** Makes the engine that all doors query through (SOQL and SOSL Reference, v67). */
export function createQueryEngine(options: QueryEngineOptions): QueryEngine {
  const scopeFor = (user: UserContext, soql: string, all: boolean): Scope => ({
    soql,
    user,
    schema: options.schema,
    table: (name) => options.table(name, user),
    all,
    now: options.clock.now(),
  });

  return {
    query(user, soql, { all = false } = {}) {
      const query = parseSoql(soql);
      const scope = scopeFor(user, soql, all);
      const source = sourceOf(scope, query.sObject, query.sObjectAlias);
      return source.object.name === USER_RECORD_ACCESS
        ? runAccessQuery(scope, source, query, options)
        : run(scope, source, query);
    },
    explain(soql) {
      const query = parseSoql(soql);
      const scope = scopeFor(OMNISCIENT, soql, false);
      const { plan, sort } = compileRows(scope, sourceOf(scope, query.sObject, query.sObjectAlias), query);
      return { access: plan.access, order: sort.length === 0 ? 'none' : plan.ordered ? 'index' : 'sort' };
    },
  };
}

const OMNISCIENT: UserContext = {
  id: '',
  username: '',
  isAdmin: true,
  timeZone: 'utc',
  fieldAccess: () => 'edit',
};

function run(scope: Scope, source: Source, query: Query): QueryResult {
  if (isCountQuery(query)) {
    return { totalSize: answerRows(compileRows(scope, source, query)).length, records: [] };
  }
  if (isAggregateQuery(query)) {
    const aggregate = compileAggregate(scope, source, query);
    // ORDER BY, LIMIT and OFFSET are about groups here, not about rows.
    const { orderBy: _orderBy, ...rowClauses } = query;
    const records = aggregate.answer(matchingRows(compileRows(scope, source, rowClauses)));
    return { totalSize: records.length, records };
  }
  const { rows, project } = compileLevel(scope, source, query);
  return lazyResult(answerRows(rows), project);
}

/** The question finds its rows, so that nothing of WHERE is left. */
function runAccessQuery(
  scope: Scope,
  source: Source,
  query: Query,
  options: QueryEngineOptions,
): QueryResult {
  const question = accessQuestion(scope, source, query);
  const { only } = question;
  const rows = options
    .recordAccess(question, scope.user)
    .filter((row) => only === undefined || row[only.field] === only.value);
  const { where: _where, ...rest } = query;
  return run(scope, { ...source, table: answersAsTable(source.object, rows) }, rest);
}

/** Records are made when they are asked for: all of them once by `records`, or a page by `slice`. */
function lazyResult(rows: readonly Row[], project: (row: Row) => ResultRecord): QueryResult {
  let made: readonly ResultRecord[] | undefined;
  return {
    totalSize: rows.length,
    get records() {
      made ??= rows.map(project);
      return made;
    },
    slice: (from, to) => rows.slice(from, to).map(project),
  };
}

function compileLevel(scope: Scope, source: Source, query: Query | Subquery): CompiledLevel {
  const rows = compileRows(scope, source, query);
  const child = childCompiler(scope, source.object, (childSource, subquery) => {
    if (isAggregateQuery(subquery)) throw unsupported('an aggregate function in a child sub-query');
    return compileLevel(scope, childSource, subquery);
  });
  const project = compileSelect(scope, source, query.fields ?? [], query.limit, child);
  return { rows, project };
}

function compileRows(scope: Scope, source: Source, query: QueryBase): RowQuery {
  refuseUnsupported(query);
  const filter = query.where
    ? compileFilter(scope, source, conditionTree(query.where), semiJoinRunner(scope))
    : EVERY_ROW;
  const sort = compileSort(scope, source, listOf(query.orderBy));
  const { test } = filter;
  return {
    table: source.table,
    plan: choosePlan(source.table, filter.constraint, sort),
    test: scope.all ? test : (row) => isLive(scope, row) && test(row),
    sort,
    offset: offsetOf(query),
    limit: query.limit ?? Number.POSITIVE_INFINITY,
  };
}

function semiJoinRunner(scope: Scope): SemiJoin {
  return (query) => {
    if (query.sObject === undefined) throw malformed("unexpected token: '<EOF>'");
    const source = sourceOf(scope, query.sObject, query.sObjectAlias);
    if (source.object.name === USER_RECORD_ACCESS) throw unsupported(`${USER_RECORD_ACCESS} in a semi join`);
    const [field, ...more] = query.fields ?? [];
    if (more.length > 0 || (field?.type !== 'Field' && field?.type !== 'FieldRelationship')) {
      throw malformed('semi join sub-selects must select exactly one field');
    }
    const path = field.type === 'Field' ? field.field : [...field.relationships, field.field].join('.');
    const selected = fieldExpression(scope, source, path);
    if (selected.domain !== 'id') throw malformed('semi join sub-selects can only query id fields');
    const ids = new Set<string>();
    for (const row of answerRows(compileRows(scope, source, query))) {
      const id = selected.read(row);
      if (typeof id === 'string') ids.add(id);
    }
    return [...ids];
  };
}

function offsetOf(query: QueryBase): number {
  const offset = query.offset ?? 0;
  if (offset > MAX_OFFSET) {
    throw new ApiError(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  }
  return offset;
}

/** FOR and WITH SECURITY_ENFORCED, USER_MODE or SYSTEM_MODE change nothing here: REST always runs as the user. */
function refuseUnsupported(query: QueryBase): void {
  if (query.usingScope !== undefined && query.usingScope.toLowerCase() !== 'everything') {
    throw unsupported(`USING SCOPE ${query.usingScope}`);
  }
  if (query.withDataCategory !== undefined) throw unsupported('WITH DATA CATEGORY');
  if (query.update !== undefined) throw unsupported(`UPDATE ${query.update}`);
}
