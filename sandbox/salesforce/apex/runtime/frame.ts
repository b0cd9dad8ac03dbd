import type { ClassInfo } from '../types/class-info.ts';
import type { Transaction } from './transaction.ts';
import type { ApexInstance, Value } from './values.ts';

/** Only a class that says "inherited sharing" runs with sharing where it is the first of its transaction. */
function holdsSharing({ sharing }: ClassInfo, caller: Frame | undefined): boolean {
  if (sharing === 'with' || sharing === 'without') return sharing === 'with';
  return caller?.owner === undefined ? sharing === 'inherited' : caller.withSharing;
}

/** One call on the stack. */
export class Frame {
  readonly transaction: Transaction;
  readonly caller: Frame | undefined;
  readonly owner: ClassInfo | undefined;
  /** As stack traces show it: `Class.Foo.bar`. */
  readonly label: string;
  readonly self: ApexInstance | null;
  readonly slots: Value[] = [];
  line = 0;
  result: Value = null;
  readonly depth: number;
  /** Whether system mode respects record sharing here. */
  readonly withSharing: boolean;

  constructor(
    transaction: Transaction,
    caller: Frame | undefined,
    site: { owner: ClassInfo | undefined; label: string; self: ApexInstance | null },
  ) {
    this.transaction = transaction;
    this.caller = caller;
    this.owner = site.owner;
    this.label = site.label;
    this.self = site.self;
    this.depth = caller === undefined ? 0 : caller.depth + 1;
    this.withSharing = site.owner !== undefined && holdsSharing(site.owner, caller);
  }

  /** The stack as Apex prints it, innermost call first. */
  trace(): string[] {
    const lines = this.line > 0 ? [`${this.label}: line ${this.line}, column 1`] : [];
    for (let at = this.caller; at !== undefined; at = at.caller) {
      if (at.line > 0) lines.push(`${at.label}: line ${at.line}, column 1`);
    }
    return lines;
  }
}
