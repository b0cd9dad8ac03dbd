import type { OrgJob } from 'service';
import ServerElement from 'c/serverElement';
import getOrgJobs from '@salesforce/apex/SetupController.getOrgJobs';
import empty from '@salesforce/label/c.Schedule_NoOtherJobs';
import help from '@salesforce/label/c.Schedule_OtherJobsHelp';
import blocked from '@salesforce/label/c.Schedule_JobBlocked';
import job from '@salesforce/label/c.Schedule_Job';
import nextRun from '@salesforce/label/c.Schedule_NextRun';
import paused from '@salesforce/label/c.Schedule_JobPaused';
import reading from '@salesforce/label/c.Schedule_ReadingJobs';
import running from '@salesforce/label/c.Schedule_JobRunning';
import stateLabel from '@salesforce/label/c.Schedule_State';
import title from '@salesforce/label/c.Schedule_OtherJobs';
import waiting from '@salesforce/label/c.Schedule_JobWaiting';

/** Of `CronTrigger.State`. */
const states: Readonly<Record<string, string>> = {
  WAITING: waiting,
  ACQUIRED: running,
  EXECUTING: running,
  PAUSED: paused,
  BLOCKED: blocked,
  PAUSED_BLOCKED: blocked,
};

/** The org's own scheduled jobs, which have nothing to do with the sync. */
export default class OrgJobs extends ServerElement {
  labels = { empty, help, job, nextRun, reading, state: stateLabel, heading: title };
  jobs: readonly OrgJob[] | undefined;

  override connectedCallback(): void {
    void this.handleRead();
  }

  get hasJobs(): boolean {
    return this.jobs !== undefined && this.jobs.length > 0;
  }

  get isEmpty(): boolean {
    return this.jobs?.length === 0;
  }

  async handleRead(): Promise<void> {
    await this.attempt(async () => {
      const jobs = await getOrgJobs();
      this.jobs = jobs.map((one) => ({ ...one, state: states[one.state] ?? one.state }));
    });
  }
}
