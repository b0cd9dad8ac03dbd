import type { Block, Expression, Modifiers, TypeDeclaration } from '../syntax/ast.ts';
import type { NativeType } from './native.ts';
import type { Type } from './type.ts';

export interface ParameterInfo {
  readonly name: string;
  readonly type: Type;
}

/** A method, constructor, accessor or initializer of a class of the package. */
export interface MethodInfo {
  readonly owner: ClassInfo;
  /** `<init>` for constructors. */
  readonly name: string;
  readonly parameters: readonly ParameterInfo[];
  readonly returns: Type;
  readonly isStatic: boolean;
  readonly modifiers: Modifiers;
  /** Undefined where abstract. */
  readonly body: Block | undefined;
  readonly line: number;
}

export interface FieldInfo {
  readonly owner: ClassInfo;
  readonly name: string;
  readonly type: Type;
  readonly isStatic: boolean;
  readonly isFinal: boolean;
  readonly modifiers: Modifiers;
  readonly init: Expression | undefined;
  readonly getter: MethodInfo | undefined;
  readonly setter: MethodInfo | undefined;
  readonly line: number;
}

/** What runs when a class, or an instance of it, comes to life: initial values and blocks in source order. */
export type Initializer =
  | { readonly kind: 'field'; readonly field: FieldInfo }
  | { readonly kind: 'block'; readonly method: MethodInfo };

const SHARING_BY_DEFAULT_SINCE = 67;

/** A class, interface or enum: of the package, or a built-in one that classes of the package may extend. */
export class ClassInfo {
  /** With the outer class: `Outer.Inner`. */
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly file: string;
  readonly declaration: TypeDeclaration;
  readonly outer: ClassInfo | undefined;
  readonly inner = new Map<string, ClassInfo>();
  readonly apiVersion: number;
  /** Whether it belongs to the package; otherwise it is the platform's. */
  readonly isOwn: boolean;
  type: Type | undefined;
  parent: ClassInfo | undefined;
  interfaces: readonly Type[] = [];
  /** Methods that the platform adds to what is written, such as `getMessage` of exceptions. */
  native: NativeType | undefined;
  readonly fields = new Map<string, FieldInfo>();
  readonly methods = new Map<string, MethodInfo[]>();
  readonly constructors: MethodInfo[] = [];
  readonly staticInit: Initializer[] = [];
  readonly instanceInit: Initializer[] = [];
  private readonly dispatch = new Map<string, MethodInfo | undefined>();

  constructor(
    declaration: TypeDeclaration,
    traits: { file: string; outer: ClassInfo | undefined; apiVersion: number; isOwn: boolean },
  ) {
    this.declaration = declaration;
    this.kind = declaration.kind;
    this.outer = traits.outer;
    this.name = traits.outer === undefined ? declaration.name : `${traits.outer.name}.${declaration.name}`;
    this.file = traits.file;
    this.apiVersion = traits.apiVersion;
    this.isOwn = traits.isOwn;
  }

  get isTest(): boolean {
    return this.declaration.modifiers.annotations.has('istest') || this.outer?.isTest === true;
  }

  get isTrigger(): boolean {
    return this.name.startsWith('trigger ');
  }

  /**
   * How record sharing holds. An inner class does not have its outer one's. Without a declaration triggers run without,
   * classes since API 67 with sharing, and older ones as their caller does (Apex Reference, "Versioned Behavior Changes").
   */
  get sharing(): 'with' | 'without' | 'inherited' | 'undeclared' {
    if (this.isTrigger) return 'without';
    const { words } = this.declaration.modifiers;
    for (const sharing of ['with', 'without', 'inherited'] as const) {
      if (words.has(`${sharing} sharing`)) return sharing;
    }
    return this.apiVersion >= SHARING_BY_DEFAULT_SINCE ? 'with' : 'undeclared';
  }

  get isAbstract(): boolean {
    return this.kind === 'interface' || this.declaration.modifiers.words.has('abstract');
  }

  /** Itself and everything above it. */
  *lineage(): Generator<ClassInfo> {
    yield this;
    if (this.parent !== undefined) yield* this.parent.lineage();
    for (const type of this.interfaces) if (type.class !== undefined) yield* type.class.lineage();
  }

  isA(other: ClassInfo): boolean {
    for (const ancestor of this.lineage()) if (ancestor === other) return true;
    return false;
  }

  field(name: string): FieldInfo | undefined {
    return this.fields.get(name) ?? this.parent?.field(name);
  }

  /** Methods of this name as an instance of the class has them: overridden ones stand once. */
  methodsNamed(name: string): MethodInfo[] {
    const found = new Map<string, MethodInfo>();
    for (const ancestor of this.lineage()) {
      for (const method of ancestor.methods.get(name) ?? []) {
        const key = signatureOf(method);
        if (!found.has(key)) found.set(key, method);
      }
    }
    return [...found.values()];
  }

  /** The method that runs when the given one is called on an instance of this class. */
  implementation(method: MethodInfo): MethodInfo | undefined {
    if (isPrivate(method) && method.owner.apiVersion >= PRIVATE_STAYS_SINCE) return method;
    const key = signatureOf(method);
    if (this.dispatch.has(key)) return this.dispatch.get(key);
    const own = this.methods.get(method.name.toLowerCase());
    const found =
      own?.find((one) => one.body !== undefined && signatureOf(one) === key) ??
      this.parent?.implementation(method);
    this.dispatch.set(key, found);
    return found;
  }
}

/** Since then a method of a subclass takes the place of no private one (Apex Versioned Behavior Changes). */
const PRIVATE_STAYS_SINCE = 61;

function isPrivate({ owner, modifiers: { words } }: MethodInfo): boolean {
  return (
    owner.kind === 'class' && !['public', 'protected', 'global'].some((visibility) => words.has(visibility))
  );
}

/** Name and parameter types: what an overriding method shares with the one it overrides. */
export function signatureOf(method: MethodInfo): string {
  return `${method.name.toLowerCase()}(${method.parameters.map((parameter) => parameter.type.key).join(',')})`;
}
