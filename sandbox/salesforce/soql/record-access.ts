import type { Query } from '@jetstreamapp/soql-parser-js';
import type { Row, SObjectSchema, Table } from '../org/types.ts';
import { ApiError } from '../org/types.ts';
import type { Comparison } from './conditions.ts';
import { conditionTree } from './conditions.ts';
import { malformed, notAllowedIn, unsupported } from './errors.ts';
import { listOf } from './lists.ts';
import type { Operand } from './operands.ts';
import { operandOf } from './operands.ts';
import type { Scope, Source } from './scope.ts';

/** The object that answers what a user may do with single records. Its rows are worked out when they are asked for. */
export const USER_RECORD_ACCESS = 'UserRecordAccess';

/** Records that one query may ask about. */
const MOST_RECORDS = 200;

const FLAGS = new Set(
  ['Read', 'Edit', 'Delete', 'Transfer', 'All'].map((right) => `has${right}access`.toLowerCase()),
);

/** What a query of UserRecordAccess asks. Ids have 18 characters. */
export interface AccessQuestion {
  readonly userId: string;
  readonly recordIds: readonly string[];
  /** The one access that answers are filtered by, e.g. HasReadAccess = true. */
  readonly only?: { readonly field: string; readonly value: boolean };
}

/**
 * Reads a query of UserRecordAccess, which has to name its user and records and may select its answers alone
 * (Object Reference, "UserRecordAccess"). Of Salesforce's refusals only the one about RecordId is known by its words.
 * @throws ApiError INVALID_FIELD, MALFORMED_QUERY
 */
export function accessQuestion(scope: Scope, source: Source, query: Query): AccessQuestion {
  const selected = selectedNames(query);
  if (!selected.includes('recordid'))
    throw new ApiError(400, 'INVALID_FIELD', 'RecordId field must be selected');
  if (query.groupBy !== undefined) throw unsupported(`GROUP BY of ${USER_RECORD_ACCESS}`);
  for (const name of selected) {
    if (name === 'id' || name === 'userid')
      throw malformed(`${name} of UserRecordAccess can not be selected`);
  }
  refuseOtherOrder(scope, query, selected);
  const filters = comparisonsOf(query);
  const filter = (name: string): Comparison | undefined =>
    filters.find(({ subject }) => subject.kind === 'field' && subject.path.toLowerCase() === name);
  const userFilter = filter('userid');
  const recordFilter = filter('recordid');
  const flagFilters = filters.filter((each) => each !== userFilter && each !== recordFilter);
  const [userId, ...otherUsers] = idsOf(scope, 'UserId', userFilter, ['=']);
  const recordIds = idsOf(scope, 'RecordId', recordFilter, ['=', 'IN']);
  if (userId === undefined || otherUsers.length > 0 || recordIds.length === 0) throw needsFilters();
  if (recordIds.length > MOST_RECORDS) {
    throw malformed(`UserRecordAccess can be asked about ${MOST_RECORDS} records at most`);
  }
  const [only, ...more] = flagFilters;
  if (only === undefined) return { userId, recordIds };
  if (more.length > 0 || selected.length > 1) {
    throw malformed(
      'Where UserRecordAccess is filtered by an access, it is by one, and only RecordId is selected',
    );
  }
  return { userId, recordIds, only: flagOf(scope, source.object, only) };
}

/** The answers as a table that a query can run over. */
export function answersAsTable(schema: SObjectSchema, rows: readonly Row[]): Table {
  return {
    schema,
    size: rows.length,
    get: (id) => rows.find((row) => row.Id === id),
    rows: () => rows,
    find: () => undefined,
    range: () => undefined,
  };
}

/** Plain columns in lower case; a function selects none. */
function selectedNames(query: Query): string[] {
  return (query.fields ?? []).flatMap((field) => (field.type === 'Field' ? [field.field.toLowerCase()] : []));
}

/** "You can include an ORDER BY clause for any field that is being selected." */
function refuseOtherOrder(scope: Scope, query: Query, selected: readonly string[]): void {
  for (const clause of listOf(query.orderBy)) {
    if ('fn' in clause) throw unsupported(`a function in ORDER BY of ${USER_RECORD_ACCESS}`);
    if (!selected.includes(clause.field.toLowerCase()))
      throw notAllowedIn(scope.soql, clause.field, 'sorted');
  }
}

function comparisonsOf(query: Query): Comparison[] {
  if (query.where === undefined) throw needsFilters();
  const tree = conditionTree(query.where);
  return (tree.kind === 'and' ? tree.parts : [tree]).map((part) => {
    if (part.kind !== 'comparison') throw needsFilters();
    return part;
  });
}

function needsFilters(): ApiError {
  return malformed(
    `UserRecordAccess needs a filter on one UserId, and on one RecordId or a list of ${MOST_RECORDS} at most`,
  );
}

function idsOf(
  scope: Scope,
  fieldName: string,
  comparison: Comparison | undefined,
  operators: readonly string[],
): string[] {
  if (comparison === undefined || !operators.includes(comparison.operator)) throw needsFilters();
  return operandsOf(scope, fieldName, 'id', comparison).flatMap((operand) =>
    operand.kind === 'text' ? [operand.value] : [],
  );
}

function flagOf(
  scope: Scope,
  object: SObjectSchema,
  comparison: Comparison,
): { field: string; value: boolean } {
  const path = comparison.subject.kind === 'field' ? comparison.subject.path : '';
  const field = object.field(path);
  if (field === undefined || !FLAGS.has(path.toLowerCase()) || comparison.operator !== '=')
    throw needsFilters();
  const [operand] = operandsOf(scope, field.name, 'boolean', comparison);
  if (operand?.kind !== 'boolean') throw needsFilters();
  return { field: field.name, value: operand.value };
}

function operandsOf(
  scope: Scope,
  fieldName: string,
  domain: 'id' | 'boolean',
  { operands }: Comparison,
): Operand[] {
  if ('subquery' in operands) throw needsFilters();
  return operands.literals.map((literal) =>
    operandOf(literal, {
      soql: scope.soql,
      now: scope.now,
      timeZone: scope.user.timeZone,
      path: fieldName,
      fieldName,
      domain,
      integer: false,
    }),
  );
}
