import { ApiError } from '../org/types.ts';
import { withoutStrings } from './text.ts';

/** How far an error's excerpt reaches to either side of the place it points at, in characters. */
const EXCERPT_REACH = 45;

/** A query that Salesforce cannot read: 400 MALFORMED_QUERY. */
export function malformed(message: string): ApiError {
  return new ApiError(400, 'MALFORMED_QUERY', message);
}

/** A construct that Salesforce knows and this sandbox does not emulate. */
export class SoqlNotEmulated extends ApiError {
  readonly construct: string;

  constructor(construct: string) {
    super(400, 'MALFORMED_QUERY', `${construct} is not supported by this sandbox`);
    this.construct = construct;
  }
}

/** Refused rather than guessed. */
export function unsupported(construct: string): ApiError {
  return new SoqlNotEmulated(construct);
}

/** The clauses in which a name is looked for first. */
export type Clause = 'WHERE' | 'ORDER BY' | 'GROUP BY';

/**
 * An error that points at `token` in the query, in Salesforce's form: excerpt, caret, row, column, message.
 * The token's first place counts, within `clause` where one is given.
 */
export function pointingAt(
  soql: string,
  token: string,
  errorCode: string,
  message: string,
  clause?: Clause,
): ApiError {
  const offset = locate(soql, token, clause);
  const row = soql.slice(0, offset).split('\n').length;
  const lineStart = soql.lastIndexOf('\n', offset - 1) + 1;
  const { excerpt, caret } = excerptOf(lineOf(soql, lineStart), offset - lineStart);
  const column = offset - lineStart + 1;
  return new ApiError(
    400,
    errorCode,
    `\n${excerpt}\n${' '.repeat(caret)}^\nERROR at Row:${row}:Column:${column}\n${message}`,
  );
}

/** INVALID_FIELD for a column that does not exist or that the user may not see. */
export function noSuchColumn(soql: string, path: string, entity: string): ApiError {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return pointingAt(
    soql,
    path,
    'INVALID_FIELD',
    `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

/** INVALID_FIELD for a parent relationship that does not exist or that the user may not see. */
export function noSuchRelationship(soql: string, path: string, relationship: string): ApiError {
  return pointingAt(
    soql,
    path,
    'INVALID_FIELD',
    `Didn't understand relationship '${relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

/** INVALID_TYPE for a child relationship that does not exist. */
export function noSuchChildRelationship(soql: string, relationship: string): ApiError {
  return pointingAt(
    soql,
    relationship,
    'INVALID_TYPE',
    `Didn't understand relationship '${relationship}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

/** INVALID_TYPE for an unknown object. */
export function noSuchObject(soql: string, name: string): ApiError {
  return pointingAt(
    soql,
    name,
    'INVALID_TYPE',
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

/** INVALID_FIELD for a field that can not be filtered, sorted or grouped. */
export function notAllowedIn(
  soql: string,
  path: string,
  action: 'filtered' | 'sorted' | 'grouped',
): ApiError {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const clause = { filtered: 'WHERE', sorted: 'ORDER BY', grouped: 'GROUP BY' } as const;
  const message = `field '${name}' can not be ${action} in a query call`;
  return pointingAt(soql, path, 'INVALID_FIELD', message, clause[action]);
}

/** Where a name stands in the query, string literals aside; 0 where it can not be found. */
function locate(soql: string, token: string, clause: Clause | undefined): number {
  const code = withoutStrings(soql);
  const name = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const from =
    clause === undefined ? -1 : code.search(new RegExp(`\\b${clause.replace(' ', '\\s+')}\\b`, 'i'));
  const pattern = new RegExp(`(?<![\\w.])${name}(?!\\w)`, 'i');
  const within = from < 0 ? -1 : code.slice(from).search(pattern);
  return within < 0 ? Math.max(0, code.search(pattern)) : from + within;
}

function lineOf(soql: string, start: number): string {
  const end = soql.indexOf('\n', start);
  return soql.slice(start, end < 0 ? soql.length : end);
}

/** The part of the line around `at`, cut between words. */
function excerptOf(line: string, at: number): { excerpt: string; caret: number } {
  const wordStart = line.indexOf(' ', at - EXCERPT_REACH) + 1;
  const start =
    at <= EXCERPT_REACH || wordStart === 0 || wordStart > at ? Math.max(0, at - EXCERPT_REACH) : wordStart;
  const wordEnd = line.lastIndexOf(' ', at + EXCERPT_REACH);
  const end = at + EXCERPT_REACH >= line.length || wordEnd <= at ? line.length : wordEnd;
  return { excerpt: line.slice(start, end), caret: at - start };
}
