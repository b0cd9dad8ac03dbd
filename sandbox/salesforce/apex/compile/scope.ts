import type { Frame } from '../runtime/frame.ts';
import type { Value } from '../runtime/values.ts';
import { ApexSourceError } from '../syntax/source.ts';
import type { Place } from '../syntax/source.ts';
import type { ClassInfo } from '../types/class-info.ts';
import { conversion } from '../types/conversions.ts';
import type { Program } from '../types/program.ts';
import type { Type } from '../types/type.ts';

/** Compiled code of an expression. */
export type Eval = (frame: Frame) => Value;

/** Somewhere a value is kept, found once and then read and written. */
export interface Cell {
  get(): Value;
  set(value: Value): void;
}

/** A compiled expression with its static type. */
export interface Typed {
  readonly type: Type;
  readonly run: Eval;
  /** Only of what may stand left of an assignment. */
  readonly cell?: (frame: Frame) => Cell;
  /** Whether it is a record's parent: a missing one reads as null all the way down. */
  readonly isParent?: boolean;
}

interface Local {
  readonly type: Type;
  readonly slot: number;
}

/** What a stretch of code sees: the class around it and its local variables. */
export class Scope {
  readonly program: Program;
  readonly owner: ClassInfo;
  readonly isStatic: boolean;
  readonly returns: Type;
  /** Inside a property's own accessor the property's name means the value behind it. */
  readonly accessorOf: string | undefined;
  private readonly parent: Scope | undefined;
  private readonly locals = new Map<string, Local>();
  private readonly slots: { next: number };

  constructor(
    program: Program,
    site: { owner: ClassInfo; isStatic: boolean; returns: Type; accessorOf?: string | undefined },
    parent?: Scope,
  ) {
    this.program = program;
    this.owner = site.owner;
    this.isStatic = site.isStatic;
    this.returns = site.returns;
    this.accessorOf = site.accessorOf;
    this.parent = parent;
    this.slots = parent?.slots ?? { next: 0 };
  }

  inner(): Scope {
    return new Scope(this.program, this, this);
  }

  place(line: number): Place {
    return { file: this.owner.file, line };
  }

  /** @throws ApexSourceError always. */
  fail(message: string, line: number): never {
    throw new ApexSourceError(message, this.place(line));
  }

  local(name: string): Local | undefined {
    return this.locals.get(name.toLowerCase()) ?? this.parent?.local(name);
  }

  /** @returns the slot of a new local variable. */
  declare(name: string, type: Type, line: number): number {
    if (this.local(name) !== undefined) this.fail(`Duplicate variable: ${name}`, line);
    return this.add(name, type);
  }

  private add(name: string, type: Type): number {
    const slot = this.slots.next;
    this.slots.next += 1;
    this.locals.set(name.toLowerCase(), { type, slot });
    return slot;
  }

  /** Code for a value as another type. @throws ApexSourceError where the types do not fit. */
  convert(value: Typed, to: Type, line: number): Eval {
    const step = conversion(value.type, to);
    if (step === undefined) {
      return this.fail(`Illegal assignment from ${value.type.toString()} to ${to.toString()}`, line);
    }
    const { apply } = step;
    const { run } = value;
    return apply === undefined ? run : (frame) => apply(run(frame));
  }
}
