import type { Clock } from '../../../common/clock.ts';
import type { SandboxOrg } from '../../org/org.ts';
import type { TriggerEvent, Triggers } from '../../org/triggers.ts';
import { ApiError } from '../../org/types.ts';
import type { UserContext } from '../../org/types.ts';
import { fire } from '../data/fire.ts';
import { plain } from '../data/query.ts';
import { exceptionType, standardLibrary } from '../lib/library.ts';
import type { ApexHost, HasPermission, QueuedJob, ScheduledJob } from '../runtime/host.ts';
import { CalloutPending } from '../runtime/http.ts';
import type { HttpExchange, HttpFailure, HttpResult } from '../runtime/http.ts';
import { Transaction } from '../runtime/transaction.ts';
import { codeOf } from '../runtime/invoke.ts';
import { ApexSourceError } from '../syntax/source.ts';
import { loadSources } from '../types/load.ts';
import type { ApexSource } from '../types/load.ts';
import { Program } from '../types/program.ts';

export interface ApexOptions {
  readonly org: SandboxOrg;
  readonly clock: Clock;
  readonly sources: readonly ApexSource[];
  /** Custom labels by name. */
  readonly labels?: ReadonlyMap<string, string>;
  userById(id: string): UserContext | undefined;
  readonly hasPermission: HasPermission;
  /** Where the org is reached; a made-up domain without it. */
  readonly orgUrl?: string | undefined;
  /** Everything is open to everybody where this is absent. */
}

/** Sees every object and field: what is not there for this user is not there. */
const EVERYTHING: UserContext = {
  id: '',
  username: '',
  isAdmin: true,
  timeZone: 'utc',
  fieldAccess: () => 'edit',
};

/** The package's Apex in one org: what triggers, tests, components and jobs run on. */
export class Apex implements ApexHost {
  readonly program: Program;
  readonly org: SandboxOrg;
  readonly clock: Clock;
  readonly orgUrl: string;
  readonly hasPermission: HasPermission;
  readonly credentials = new Map<string, ReadonlyMap<string, string>>();
  readonly signatures = new Set<string>();
  current: Transaction | undefined;
  /** Takes jobs whose transactions have committed; tests run theirs themselves. */
  onJob: ((job: QueuedJob) => void) | undefined;
  onSchedule: ((job: ScheduledJob) => void) | undefined;
  readonly userById: (id: string) => UserContext | undefined;
  /** The transaction of a save from outside Apex, from its `before` to its `after`. */
  private outside: { transaction: Transaction; key: string } | undefined;

  /** @throws ApexSourceError where a source is no Apex, or names what does not exist. */
  constructor(options: ApexOptions) {
    this.org = options.org;
    this.clock = options.clock;
    this.orgUrl = options.orgUrl ?? 'https://sandbox.my.salesforce.com';
    this.userById = (id) => options.userById(id);
    this.hasPermission = options.hasPermission;
    this.program = new Program(options.org.schema, standardLibrary());
    for (const [name, label] of options.labels ?? []) this.program.labels.set(name.toLowerCase(), label);
    loadSources(this.program, options.sources, exceptionType());
  }

  /**
   * Compiles everything, triggers included, and asks every query once, so that nothing unknown is left for later.
   * @returns what does not compile, in the order of the sources.
   */
  check(): Error[] {
    const errors: Error[] = [];
    const attempt = (work: () => unknown): void => {
      try {
        work();
      } catch (error) {
        errors.push(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const visit = (info: (typeof this.program.triggers)[number]['class']): void => {
      for (const methods of [...info.methods.values(), info.constructors]) {
        for (const method of methods)
          if (method.body !== undefined) attempt(() => codeOf(this.program, method));
      }
      for (const step of [...info.staticInit, ...info.instanceInit]) {
        if (step.kind === 'block') attempt(() => codeOf(this.program, step.method));
        else if (step.field.init !== undefined) attempt(() => codeOf(this.program, step.field));
      }
      for (const field of info.fields.values()) {
        for (const accessor of [field.getter, field.setter])
          if (accessor) attempt(() => codeOf(this.program, accessor));
      }
      for (const inner of info.inner.values()) visit(inner);
    };
    for (const info of this.program.classes.values()) if (info.isOwn) visit(info);
    for (const trigger of this.program.triggers) visit(trigger.class);
    for (const { text, place } of this.program.queries) {
      attempt(() => {
        try {
          this.org.query(EVERYTHING, plain(text));
        } catch (error) {
          throw error instanceof ApiError ? new ApexSourceError(error.message, place) : error;
        }
      });
    }
    return errors;
  }

  callout(request: HttpExchange, transaction: Transaction): HttpResult | HttpFailure {
    const answer = transaction.answers[transaction.calledOut - 1];
    if (answer === undefined) throw new CalloutPending(request);
    return answer;
  }

  enqueue(job: QueuedJob): void {
    const { signature } = job;
    if (signature !== undefined) this.signatures.add(signature);
    this.org.afterCommit(
      () => this.onJob?.(job),
      () => {
        if (signature !== undefined) this.signatures.delete(signature);
      },
    );
  }

  schedule(job: ScheduledJob): void {
    this.org.afterCommit(() => this.onSchedule?.(job));
  }

  /** What the org calls on every save. */
  readonly triggers: Triggers = {
    before: (event) => {
      this.onSave(event, 'before');
    },
    after: (event) => {
      this.onSave(event, 'after');
    },
  };

  private onSave(event: TriggerEvent, timing: 'before' | 'after'): void {
    if (this.current !== undefined) {
      fire(event, timing, this.current);
      return;
    }
    if (
      !this.program.triggers.some(
        ({ declaration }) => declaration.object.toLowerCase() === event.object.toLowerCase(),
      )
    )
      return;
    const key = `${event.operation} ${event.object}`;
    const known = timing === 'after' && this.outside?.key === key ? this.outside.transaction : undefined;
    const context = event.isBulk === true ? 'bulk' : 'synchronous';
    const transaction = known ?? new Transaction(this, { user: event.user, context });
    this.outside = timing === 'before' ? { transaction, key } : undefined;
    this.current = transaction;
    try {
      fire(event, timing, transaction);
    } finally {
      this.current = undefined;
    }
  }
}
