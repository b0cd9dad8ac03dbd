import type { SandboxOrg } from '../../org/org.ts';
import type { QueuedJob } from './host.ts';
import type { Limits } from './limits.ts';
import type { ApexInstance } from './values.ts';

/** What belongs to one test method beside its transaction. */
export class TestRun {
  /** Answers callouts. */
  mock: ApexInstance | undefined;
  /** Limits outside startTest and stopTest. */
  outer: Limits | undefined;
  /** `before` startTest, `between`, `after` stopTest. */
  phase: 'before' | 'between' | 'after' = 'before';
  /** Enqueued and not begun. */
  jobs: QueuedJob[] = [];
  /** Scheduled within startTest and stopTest. */
  readonly scheduled: { readonly job: ApexInstance; readonly triggerId: string }[] = [];

  /** Takes a job that is to run at stopTest, unless what enqueued it is taken back. */
  take(queued: QueuedJob, org: SandboxOrg): void {
    this.jobs.push(queued);
    org.afterCommit(
      () => undefined,
      () => (this.jobs = this.jobs.filter((one) => one !== queued)),
    );
  }
}
