import type { UserContext } from '../../org/types.ts';
import { ApexFailure, AssertFailure, LimitFailure, Thrown } from '../runtime/errors.ts';
import { display } from '../runtime/display.ts';
import { invoke } from '../runtime/invoke.ts';
import { TestRun } from '../runtime/test-run.ts';
import { Transaction } from '../runtime/transaction.ts';
import { ApexSourceError } from '../syntax/source.ts';
import type { ClassInfo, MethodInfo } from '../types/class-info.ts';
import type { Apex } from './apex.ts';
import { Coverage } from './coverage.ts';

/** What became of one test method. */
export interface TestResult {
  readonly class: string;
  readonly method: string;
  /** Absent where it passed. */
  readonly failure?: { readonly message: string; readonly trace: readonly string[] };
  readonly milliseconds: number;
  readonly debugLog: readonly string[];
}

/** Lines that ran of those with a statement. */
export interface ClassCoverage {
  readonly name: string;
  readonly covered: number;
  readonly lines: number;
  readonly missed: readonly number[];
}

export interface TestReport {
  readonly results: readonly TestResult[];
  readonly coverage: readonly ClassCoverage[];
}

const NOTHING_KEPT = (): boolean => false;

function describeFailure(error: unknown, transaction: Transaction): NonNullable<TestResult['failure']> {
  if (error instanceof Thrown) {
    return {
      message: display(error.exception, transaction.root()),
      trace: error.exception.failure?.trace ?? [],
    };
  }
  if (error instanceof AssertFailure)
    return { message: `System.AssertException: ${error.message}`, trace: error.trace };
  if (error instanceof LimitFailure) return { message: `System.LimitException: ${error.message}`, trace: [] };
  if (error instanceof ApexFailure) return { message: `System.${error.type}: ${error.message}`, trace: [] };
  if (error instanceof ApexSourceError) return { message: error.message, trace: [] };
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `The interpreter failed: ${shown}`, trace: [] };
}

function testMethods(info: ClassInfo): MethodInfo[] {
  return [...info.methods.values()]
    .flat()
    .filter((method) => method.isStatic && method.modifiers.annotations.has('istest'));
}

/** Runs tests as a user, each in a transaction that nothing is kept of. */
export class TestRunner {
  private readonly apex: Apex;
  private readonly user: UserContext;
  private readonly coverage = new Coverage();

  constructor(apex: Apex, user: UserContext) {
    this.apex = apex;
    this.user = user;
  }

  /** All test classes, or the one named. */
  run(only?: string): TestReport {
    const classes = [...this.apex.program.classes.values()].filter((info) => info.isOwn && info.isTest);
    const chosen =
      only === undefined ? classes : classes.filter((info) => info.name.toLowerCase() === only.toLowerCase());
    const results = chosen.flatMap((info) => this.runClass(info));
    return { results, coverage: this.report() };
  }

  private runClass(info: ClassInfo): TestResult[] {
    const annotation = info.declaration.modifiers.annotations.get('istest') ?? '';
    const methods = testMethods(info);
    const seesAll = [
      annotation,
      ...methods.map((method) => method.modifiers.annotations.get('istest') ?? ''),
    ].some((text) => /SeeAllData\s*=\s*true/i.test(text));
    if (seesAll) {
      const failure = {
        message: `${info.file}:${info.declaration.line}: not supported by this sandbox: SeeAllData=true`,
        trace: [],
      };
      return methods.map((method) => ({
        class: info.name,
        method: method.name,
        failure,
        milliseconds: 0,
        debugLog: [],
      }));
    }
    const setup = [...info.methods.values()]
      .flat()
      .filter((method) => method.modifiers.annotations.has('testsetup'));
    return methods.map((method) => this.runMethod(info, setup, method));
  }

  private runMethod(info: ClassInfo, setup: readonly MethodInfo[], method: MethodInfo): TestResult {
    const begun = performance.now();
    let transaction = this.begin();
    let failure: TestResult['failure'];
    try {
      this.apex.org.transaction(() => {
        for (const step of setup) {
          transaction = this.begin();
          this.call(step, transaction);
        }
        transaction = this.begin();
        this.call(method, transaction);
      }, NOTHING_KEPT);
    } catch (error) {
      failure = describeFailure(error, transaction);
    }
    const milliseconds = performance.now() - begun;
    return {
      class: info.name,
      method: method.name,
      ...(failure && { failure }),
      milliseconds,
      debugLog: transaction.debugLog,
    };
  }

  private begin(): Transaction {
    return new Transaction(this.apex, { user: this.user, coverage: this.coverage, test: new TestRun() });
  }

  private call(method: MethodInfo, transaction: Transaction): void {
    this.apex.current = transaction;
    try {
      invoke(method, null, [], transaction.root());
    } finally {
      this.apex.current = undefined;
    }
  }

  private report(): ClassCoverage[] {
    const files = new Map<string, ClassInfo>();
    for (const info of this.apex.program.classes.values())
      if (info.isOwn && !info.isTest) files.set(info.file, info);
    return [...files].map(([file, info]) => {
      const lines = this.apex.program.statements.get(file) ?? new Map<number, number>();
      const missed = [...lines]
        .filter(([, number]) => !this.coverage.has(number))
        .map(([line]) => line)
        .toSorted((one, other) => one - other);
      return { name: info.name, covered: lines.size - missed.length, lines: lines.size, missed };
    });
  }
}
