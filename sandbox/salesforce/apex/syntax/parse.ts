import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import type { ApexParser, ApexParserRuleContext } from '@apexdevtools/apex-parser';
import type { Block, Member, Statement, TriggerDeclaration, TriggerMoment, TypeDeclaration } from './ast.ts';
import { DeclarationReader } from './declarations.ts';
import { ExpressionReader } from './expressions.ts';
import { ApexSourceError, SourceFile } from './source.ts';
import { StatementReader } from './statements.ts';
import { readModifiers } from './types.ts';

class Complaints extends ApexErrorListener {
  private readonly file: string;

  constructor(file: string) {
    super();
    this.file = file;
  }

  override apexSyntaxError(line: number, _column: number, message: string): void {
    throw new ApexSourceError(message, { file: this.file, line });
  }
}

interface Readers {
  readonly source: SourceFile;
  readonly statements: StatementReader;
  readonly declarations: DeclarationReader;
}

function open<T extends ApexParserRuleContext>(
  file: string,
  text: string,
  rule: (parser: ApexParser) => T,
): { node: T; readers: Readers } {
  const source = new SourceFile(file, text);
  const { parser } = ApexParserFactory.createLexerAndParser(text, new Complaints(file));
  const statements = new StatementReader(source, new ExpressionReader(source));
  return {
    node: rule(parser),
    readers: { source, statements, declarations: new DeclarationReader(source, statements) },
  };
}

/**
 * Reads one class file.
 * @throws ApexSourceError where the source is no Apex.
 */
export function parseClass(file: string, text: string): TypeDeclaration {
  const { node, readers } = open(file, text, (parser) => parser.compilationUnit());
  const declared = node.typeDeclaration();
  const type = readers.declarations.type(declared, readModifiers(declared.modifier_list()));
  if (type === undefined) throw new ApexSourceError('no class', { file, line: 1 });
  return type;
}

/**
 * Reads one trigger file.
 * @throws ApexSourceError where the source is no Apex.
 */
export function parseTrigger(file: string, text: string): TriggerDeclaration {
  const { node, readers } = open(file, text, (parser) => parser.triggerUnit());
  const [name, object] = node.id_list().map((id) => id.getText());
  const moments = new Set<TriggerMoment>();
  for (const moment of node.triggerCase_list()) {
    const timing = moment.BEFORE() ? 'before' : 'after';
    const operation = moment.INSERT()
      ? 'insert'
      : moment.UPDATE()
        ? 'update'
        : moment.DELETE()
          ? 'delete'
          : 'undelete';
    moments.add(`${timing} ${operation}`);
  }
  const members: Member[] = [];
  const statements: Statement[] = [];
  for (const part of node.triggerBlock().triggerBlockMember_list()) {
    const declared = part.triggerMemberDeclaration();
    if (declared) {
      const member = readers.declarations.declared(declared, readModifiers(part.modifier_list()));
      // Between the statements of a trigger a field is a local variable.
      if (member.kind === 'field') statements.push({ ...member, kind: 'local' });
      else members.push(member);
    } else statements.push(readers.statements.read(part.statement()));
  }
  const line = node.start.line;
  const body: Block = { kind: 'block', statements, line };
  return { name: name ?? '', object: object ?? '', moments, members, body, line };
}
