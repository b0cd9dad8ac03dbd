import type { Clock } from '../../../common/clock.ts';
import type { SandboxOrg } from '../../org/org.ts';
import type { ObjectAccess, UserContext } from '../../org/types.ts';
import type { Program } from '../types/program.ts';
import type { HttpExchange, HttpFailure, HttpResult } from './http.ts';
import type { Cron } from '../run/cron.ts';
import type { ApexInstance } from './values.ts';
import type { Transaction } from './transaction.ts';

/** A custom permission check. */
export type HasPermission = (user: UserContext, permission: string) => boolean;

/** What a permission set opens of an object, beyond the user's own records too. */
export interface ObjectPermissions extends ObjectAccess {
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
}

/** A queueable that waits for its transaction to commit. */
export interface QueuedJob {
  readonly id: string;
  readonly job: ApexInstance;
  readonly user: UserContext;
  readonly delayMinutes: number;
  /** While it waits, no job of the same signature may be enqueued. */
  readonly signature?: string | undefined;
}

/** A job that runs whenever its expression says so. */
export interface ScheduledJob {
  /** Of its CronTrigger. */
  readonly triggerId: string;
  readonly job: ApexInstance;
  readonly user: UserContext;
  readonly expression: Cron;
}

/** What transactions need of the org around them. */
export interface ApexHost {
  readonly program: Program;
  readonly org: SandboxOrg;
  readonly clock: Clock;
  /** Where the org is reached, as `URL.getOrgDomainUrl()` says it. */
  readonly orgUrl: string;
  /** The context of another user of the org, for `System.runAs` and jobs. */
  userById(id: string): UserContext | undefined;
  readonly hasPermission: HasPermission;
  /** Secrets of external credentials, by `credential/principal` in lower case: parameter name to value. */
  readonly credentials: Map<string, ReadonlyMap<string, string>>;
  /** The transaction that runs now: triggers join it. */
  current: Transaction | undefined;
  /**
   * Answers a callout, from what was received before if the transaction is being run again.
   * @throws CalloutPending where the answer has to be waited for.
   */
  callout(request: HttpExchange, transaction: Transaction): HttpResult | HttpFailure;
  /** Signatures of jobs that wait, those of the running transaction included. */
  readonly signatures: Set<string>;
  /** Takes a job that is to run once the transaction has committed. */
  enqueue(job: QueuedJob): void;
  /** Takes a job that is to run at its times once the transaction has committed. */
  schedule(job: ScheduledJob): void;
}
