import type { ResolvedRule } from './rules.ts';

/** Larger whole numbers are written as decimals, as SOQL reads plain digits as 32-bit integers. */
const INT_LIMIT = 2_147_483_647;

/**
 * One rule as a SOQL condition. What “not” means for empty fields is spelled out, so that it does not depend
 * on how SOQL treats null: they are different from every value.
 */
export function ruleToSoql(rule: ResolvedRule): string {
  const { field, operator } = rule;
  const literals = rule.operands.map((operand) => literal(rule, operand));
  const [first = 'null'] = literals;
  const [operand = ''] = rule.operands;
  switch (operator) {
    case 'equals':
      return `${field} = ${first}`;
    case 'not_equals':
      return rule.valueClass === 'boolean' ? `${field} != ${first}` : orEmpty(field, `${field} != ${first}`);
    case 'contains':
      return `${field} LIKE ${pattern('%', operand, '%')}`;
    case 'not_contains':
      return orEmpty(field, `(NOT ${field} LIKE ${pattern('%', operand, '%')})`);
    case 'starts_with':
      return `${field} LIKE ${pattern('', operand, '%')}`;
    case 'ends_with':
      return `${field} LIKE ${pattern('%', operand, '')}`;
    case 'is_empty':
      return `${field} = null`;
    case 'is_not_empty':
      return `${field} != null`;
    case 'greater':
      return `${field} > ${first}`;
    case 'greater_or_equal':
      return `${field} >= ${first}`;
    case 'less':
      return `${field} < ${first}`;
    case 'less_or_equal':
      return `${field} <= ${first}`;
    case 'in':
      return `${field} IN (${literals.join(', ')})`;
    case 'not_in':
      return orEmpty(field, `${field} NOT IN (${literals.join(', ')})`);
    case 'includes':
      return `${field} INCLUDES (${literals.join(', ')})`;
    case 'excludes':
      return orEmpty(field, `${field} EXCLUDES (${literals.join(', ')})`);
    case 'last_n_days':
      return `${field} >= LAST_N_DAYS:${operand} AND ${field} <= TODAY`;
    case 'next_n_days':
      return `${field} > TODAY AND ${field} <= NEXT_N_DAYS:${operand}`;
  }
}

/** A SOQL string literal. */
function quote(text: string): string {
  return `'${escape(text)}'`;
}

function orEmpty(field: string, condition: string): string {
  return `(${condition} OR ${field} = null)`;
}

function literal({ valueClass, type }: ResolvedRule, operand: string): string {
  switch (valueClass) {
    case 'text':
    case 'set':
    case 'id':
      return quote(operand);
    case 'number': {
      const isLargeWhole = !operand.includes('.') && Math.abs(Number(operand)) > INT_LIMIT;
      return isLargeWhole && type !== 'int' && type !== 'long' ? `${operand}.0` : operand;
    }
    case 'date':
    case 'datetime':
      return operand;
    case 'boolean':
      return operand.toUpperCase();
  }
}

function pattern(before: string, text: string, after: string): string {
  return `'${before}${escape(text).replace(/[%_]/g, '\\$&')}${after}'`;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

function escape(text: string): string {
  return text.replace(/[\\'\n\r\t\f\u0008]/g, (character) => escapes[character] ?? character);
}
