import type * as tree from '@apexdevtools/apex-parser';
import type { Block, Declarator, Statement, TypeNode, WhenValue } from './ast.ts';
import type { ExpressionReader } from './expressions.ts';
import type { SourceFile } from './source.ts';
import { unsupported } from './source.ts';
import { readType } from './types.ts';

/** Reads statements of one source file out of the parser's tree. */
export class StatementReader {
  private readonly source: SourceFile;
  private readonly expressions: ExpressionReader;

  constructor(source: SourceFile, expressions: ExpressionReader) {
    this.source = source;
    this.expressions = expressions;
  }

  block(node: tree.BlockContext): Block {
    return {
      kind: 'block',
      statements: node.statement_list().map((part) => this.read(part)),
      line: node.start.line,
    };
  }

  declarators(node: tree.VariableDeclaratorsContext): Declarator[] {
    return node.variableDeclarator_list().map((part) => {
      const init = part.expression();
      return {
        name: part.id().getText(),
        init: init ? this.expressions.read(init) : undefined,
        line: part.start.line,
      };
    });
  }

  private local(node: tree.LocalVariableDeclarationContext): Statement {
    return {
      kind: 'local',
      type: readType(node.typeRef()),
      declarators: this.declarators(node.variableDeclarators()),
      line: node.start.line,
    };
  }

  read(node: tree.StatementContext): Statement {
    const line = node.start.line;
    const expressions = this.expressions;
    const block = node.block();
    if (block) return this.block(block);
    const local = node.localVariableDeclarationStatement();
    if (local) return this.local(local.localVariableDeclaration());
    const expression = node.expressionStatement();
    if (expression)
      return { kind: 'expression', expression: expressions.read(expression.expression()), line };
    const branch = node.ifStatement();
    if (branch) {
      const [then, otherwise] = branch.statement_list().map((part) => this.read(part));
      if (then === undefined) return unsupported('if without a statement', this.source.at(node));
      return {
        kind: 'if',
        condition: expressions.read(branch.parExpression().expression()),
        then,
        otherwise,
        line,
      };
    }
    const returned = node.returnStatement();
    if (returned) {
      const value = returned.expression();
      return { kind: 'return', value: value ? expressions.read(value) : undefined, line };
    }
    const thrown = node.throwStatement();
    if (thrown) return { kind: 'throw', value: expressions.read(thrown.expression()), line };
    if (node.breakStatement()) return { kind: 'break', line };
    if (node.continueStatement()) return { kind: 'continue', line };
    return this.compound(node) ?? this.dml(node) ?? unsupported(node.getText(), this.source.at(node));
  }

  private body(node: tree.StatementContext | null): Statement | undefined {
    return node ? this.read(node) : undefined;
  }

  private compound(node: tree.StatementContext): Statement | undefined {
    const line = node.start.line;
    const loop = node.forStatement();
    if (loop) return this.loop(loop);
    const whilst = node.whileStatement();
    if (whilst) {
      const condition = this.expressions.read(whilst.parExpression().expression());
      return { kind: 'while', condition, body: this.body(whilst.statement()), line };
    }
    const until = node.doWhileStatement();
    if (until) {
      const condition = this.expressions.read(until.parExpression().expression());
      return { kind: 'do', condition, body: this.block(until.block()), line };
    }
    const attempt = node.tryStatement();
    if (attempt) {
      const last = attempt.finallyBlock();
      const catches = attempt.catchClause_list().map((clause) => ({
        type: namedType(clause.qualifiedName()),
        name: clause.id().getText(),
        body: this.block(clause.block()),
      }));
      const body = this.block(attempt.block());
      return { kind: 'try', body, catches, last: last ? this.block(last.block()) : undefined, line };
    }
    const choice = node.switchStatement();
    if (choice) {
      const cases = choice
        .whenControl_list()
        .map((control) => ({ when: this.when(control.whenValue()), body: this.block(control.block()) }));
      return { kind: 'switch', value: this.expressions.read(choice.expression()), cases, line };
    }
    const runAs = node.runAsStatement();
    if (runAs) {
      const [user] = this.expressions.list(runAs.expressionList());
      if (user) return { kind: 'run-as', user, body: this.block(runAs.block()), line };
    }
    return undefined;
  }

  private when(node: tree.WhenValueContext): WhenValue {
    if (node.ELSE()) return { kind: 'else' };
    const type = node.typeRef();
    if (type) return { kind: 'type', type: readType(type), name: node.id().getText() };
    return {
      kind: 'values',
      values: node.whenLiteral_list().map((part) => this.expressions.whenLiteral(part)),
    };
  }

  private loop(node: tree.ForStatementContext): Statement {
    const line = node.start.line;
    const control = node.forControl();
    const each = control.enhancedForControl();
    const body = this.body(node.statement());
    if (each) {
      const over = this.expressions.read(each.expression());
      return {
        kind: 'for-each',
        type: readType(each.typeRef()),
        name: each.id().getText(),
        over,
        body,
        line,
      };
    }
    const first = control.forInit();
    const declared = first?.localVariableDeclaration();
    const condition = control.expression();
    return {
      kind: 'for',
      init: declared ? this.local(declared) : this.expressions.list(first?.expressionList()),
      condition: condition ? this.expressions.read(condition) : undefined,
      update: this.expressions.list(control.forUpdate()?.expressionList()),
      body,
      line,
    };
  }

  private dml(node: tree.StatementContext): Statement | undefined {
    const line = node.start.line;
    for (const operation of ['insert', 'update', 'delete', 'undelete', 'upsert'] as const) {
      const found = node[`${operation}Statement`]();
      if (!found) continue;
      const level = found.accessLevel();
      const key = 'qualifiedName' in found ? found.qualifiedName()?.getText() : undefined;
      const mode = level?.USER() ? 'user' : level?.SYSTEM() ? 'system' : undefined;
      return { kind: 'dml', operation, value: this.expressions.read(found.expression()), mode, key, line };
    }
    const merge = node.mergeStatement();
    const [master, losers] = merge?.expression_list().map((part) => this.expressions.read(part)) ?? [];
    return master && losers ? { kind: 'merge', master, losers, line } : undefined;
  }
}

function namedType(node: tree.QualifiedNameContext): TypeNode {
  return { name: node.getText(), args: [], line: node.start.line };
}
