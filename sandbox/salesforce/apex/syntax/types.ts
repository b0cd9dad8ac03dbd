import type {
  CreatedNameContext,
  ModifierContext,
  TypeListContext,
  TypeRefContext,
} from '@apexdevtools/apex-parser';
import type { Modifiers, TypeNode } from './ast.ts';

/** A type as the source writes it. */
export function readType(node: TypeRefContext): TypeNode {
  const line = node.start.line;
  const names = node.typeName_list();
  const last = names.at(-1);
  const inner = last?.typeArguments();
  const args = inner ? readTypes(inner.typeList()) : [];
  const name = names
    .map((part) => (part.LIST() ?? part.SET() ?? part.MAP())?.getText() ?? part.id().getText())
    .join('.');
  let type: TypeNode = { name, args, line };
  const arrays = node.arraySubscripts()?.getText() ?? '';
  for (let depth = 0; depth < arrays.length; depth += 2) type = { name: 'List', args: [type], line };
  return type;
}

export function readTypes(node: TypeListContext): TypeNode[] {
  return node.typeRef_list().map(readType);
}

/** The type behind `new`. */
export function readCreated(node: CreatedNameContext): TypeNode {
  const pairs = node.idCreatedNamePair_list();
  const list = pairs.at(-1)?.typeList();
  return {
    name: pairs.map((pair) => pair.anyId().getText()).join('.'),
    args: list ? readTypes(list) : [],
    line: node.start.line,
  };
}

export function readModifiers(nodes: readonly ModifierContext[]): Modifiers {
  const words = new Set<string>();
  const annotations = new Map<string, string>();
  for (const node of nodes) {
    const annotation = node.annotation();
    if (annotation) {
      const content = (annotation.elementValuePairs() ?? annotation.elementValue())?.getText() ?? '';
      annotations.set(annotation.id().getText().toLowerCase(), content);
    } else if (node.TESTMETHOD()) annotations.set('istest', '');
    else if (node.SHARING()) {
      words.add(`${node.getText().toLowerCase().replace('sharing', '')} sharing`);
    } else words.add(node.getText().toLowerCase());
  }
  return { words, annotations };
}
