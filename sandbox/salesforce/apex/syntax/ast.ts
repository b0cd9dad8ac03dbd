/** The compact syntax tree that the compiler works on. Names keep the letters of the source; lines start at 1. */

export interface TypeNode {
  /** Dotted as written; arrays are `List`. */
  readonly name: string;
  readonly args: readonly TypeNode[];
  readonly line: number;
}

interface At {
  readonly line: number;
}

export type Literal =
  | { readonly type: 'null' }
  | { readonly type: 'Boolean'; readonly value: boolean }
  | { readonly type: 'Integer' | 'Long' | 'Decimal' | 'Double' | 'String'; readonly text: string };

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '&&'
  | '||'
  | '=='
  | '!='
  | '==='
  | '!=='
  | '<'
  | '>'
  | '<='
  | '>='
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '>>>'
  | '??';

/** A stretch of SOQL text, or an Apex value bound into it beside the field it is compared with. */
export type SoqlPart = string | { readonly bind: Expression; readonly field: string | undefined };

export type Expression = At &
  (
    | { readonly kind: 'literal'; readonly literal: Literal }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'this' }
    | { readonly kind: 'super' }
    | { readonly kind: 'field'; readonly target: Expression; readonly name: string; readonly safe: boolean }
    | {
        readonly kind: 'call';
        readonly target: Expression | undefined;
        readonly name: string;
        readonly args: readonly Expression[];
        readonly safe: boolean;
      }
    | {
        readonly kind: 'constructor-call';
        readonly of: 'this' | 'super';
        readonly args: readonly Expression[];
      }
    | { readonly kind: 'index'; readonly target: Expression; readonly index: Expression }
    | { readonly kind: 'new'; readonly type: TypeNode; readonly args: readonly Expression[] }
    | { readonly kind: 'new-array'; readonly type: TypeNode; readonly size: Expression }
    | {
        readonly kind: 'new-collection';
        readonly type: TypeNode;
        readonly elements: readonly Expression[];
      }
    | {
        readonly kind: 'new-map';
        readonly type: TypeNode;
        readonly entries: readonly (readonly [Expression, Expression])[];
      }
    | {
        readonly kind: 'assign';
        readonly operator: BinaryOperator | undefined;
        readonly target: Expression;
        readonly value: Expression;
      }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly kind: 'unary'; readonly operator: '+' | '-' | '!' | '~'; readonly operand: Expression }
    | {
        readonly kind: 'step';
        readonly by: 1 | -1;
        readonly prefix: boolean;
        readonly target: Expression;
      }
    | { readonly kind: 'cast'; readonly type: TypeNode; readonly value: Expression }
    | { readonly kind: 'instanceof'; readonly value: Expression; readonly type: TypeNode }
    | {
        readonly kind: 'conditional';
        readonly condition: Expression;
        readonly then: Expression;
        readonly otherwise: Expression;
      }
    | { readonly kind: 'class-literal'; readonly type: TypeNode }
    | { readonly kind: 'soql'; readonly query: SoqlNode }
  );

export interface SoqlNode {
  readonly parts: readonly SoqlPart[];
  readonly object: string;
  readonly count: boolean;
  readonly aggregate: boolean;
  readonly mode: 'user' | 'system' | undefined;
  readonly allRows: boolean;
}

export interface Declarator {
  readonly name: string;
  readonly init: Expression | undefined;
  readonly line: number;
}

export type DmlOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';

export type WhenValue =
  | { readonly kind: 'values'; readonly values: readonly Expression[] }
  | { readonly kind: 'type'; readonly type: TypeNode; readonly name: string }
  | { readonly kind: 'else' };

export interface CatchNode {
  readonly type: TypeNode;
  readonly name: string;
  readonly body: Block;
}

export type Statement = At &
  (
    | Block
    | { readonly kind: 'local'; readonly type: TypeNode; readonly declarators: readonly Declarator[] }
    | { readonly kind: 'expression'; readonly expression: Expression }
    | {
        readonly kind: 'if';
        readonly condition: Expression;
        readonly then: Statement;
        readonly otherwise: Statement | undefined;
      }
    | {
        readonly kind: 'switch';
        readonly value: Expression;
        readonly cases: readonly { readonly when: WhenValue; readonly body: Block }[];
      }
    | {
        readonly kind: 'for';
        readonly init: Statement | readonly Expression[] | undefined;
        readonly condition: Expression | undefined;
        readonly update: readonly Expression[];
        readonly body: Statement | undefined;
      }
    | {
        readonly kind: 'for-each';
        readonly type: TypeNode;
        readonly name: string;
        readonly over: Expression;
        readonly body: Statement | undefined;
      }
    | { readonly kind: 'while'; readonly condition: Expression; readonly body: Statement | undefined }
    | { readonly kind: 'do'; readonly condition: Expression; readonly body: Block }
    | {
        readonly kind: 'try';
        readonly body: Block;
        readonly catches: readonly CatchNode[];
        readonly last: Block | undefined;
      }
    | { readonly kind: 'return'; readonly value: Expression | undefined }
    | { readonly kind: 'throw'; readonly value: Expression }
    | { readonly kind: 'break' }
    | { readonly kind: 'continue' }
    | {
        readonly kind: 'dml';
        readonly operation: DmlOperation;
        readonly value: Expression;
        readonly mode: 'user' | 'system' | undefined;
        readonly key: string | undefined;
      }
    | {
        readonly kind: 'merge';
        readonly master: Expression;
        readonly losers: Expression;
      }
    | { readonly kind: 'run-as'; readonly user: Expression; readonly body: Block }
  );

export interface Block {
  readonly kind: 'block';
  readonly statements: readonly Statement[];
  readonly line: number;
}

export interface Modifiers {
  /** Lower case: public, private, static, virtual, … and `with sharing` as one. */
  readonly words: ReadonlySet<string>;
  /** By lower-case name, with its text between the parentheses. */
  readonly annotations: ReadonlyMap<string, string>;
}

export interface ParameterNode {
  readonly name: string;
  readonly type: TypeNode;
}

export type Member = At & { readonly modifiers: Modifiers } & (
    | { readonly kind: 'field'; readonly type: TypeNode; readonly declarators: readonly Declarator[] }
    | {
        readonly kind: 'property';
        readonly type: TypeNode;
        readonly name: string;
        readonly getter: Accessor | undefined;
        readonly setter: Accessor | undefined;
      }
    | {
        readonly kind: 'method';
        readonly name: string;
        /** Undefined for a constructor. */
        readonly returns: TypeNode | undefined;
        readonly parameters: readonly ParameterNode[];
        readonly body: Block | undefined;
      }
    | { readonly kind: 'initializer'; readonly isStatic: boolean; readonly body: Block }
    | { readonly kind: 'type'; readonly declaration: TypeDeclaration }
  );

export interface Accessor {
  /** Undefined for an automatic one. */
  readonly body: Block | undefined;
  readonly line: number;
}

export interface TypeDeclaration {
  readonly kind: 'class' | 'interface' | 'enum';
  readonly name: string;
  readonly modifiers: Modifiers;
  readonly extends: TypeNode | undefined;
  /** What a class implements, or what an interface extends. */
  readonly interfaces: readonly TypeNode[];
  readonly constants: readonly string[];
  readonly members: readonly Member[];
  readonly line: number;
}

export type TriggerMoment =
  `${'before' | 'after'} ${'insert' | 'update' | 'delete'}` | 'after undelete' | 'before undelete';

export interface TriggerDeclaration {
  readonly name: string;
  readonly object: string;
  readonly moments: ReadonlySet<TriggerMoment>;
  readonly members: readonly Member[];
  readonly body: Block;
  readonly line: number;
}
