import type { OrgJob } from 'service';
import ServerElement from 'c/serverElement';
import getOrgJobs from '@salesforce/apex/SetupController.getOrgJobs';
import empty from '@salesforce/label/c.Schedule_NoOtherJobs';
import help from '@salesforce/label/c.Schedule_OtherJobsHelp';
import job from '@salesforce/label/c.Schedule_Job';
import nextRun from '@salesforce/label/c.Schedule_NextRun';
import reading from '@salesforce/label/c.Schedule_ReadingJobs';
import stateLabel from '@salesforce/label/c.Schedule_State';
import title from '@salesforce/label/c.Schedule_OtherJobs';

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
      this.jobs = await getOrgJobs();
    });
  }
}
