import type * as tree from '@apexdevtools/apex-parser';
import type { Member, Modifiers, ParameterNode, TypeDeclaration } from './ast.ts';
import type { SourceFile } from './source.ts';
import { unsupported } from './source.ts';
import type { StatementReader } from './statements.ts';
import { readModifiers, readType, readTypes } from './types.ts';

type MemberNode =
  | tree.MemberDeclarationContext
  | tree.TriggerMemberDeclarationContext
  | tree.AnonymousMemberDeclarationContext;

/** Reads classes, interfaces and enums of one source file out of the parser's tree. */
export class DeclarationReader {
  private readonly source: SourceFile;
  private readonly statements: StatementReader;

  constructor(source: SourceFile, statements: StatementReader) {
    this.source = source;
    this.statements = statements;
  }

  type(node: tree.TypeDeclarationContext | MemberNode, modifiers: Modifiers): TypeDeclaration | undefined {
    const line = node.start.line;
    const common = { modifiers, extends: undefined, interfaces: [], constants: [], members: [], line };
    const enumeration = node.enumDeclaration();
    if (enumeration) {
      const constants =
        enumeration
          .enumConstants()
          ?.id_list()
          .map((id) => id.getText()) ?? [];
      return { ...common, kind: 'enum', name: enumeration.id().getText(), constants };
    }
    const contract = node.interfaceDeclaration();
    if (contract) {
      const parents = contract.typeList();
      return {
        ...common,
        kind: 'interface',
        name: contract.id().getText(),
        interfaces: parents ? readTypes(parents) : [],
        members: contract
          .interfaceBody()
          .interfaceMethodDeclaration_list()
          .map((part) => this.contract(part)),
      };
    }
    const declared = node.classDeclaration();
    if (!declared) return undefined;
    const parent = declared.typeRef();
    const interfaces = declared.typeList();
    return {
      ...common,
      kind: 'class',
      name: declared.id().getText(),
      extends: parent ? readType(parent) : undefined,
      interfaces: interfaces ? readTypes(interfaces) : [],
      members: declared
        .classBody()
        .classBodyDeclaration_list()
        .flatMap((part) => this.member(part)),
    };
  }

  private contract(node: tree.InterfaceMethodDeclarationContext): Member {
    const returns = node.typeRef();
    return {
      kind: 'method',
      modifiers: readModifiers(node.modifier_list()),
      name: node.id().getText(),
      returns: returns ? readType(returns) : { name: 'void', args: [], line: node.start.line },
      parameters: this.parameters(node.formalParameters()),
      body: undefined,
      line: node.start.line,
    };
  }

  private member(node: tree.ClassBodyDeclarationContext): Member[] {
    const block = node.block();
    const line = node.start.line;
    if (block) {
      const modifiers = readModifiers([]);
      return [
        {
          kind: 'initializer',
          isStatic: Boolean(node.STATIC()),
          body: this.statements.block(block),
          modifiers,
          line,
        },
      ];
    }
    const declared = node.memberDeclaration();
    return declared ? [this.declared(declared, readModifiers(node.modifier_list()))] : [];
  }

  declared(node: MemberNode, modifiers: Modifiers): Member {
    const line = node.start.line;
    const nested = this.type(node, modifiers);
    if (nested) return { kind: 'type', declaration: nested, modifiers, line };
    const field = node.fieldDeclaration();
    if (field) {
      const declarators = this.statements.declarators(field.variableDeclarators());
      return { kind: 'field', type: readType(field.typeRef()), declarators, modifiers, line };
    }
    const property = node.propertyDeclaration();
    if (property) return this.property(property, modifiers);
    const method = node.methodDeclaration();
    if (method) return this.method(method, modifiers);
    const constructor = 'constructorDeclaration' in node ? node.constructorDeclaration() : undefined;
    if (!constructor) return unsupported(node.getText(), this.source.at(node));
    return {
      kind: 'method',
      modifiers,
      name: constructor.qualifiedName().getText(),
      returns: undefined,
      parameters: this.parameters(constructor.formalParameters()),
      body: this.statements.block(constructor.block()),
      line,
    };
  }

  private property(node: tree.PropertyDeclarationContext, modifiers: Modifiers): Member {
    const blocks = node.propertyBlock_list();
    const read = (
      part: tree.GetterContext | tree.SetterContext | undefined,
    ): { body: ReturnType<StatementReader['block']> | undefined; line: number } | undefined => {
      if (!part) return undefined;
      const block = part.block();
      return { body: block ? this.statements.block(block) : undefined, line: part.start.line };
    };
    return {
      kind: 'property',
      modifiers,
      type: readType(node.typeRef()),
      name: node.id().getText(),
      getter: read(blocks.map((block) => block.getter()).find(Boolean)),
      setter: read(blocks.map((block) => block.setter()).find(Boolean)),
      line: node.start.line,
    };
  }

  private method(node: tree.MethodDeclarationContext, modifiers: Modifiers): Member {
    const returns = node.typeRef();
    const body = node.block();
    return {
      kind: 'method',
      modifiers,
      name: node.id().getText(),
      returns: returns ? readType(returns) : { name: 'void', args: [], line: node.start.line },
      parameters: this.parameters(node.formalParameters()),
      body: body ? this.statements.block(body) : undefined,
      line: node.start.line,
    };
  }

  private parameters(node: tree.FormalParametersContext): ParameterNode[] {
    const list = node.formalParameterList()?.formalParameter_list() ?? [];
    return list.map((part) => ({ name: part.id().getText(), type: readType(part.typeRef()) }));
  }
}
