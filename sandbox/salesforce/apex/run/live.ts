import type { Clock } from '../../../common/clock.ts';
import type { UserContext } from '../../org/types.ts';
import { parsed } from '../data/json-source.ts';
import { readJson, writeJson } from '../data/json.ts';
import { JobContext } from '../lib/async.ts';
import { finalize, finalizerLimits } from '../lib/finalizers.ts';
import { display } from '../runtime/display.ts';
import { LimitFailure, Thrown } from '../runtime/errors.ts';
import type { QueuedJob, ScheduledJob } from '../runtime/host.ts';
import { CalloutPending } from '../runtime/http.ts';
import type { HttpExchange, HttpFailure, HttpResult } from '../runtime/http.ts';
import { invoke } from '../runtime/invoke.ts';
import { ASYNC_LIMITS, Limits } from '../runtime/limits.ts';
import { Transaction } from '../runtime/transaction.ts';
import { ApexNative } from '../runtime/values.ts';
import type { ApexInstance } from '../runtime/values.ts';
import type { MethodInfo } from '../types/class-info.ts';
import type { Apex } from './apex.ts';
import { nextFire } from './cron.ts';

export interface LiveOptions {
  readonly clock: Clock;
  /** Sends a callout out. */
  readonly send: (request: HttpExchange) => Promise<HttpResult | HttpFailure>;
  /** Told of jobs that fail; nobody waits for them. */
  readonly onJobFailure?: (error: unknown) => void;
}

/** What a component gets from a method. */
export type AuraOutcome =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly exceptionType: string;
      readonly message: string;
      readonly stackTrace: string;
    };

type Work<T> = (transaction: Transaction) => T;

/** What begins a transaction. */
interface Way {
  readonly context: Transaction['context'];
  readonly job?: ApexInstance;
  /** Makes those of one attempt. */
  readonly limits: () => Limits;
}

const asyncLimits = (): Limits => new Limits(ASYNC_LIMITS);
const FROM_COMPONENT: Way = { context: 'aura', limits: () => new Limits() };

/** The package's Apex outside tests: methods for components, queueables, scheduled jobs, callouts. */
export class LiveApex {
  private readonly apex: Apex;
  private readonly options: LiveOptions;
  private readonly running = new Set<Promise<void>>();
  private delayed: { readonly at: number; readonly queued: QueuedJob }[] = [];
  private scheduled: (ScheduledJob & { at: number })[] = [];

  constructor(apex: Apex, options: LiveOptions) {
    this.apex = apex;
    this.options = options;
    apex.onJob = (queued) => {
      this.take(queued);
    };
    apex.onSchedule = (job) => {
      const at = nextFire(job.expression, options.clock.now(), job.user.timeZone);
      if (at !== undefined) this.scheduled.push({ ...job, at });
    };
  }

  /**
   * Runs work as one transaction. A callout cannot be waited for in the middle of it, so that the work is taken back
   * and run again with the answer at hand: as no callout may follow a save, nothing is lost by that.
   */
  private async transact<T>(user: UserContext, work: Work<T>, { limits, ...way }: Way): Promise<T> {
    const answers: (HttpResult | HttpFailure)[] = [];
    for (;;) {
      const transaction = new Transaction(this.apex, { user, answers, limits: limits(), ...way });
      try {
        return this.apex.org.transaction(
          () => {
            this.apex.current = transaction;
            try {
              return work(transaction);
            } finally {
              this.apex.current = undefined;
            }
          },
          () => true,
        );
      } catch (error) {
        if (!(error instanceof CalloutPending)) throw error;
        answers.push(await this.options.send(error.request));
      }
    }
  }

  /**
   * Calls an `@AuraEnabled` method with named parameters, as a component does.
   * @throws Error where there is no such method; what the method throws is answered.
   */
  async callAura(
    className: string,
    methodName: string,
    params: Readonly<Record<string, unknown>>,
    user: UserContext,
  ): Promise<AuraOutcome> {
    const method = this.auraMethod(className, methodName);
    let current: Transaction | undefined;
    try {
      const value = await this.transact(
        user,
        (transaction) => {
          current = transaction;
          const frame = transaction.root();
          const given = parsed(JSON.stringify(params));
          const named = new Map(Object.entries(typeof given === 'object' && given !== null ? given : {}));
          const args = method.parameters.map(({ name, type }) =>
            readJson(named.get(name) ?? null, type, false, frame),
          );
          return writeJson(invoke(method, null, args, frame), false, frame);
        },
        FROM_COMPONENT,
      );
      return { ok: true, value };
    } catch (error) {
      if (error instanceof LimitFailure)
        return { ok: false, exceptionType: 'System.LimitException', message: error.message, stackTrace: '' };
      if (!(error instanceof Thrown) || current === undefined) throw error;
      const { exception } = error;
      return {
        ok: false,
        exceptionType: current.exceptionName(exception.class),
        message: exception.failure?.message ?? display(exception, current.root()),
        stackTrace: exception.failure?.trace.join('\n') ?? '',
      };
    }
  }

  /** What components may know of an `@AuraEnabled` method; undefined where there is none of that name. */
  componentMethod(className: string, methodName: string): { readonly isCacheable: boolean } | undefined {
    const annotation = this.findAuraMethod(className, methodName)?.modifiers.annotations.get('auraenabled');
    return annotation === undefined ? undefined : { isCacheable: /cacheable\s*=\s*true/i.test(annotation) };
  }

  private findAuraMethod(className: string, methodName: string): MethodInfo | undefined {
    const info = this.apex.program.classes.get(className.toLowerCase());
    if (info?.isOwn !== true) return undefined;
    return info.methods
      .get(methodName.toLowerCase())
      ?.find((one) => one.isStatic && one.modifiers.annotations.has('auraenabled'));
  }

  private auraMethod(className: string, methodName: string): MethodInfo {
    const method = this.findAuraMethod(className, methodName);
    if (method === undefined) throw new Error(`No @AuraEnabled method ${className}.${methodName}`);
    return method;
  }

  private take(queued: QueuedJob): void {
    if (queued.delayMinutes > 0)
      this.delayed.push({ at: this.options.clock.now() + queued.delayMinutes * 60_000, queued });
    else this.start(() => this.runQueued(queued));
  }

  /** A job gives its signature back as it begins. What it attached runs after it, however it ends. */
  private async runQueued(queued: QueuedJob): Promise<void> {
    const { job, user, id, signature } = queued;
    if (signature !== undefined) this.apex.signatures.delete(signature);
    const context = new ApexNative('QueueableContext', new JobContext(id));
    let ran: Transaction | undefined;
    const finish = async (exception: ApexInstance | null): Promise<void> => {
      const finalizer = ran?.finalizer;
      if (finalizer === undefined) return;
      await this.transact(
        user,
        (transaction) => {
          finalize(finalizer, queued, exception, transaction);
        },
        { context: 'finalizer', job: finalizer, limits: finalizerLimits },
      );
    };
    try {
      await this.transact(
        user,
        (transaction) => {
          ran = transaction;
          transaction.callNamed(job, 'execute', [context], transaction.root());
        },
        { context: 'queueable', job, limits: asyncLimits },
      );
    } catch (error) {
      if (error instanceof Thrown) await finish(error.exception);
      throw error;
    }
    await finish(null);
  }

  private async runScheduled({ user, job, triggerId }: ScheduledJob): Promise<void> {
    const context = new ApexNative('SchedulableContext', new JobContext(triggerId));
    await this.transact(
      user,
      (transaction) => transaction.callNamed(job, 'execute', [context], transaction.root()),
      { context: 'scheduled', job, limits: asyncLimits },
    );
  }

  private start(work: () => Promise<void>): void {
    const run = (async () => {
      // After the save that asked for it has been answered.
      await new Promise(setImmediate);
      try {
        await work();
      } catch (error) {
        this.options.onJobFailure?.(error);
      }
    })();
    this.running.add(run);
    void run.finally(() => this.running.delete(run));
  }

  /** Starts what is due by the clock: delayed queueables and scheduled jobs. */
  tick(): void {
    const now = this.options.clock.now();
    const due = this.delayed.filter(({ at }) => at <= now);
    this.delayed = this.delayed.filter(({ at }) => at > now);
    for (const { queued } of due) this.start(() => this.runQueued(queued));
    this.scheduled = this.scheduled.filter(({ triggerId }) => this.isWaiting(triggerId));
    for (const one of this.scheduled) if (one.at <= now) this.fire(one, now);
  }

  private isWaiting(triggerId: string): boolean {
    const row = this.apex.org.table('CronTrigger')?.get(triggerId);
    return row?.['State'] === 'WAITING';
  }

  private fire(one: ScheduledJob & { at: number }, now: number): void {
    const { triggerId, user } = one;
    const times = this.apex.org.table('CronTrigger')?.get(triggerId)?.['TimesTriggered'];
    const next = nextFire(one.expression, now, user.timeZone);
    this.apex.org.systemWrite(triggerId, {
      PreviousFireTime: new Date(one.at).toISOString(),
      NextFireTime: next === undefined ? null : new Date(next).toISOString(),
      TimesTriggered: (typeof times === 'number' ? times : 0) + 1,
      State: next === undefined ? 'COMPLETE' : 'WAITING',
    });
    one.at = next ?? Number.POSITIVE_INFINITY;
    this.start(() => this.runScheduled(one));
  }

  /** Forgets waiting jobs and what credentials hold. */
  reset(): void {
    this.delayed = [];
    this.scheduled = [];
    this.apex.credentials.clear();
    this.apex.signatures.clear();
  }

  /** Waits until no job runs, those that jobs enqueue included. */
  async settle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }
}
