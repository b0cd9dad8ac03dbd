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
  readonly jobs: QueuedJob[] = [];
  /** Scheduled within startTest and stopTest. */
  readonly scheduled: { readonly job: ApexInstance; readonly triggerId: string }[] = [];
}
