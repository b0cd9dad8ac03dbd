import type { UserContext } from '../../org/types.ts';
import type { TriggerContext } from '../data/trigger-context.ts';
import type { ClassInfo, FieldInfo } from '../types/class-info.ts';
import type { Program } from '../types/program.ts';
import { listOf } from '../types/type.ts';
import type { Coverage } from '../run/coverage.ts';
import { ApexFailure, nullPointer, raise } from './errors.ts';
import { Frame } from './frame.ts';
import type { HttpFailure, HttpResult } from './http.ts';
import type { ApexHost } from './host.ts';
import { invoke } from './invoke.ts';
import { Limits } from './limits.ts';
import { notEmulated } from './read.ts';
import type { TestRun } from './test-run.ts';
import { ApexInstance, ApexList, ApexSObject } from './values.ts';
import type { ApexNative, Value } from './values.ts';

interface Traits {
  readonly user: UserContext;
  readonly limits?: Limits;
  readonly coverage?: Coverage | undefined;
  readonly test?: TestRun;
  /** Answers to the callouts of an earlier attempt, in order. */
  readonly answers?: readonly (HttpResult | HttpFailure)[];
  /** What kind of code began it. */
  readonly context?: 'synchronous' | 'action' | 'aura' | 'bulk' | 'queueable' | 'finalizer' | 'scheduled';
  /** The queueable or scheduled object that it runs. */
  readonly job?: ApexInstance;
}

const SETUP_OBJECTS: ReadonlySet<string> = new Set([
  'User',
  'UserRole',
  'Group',
  'GroupMember',
  'PermissionSet',
  'PermissionSetAssignment',
  'ObjectPermissions',
  'FieldPermissions',
  'QueueSObject',
]);

/** Rows that a query loop hands out at a time. */
const LOOP_BATCH = 200;

/** One run of Apex from start to commit: static state, limits, the running user. */
export class Transaction {
  readonly host: ApexHost;
  readonly program: Program;
  readonly statics = new Map<FieldInfo, Value>();
  readonly initialised = new Set<ClassInfo>();
  readonly coverage: Coverage | undefined;
  readonly test: TestRun | undefined;
  readonly context: NonNullable<Traits['context']>;
  readonly job: ApexInstance | undefined;
  readonly answers: readonly (HttpResult | HttpFailure)[];
  /** Callouts made so far. */
  calledOut = 0;
  user: UserContext;
  limits: Limits;
  /** Whether data was changed, so that no callout may follow. */
  uncommitted = false;
  /** Setup records and others may not be saved in one transaction; what was saved so far. */
  private savedKind: 'setup' | 'other' | undefined;
  /** Innermost last. */
  readonly triggers: TriggerContext[] = [];
  readonly debugLog: string[] = [];
  /** Those that can still be gone back to, in their order. */
  readonly savepoints: object[] = [];
  /** What a queueable attached to run after it. */
  finalizer: ApexInstance | undefined;

  constructor(host: ApexHost, traits: Traits) {
    this.host = host;
    this.program = host.program;
    this.user = traits.user;
    this.limits = traits.limits ?? new Limits();
    this.coverage = traits.coverage;
    this.test = traits.test;
    this.context = traits.context ?? 'synchronous';
    this.answers = traits.answers ?? [];
    this.job = traits.job;
  }

  /** The frame below the first call. */
  root(label = 'AnonymousBlock'): Frame {
    return new Frame(this, undefined, { owner: undefined, label, self: null });
  }

  /** Calls an object's own method by name and number of arguments, or answers undefined where it has none. */
  callNamed(self: ApexInstance, name: string, args: readonly Value[], caller: Frame): Value | undefined {
    const found = self.class
      .methodsNamed(name.toLowerCase())
      .find((method) => !method.isStatic && method.parameters.length === args.length);
    const method = found && self.class.implementation(found);
    return method && invoke(method, self, args, caller);
  }

  /** The Apex exception for what library code raised. */
  exceptionOf(failure: ApexFailure, frame: Frame): ApexInstance {
    const info = this.program.classes.get(failure.type.toLowerCase());
    if (info === undefined) throw new Error(`No such exception: ${failure.type}`);
    const exception = new ApexInstance(info);
    exception.failure = {
      message: failure.message,
      cause: null,
      trace: frame.trace(),
      line: frame.line,
      rows: failure.rows,
    };
    return exception;
  }

  /** `System.NullPointerException`; the package's own without a namespace. */
  exceptionName(info: ClassInfo): string {
    return info.isOwn ? info.name : `System.${info.name}`;
  }

  showNative(value: ApexNative, _frame: Frame): string {
    const shown: unknown = 'shown' in value.state ? value.state.shown : undefined;
    return typeof shown === 'string' ? shown : value.name;
  }

  /** A query's rows as a loop over lists gets them. */
  batchesOf(collection: Value): Value[] {
    if (!(collection instanceof ApexList)) return [collection];
    const batches: Value[] = [];
    for (let from = 0; from < collection.items.length; from += LOOP_BATCH) {
      batches.push(
        new ApexList(listOf(collection.type.arg(0)), collection.items.slice(from, from + LOOP_BATCH)),
      );
    }
    return batches;
  }

  /** Runs a block as another user; only tests may. */
  runAs<T>(user: Value, frame: Frame, block: () => T): T {
    if (this.test === undefined) raise('TypeException', 'System.runAs can be used only in test methods');
    if (user === null) return nullPointer();
    if (!(user instanceof ApexSObject)) return notEmulated('System.runAs of a package version', frame);
    const { id } = user;
    const context = id === null ? undefined : this.host.userById(id);
    if (context === undefined)
      return raise('UnexpectedException', `System.runAs: this sandbox has no user ${id ?? 'without an Id'}`);
    const before = this.user;
    const kind = this.savedKind;
    this.user = context;
    this.savedKind = undefined;
    try {
      return block();
    } finally {
      this.user = before;
      this.savedKind = kind;
    }
  }

  /** @throws ApexFailure where setup records and others are mixed; `System.runAs` keeps them apart. */
  checkMixedSave(object: string, operation: string): void {
    const kind = SETUP_OBJECTS.has(object) ? 'setup' : 'other';
    if (this.savedKind !== undefined && this.savedKind !== kind) {
      const text =
        `${operation} failed. First exception on row 0; first error: MIXED_DML_OPERATION, DML operation on setup object is not ` +
        `permitted after you have updated a non-setup object (or vice versa): ${object}: []`;
      raise('DmlException', text);
    }
    this.savedKind = kind;
  }

  /** `addError` on a record that a trigger holds. */
  refuse(record: ApexSObject, message: string, field?: string): void {
    if (record.refuse === undefined) raise('FinalException', 'SObject row does not allow errors');
    else record.refuse(message, field);
  }
}
