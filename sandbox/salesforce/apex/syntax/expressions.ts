import * as tree from '@apexdevtools/apex-parser';
import type { BinaryOperator, Expression } from './ast.ts';
import { numberLiteral, unquoted } from './literals.ts';
import { readSoql } from './soql.ts';
import type { SourceFile } from './source.ts';
import { ApexSourceError, unsupported } from './source.ts';
import { readCreated, readType } from './types.ts';

const BINARY = [
  tree.Arth1ExpressionContext,
  tree.Arth2ExpressionContext,
  tree.BitExpressionContext,
  tree.CmpExpressionContext,
  tree.EqualityExpressionContext,
  tree.BitAndExpressionContext,
  tree.BitNotExpressionContext,
  tree.BitOrExpressionContext,
  tree.LogAndExpressionContext,
  tree.LogOrExpressionContext,
  tree.CoalExpressionContext,
];

const OPERATORS: ReadonlySet<string> = new Set<BinaryOperator>([
  '+',
  '-',
  '*',
  '/',
  '&&',
  '||',
  '==',
  '!=',
  '===',
  '!==',
  '<',
  '>',
  '<=',
  '>=',
  '&',
  '|',
  '^',
  '<<',
  '>>',
  '>>>',
  '??',
]);

function isOperator(text: string): text is BinaryOperator {
  return OPERATORS.has(text);
}

/** Reads expressions of one source file out of the parser's tree. */
export class ExpressionReader {
  private readonly source: SourceFile;

  constructor(source: SourceFile) {
    this.source = source;
  }

  list(node: tree.ExpressionListContext | null | undefined): Expression[] {
    return node ? node.expression_list().map((part) => this.read(part)) : [];
  }

  read(node: tree.ExpressionContext): Expression {
    const line = node.start.line;
    if (node instanceof tree.PrimaryExpressionContext) return this.primary(node.primary());
    if (node instanceof tree.SubExpressionContext) return this.read(node.expression());
    if (node instanceof tree.DotExpressionContext) {
      const target = this.read(node.expression());
      const safe = Boolean(node.QUESTIONDOT());
      const call = node.dotMethodCall();
      if (!call) return { kind: 'field', target, name: node.anyId().getText(), safe, line };
      return {
        kind: 'call',
        target,
        name: call.anyId().getText(),
        args: this.list(call.expressionList()),
        safe,
        line,
      };
    }
    if (node instanceof tree.MethodCallExpressionContext) return this.call(node.methodCall());
    if (node instanceof tree.ArrayExpressionContext) {
      const [target, index] = this.two(node.expression_list());
      return { kind: 'index', target, index, line };
    }
    if (node instanceof tree.NewExpressionContext) return this.creator(node.creator());
    if (node instanceof tree.AssignExpressionContext) {
      const [target, value] = this.two(node.expression_list());
      const text = node.getChild(1).getText().slice(0, -1);
      return { kind: 'assign', operator: isOperator(text) ? text : undefined, target, value, line };
    }
    for (const kind of BINARY) if (node instanceof kind) return this.binary(node, node.expression_list());
    if (node instanceof tree.CastExpressionContext) {
      return { kind: 'cast', type: readType(node.typeRef()), value: this.read(node.expression()), line };
    }
    if (node instanceof tree.InstanceOfExpressionContext) {
      return {
        kind: 'instanceof',
        type: readType(node.typeRef()),
        value: this.read(node.expression()),
        line,
      };
    }
    if (node instanceof tree.CondExpressionContext) {
      const [condition, then, otherwise] = node.expression_list().map((part) => this.read(part));
      if (condition && then && otherwise) return { kind: 'conditional', condition, then, otherwise, line };
    }
    return this.unary(node);
  }

  private unary(node: tree.ExpressionContext): Expression {
    const line = node.start.line;
    if (node instanceof tree.PostOpExpressionContext) {
      const target = this.read(node.expression());
      return { kind: 'step', by: node.INC() ? 1 : -1, prefix: false, target, line };
    }
    if (node instanceof tree.PreOpExpressionContext) {
      const target = this.read(node.expression());
      if (node.INC() || node.DEC())
        return { kind: 'step', by: node.INC() ? 1 : -1, prefix: true, target, line };
      return { kind: 'unary', operator: node.SUB() ? '-' : '+', operand: target, line };
    }
    if (node instanceof tree.NegExpressionContext) {
      return {
        kind: 'unary',
        operator: node.BANG() ? '!' : '~',
        operand: this.read(node.expression()),
        line,
      };
    }
    return unsupported(node.getText(), this.source.at(node));
  }

  private binary(node: tree.ExpressionContext, operands: tree.ExpressionContext[]): Expression {
    const [left, right] = this.two(operands);
    // `>>` and `<=` arrive as several tokens between the operands.
    let operator = '';
    for (let at = 1; at < node.getChildCount() - 1; at += 1) operator += node.getChild(at).getText();
    if (operator === '<>') operator = '!=';
    if (!isOperator(operator)) return unsupported(operator, this.source.at(node));
    return { kind: 'binary', operator, left, right, line: node.start.line };
  }

  private two(nodes: tree.ExpressionContext[]): [Expression, Expression] {
    const [first, second] = nodes;
    if (first === undefined || second === undefined) throw new Error('An operator without operands.');
    return [this.read(first), this.read(second)];
  }

  private call(node: tree.MethodCallContext): Expression {
    const line = node.start.line;
    const args = this.list(node.expressionList());
    if (node.THIS()) return { kind: 'constructor-call', of: 'this', args, line };
    if (node.SUPER()) return { kind: 'constructor-call', of: 'super', args, line };
    return { kind: 'call', target: undefined, name: node.id().getText(), args, safe: false, line };
  }

  private creator(node: tree.CreatorContext): Expression {
    const line = node.start.line;
    const type = readCreated(node.createdName());
    const rest = node.classCreatorRest();
    if (rest) return { kind: 'new', type, args: this.list(rest.arguments().expressionList()), line };
    const array = node.arrayCreatorRest();
    if (array) {
      const list = { name: 'List', args: [type], line };
      const initializer = array.arrayInitializer();
      if (!initializer) return { kind: 'new-array', type: list, size: this.read(array.expression()), line };
      const elements = initializer.expression_list().map((part) => this.read(part));
      return { kind: 'new-collection', type: list, elements, line };
    }
    const map = node.mapCreatorRest();
    if (map) {
      const entries = map.mapCreatorRestPair_list().map((pair) => this.two(pair.expression_list()));
      return { kind: 'new-map', type, entries, line };
    }
    const set = node.setCreatorRest();
    if (set) {
      const elements = set.expression_list().map((part) => this.read(part));
      return { kind: 'new-collection', type, elements, line };
    }
    if (type.name.toLowerCase() === 'map') return { kind: 'new-map', type, entries: [], line };
    return { kind: 'new-collection', type, elements: [], line };
  }

  private primary(node: tree.PrimaryContext): Expression {
    const line = node.start.line;
    if (node instanceof tree.ThisPrimaryContext) return { kind: 'this', line };
    if (node instanceof tree.SuperPrimaryContext) return { kind: 'super', line };
    if (node instanceof tree.IdPrimaryContext) return { kind: 'name', name: node.id().getText(), line };
    if (node instanceof tree.LiteralPrimaryContext) return this.literal(node.literal());
    if (node instanceof tree.TypeRefPrimaryContext)
      return { kind: 'class-literal', type: readType(node.typeRef()), line };
    if (node instanceof tree.SoqlPrimaryContext) {
      const query = readSoql(this.source, node.soqlLiteral().query(), (part) => this.read(part));
      return { kind: 'soql', query, line };
    }
    if (node instanceof tree.SoslPrimaryContext) return unsupported('SOSL', this.source.at(node));
    return unsupported(node.getText(), this.source.at(node));
  }

  literal(node: tree.LiteralContext): Expression {
    const line = node.start.line;
    if (node.NULL()) return { kind: 'literal', literal: { type: 'null' }, line };
    const truth = node.BooleanLiteral();
    if (truth) {
      return {
        kind: 'literal',
        literal: { type: 'Boolean', value: truth.getText().toLowerCase() === 'true' },
        line,
      };
    }
    const text = node.getText();
    if (text.startsWith("'"))
      return { kind: 'literal', literal: { type: 'String', text: unquoted(text) }, line };
    return { kind: 'literal', literal: numberLiteral(text, this.source.at(node)), line };
  }

  /** A value of `when`: a literal, an enum constant. */
  whenLiteral(node: tree.WhenLiteralContext): Expression {
    const line = node.start.line;
    const inner = node.whenLiteral();
    if (inner) return this.whenLiteral(inner);
    const name = node.qualifiedName();
    if (name) return { kind: 'name', name: name.getText(), line };
    if (node.NULL()) return { kind: 'literal', literal: { type: 'null' }, line };
    const string = node.StringLiteral() ?? node.MultilineStringLiteral();
    if (string)
      return { kind: 'literal', literal: { type: 'String', text: unquoted(string.getText()) }, line };
    const number = node.IntegerLiteral() ?? node.LongLiteral();
    if (!number) throw new ApexSourceError(`Unexpected ${node.getText()}`, this.source.at(node));
    const literal = numberLiteral(number.getText(), this.source.at(node));
    const operand: Expression = { kind: 'literal', literal, line };
    return node.SUB_list().length % 2 === 1 ? { kind: 'unary', operator: '-', operand, line } : operand;
  }
}
