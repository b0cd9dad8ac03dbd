import { BoundExpressionContext, FieldExpressionContext } from '@apexdevtools/apex-parser';
import type { ApexParserRuleContext, ApexParseTree, QueryContext } from '@apexdevtools/apex-parser';
import type { Expression, SoqlNode, SoqlPart } from './ast.ts';
import { ApexSourceError } from './source.ts';
import type { SourceFile } from './source.ts';

/** Reads one expression of the same source: bound values are Apex. */
export type ReadExpression = (node: ReturnType<BoundExpressionContext['expression']>) => Expression;

interface Bound {
  readonly node: BoundExpressionContext;
  readonly field: string | undefined;
}

function bounds(tree: ApexParseTree, field: string | undefined, found: Bound[]): void {
  if (tree instanceof BoundExpressionContext) {
    found.push({ node: tree, field });
    return;
  }
  const compared = tree instanceof FieldExpressionContext ? tree.fieldName()?.getText() : field;
  // Every inner node of the parser's tree is a rule; only leaves have no children.
  const { children } = tree as ApexParserRuleContext;
  for (const child of children ?? []) bounds(child, compared, found);
}

/** A query in square brackets: its text with the places of bound values, and what Apex needs to know of it. */
export function readSoql(source: SourceFile, node: QueryContext, readExpression: ReadExpression): SoqlNode {
  const found: Bound[] = [];
  bounds(node, undefined, found);
  const parts: SoqlPart[] = [];
  const allRows = node.allRowsClause();
  const stop = (allRows?.start.start ?? (node.stop?.stop ?? node.start.stop) + 1) - 1;
  let at = node.start.start;
  for (const { node: bound, field } of found) {
    parts.push(source.text(at, bound.start.start - 1));
    parts.push({ bind: readExpression(bound.expression()), field });
    at = (bound.stop?.stop ?? bound.start.stop) + 1;
  }
  parts.push(source.text(at, stop));
  const locks = node.forClauses().getText();
  // Salesforce refuses it likewise (Locking Statements).
  if (/forupdate/i.test(locks) && Boolean(node.orderByClause()))
    throw new ApexSourceError('ORDER BY is not allowed in a query that locks', source.at(node));
  const entries = node.selectList().selectEntry_list();
  const mode = node.withClause();
  return {
    parts,
    object: node.fromNameList().fieldName_list()[0]?.getText() ?? '',
    count: entries.length === 1 && /^count\(\)$/i.test(entries[0]?.getText() ?? ''),
    aggregate:
      Boolean(node.groupByClause()) ||
      entries.some((entry) => /^(count|count_distinct|sum|avg|min|max)\(/i.test(entry.getText())),
    mode:
      mode?.USER_MODE() || mode?.SECURITY_ENFORCED() ? 'user' : mode?.SYSTEM_MODE() ? 'system' : undefined,
    allRows: Boolean(allRows),
  };
}
