import type {
  Condition as ParsedCondition,
  FunctionExp,
  HavingClause,
  LiteralType,
  Operator,
  Query,
  ValueQueryCondition,
  WhereClause,
} from '@jetstreamapp/soql-parser-js';
import { malformed, unsupported } from './errors.ts';

/** A literal as it stands in the query: strings with their quotes and escapes. */
export interface Literal {
  readonly type: LiteralType;
  readonly text: string;
}

/** What stands left of an operator. */
export type Subject =
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'function'; readonly call: FunctionExp };

/** One comparison. */
export interface Comparison {
  readonly kind: 'comparison';
  readonly subject: Subject;
  readonly operator: Operator;
  readonly operands: { readonly literals: readonly Literal[] } | { readonly subquery: Query };
}

/** WHERE or HAVING as a tree. */
export type Condition =
  | Comparison
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Comparison;

/**
 * Builds the tree from the parser's flat chain of conditions and parenthesis counts, by Salesforce's grammar:
 * AND and OR do not mix on one level and NOT takes exactly one condition, else MALFORMED_QUERY.
 */
export function conditionTree(clause: WhereClause | HavingClause): Condition {
  const tokens = [...tokensOf(clause)];
  refuseLostNegations(tokens);
  let at = 0;

  const logical = (): Condition => {
    if (tokens[at] === 'NOT') {
      at += 1;
      return { kind: 'not', part: single() };
    }
    const parts = [single()];
    const joiner = tokens[at];
    if (joiner !== 'AND' && joiner !== 'OR') return parts[0] ?? unexpected(joiner);
    while (tokens[at] === joiner) {
      at += 1;
      parts.push(single());
    }
    return { kind: joiner === 'AND' ? 'and' : 'or', parts };
  };

  const single = (): Condition => {
    const token = tokens[at];
    at += 1;
    if (token === '(') {
      const inner = logical();
      if (tokens[at] !== ')') unexpected(tokens[at]);
      at += 1;
      return inner;
    }
    return typeof token === 'object' ? token : unexpected(token);
  };

  const tree = logical();
  if (at < tokens.length) unexpected(tokens[at]);
  return tree;
}

/** The parser checks that parentheses match, yet it drops the middle ones of three NOTs nested in one another. */
function refuseLostNegations(tokens: readonly Token[]): void {
  const count = (wanted: Token): number => tokens.filter((token) => token === wanted).length;
  if (count('(') !== count(')')) throw unsupported('NOT directly within two others');
}

function* tokensOf(clause: WhereClause | HavingClause): Generator<Token> {
  let node: WhereClause | HavingClause | undefined = clause;
  while (node) {
    const left: ParsedCondition | ValueQueryCondition | null = node.left;
    yield* Array<Token>(left?.openParen ?? 0).fill('(');
    if (left && 'operator' in left) {
      yield comparison(left);
      yield* Array<Token>(left.closeParen ?? 0).fill(')');
    }
    if (!('operator' in node)) return;
    // In HAVING the parser drops the NOT, and what it negates, before AND and OR.
    if (node.operator !== 'NOT' && !(left && 'operator' in left))
      throw unsupported('NOT beside AND or OR in HAVING');
    yield node.operator;
    node = node.right;
  }
}

function comparison(left: Exclude<ParsedCondition, { operator?: never }> | ValueQueryCondition): Comparison {
  if (!('operator' in left)) throw malformed("unexpected token: 'NOT'");
  const subject: Subject =
    'fn' in left ? { kind: 'function', call: left.fn } : { kind: 'field', path: left.field };
  const operands =
    'valueQuery' in left
      ? { subquery: left.valueQuery }
      : { literals: literalsOf(left.value, left.literalType) };
  return { kind: 'comparison', subject, operator: plainOperator(left.operator), operands };
}

/** The parser passes `<>` on as it stands. */
function plainOperator(operator: string): Operator {
  const upper = operator.toUpperCase();
  // The grammar admits these operators alone, besides the synonym.
  return upper === '<>' ? '!=' : (upper as Operator);
}

function literalsOf(value: string | string[], type: LiteralType | LiteralType[] | undefined): Literal[] {
  const texts = typeof value === 'string' ? [value] : value;
  return texts.map((text, index) => {
    const own = Array.isArray(type) ? type[index] : type;
    if (own === undefined) throw malformed(`unexpected token: '${text}'`);
    return { type: own, text };
  });
}

function unexpected(token: Token | undefined): never {
  const text = typeof token === 'object' ? subjectText(token.subject) : (token ?? '<EOF>');
  throw malformed(`unexpected token: '${text}'`);
}

/** The subject as written, for messages. */
export function subjectText(subject: Subject): string {
  return subject.kind === 'field' ? subject.path : (subject.call.rawValue ?? subject.call.functionName ?? '');
}
