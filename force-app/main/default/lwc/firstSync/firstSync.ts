import { api } from 'lwc';
import type { Schedule } from 'service';
import ServerElement from 'c/serverElement';
import getRuns from '@salesforce/apex/HealthController.getRuns';
import startRun from '@salesforce/apex/HealthController.startRun';
import getSchedules from '@salesforce/apex/SetupController.getSchedules';
import saveSchedule from '@salesforce/apex/SetupController.saveSchedule';
import dryRunFirst from '@salesforce/label/c.FirstSync_DryRunFirst';
import reading from '@salesforce/label/c.State_Loading';
import nextRun from '@salesforce/label/c.Schedule_NextRun';
import start from '@salesforce/label/c.FirstSync_Start';
import later from '@salesforce/label/c.FirstSync_Later';
import title from '@salesforce/label/c.FirstSync_Title';
import underWay from '@salesforce/label/c.FirstSync_UnderWay';

/**
 * The end of the set-up: the dry run, then the first sync with its progress; later the dry run alone. Fires `later`
 * where nobody wants to look at a changed mapping now.
 */
export default class FirstSync extends ServerElement {
  /** Whether the dry run starts by itself, because what would be done has just changed. */
  @api autostart = false;
  /** Whether the mapping has just changed. */
  @api changed = false;

  labels = { dryRunFirst, nextRun, reading, start, underWay };
  runId = '';
  nextRunAt: string | null = null;
  private isRehearsed = false;
  private schedule: Schedule | undefined;
  private begunId: string | undefined;
  private hasRun: boolean | undefined;

  override connectedCallback(): void {
    void this.handleRead();
  }

  get heading(): string {
    return this.isUnderWay ? later : title;
  }

  /** Before the first sync of an org that has a schedule. */
  get isStartShown(): boolean {
    return this.hasRun === false && this.runId === '';
  }

  get isStartBlocked(): boolean {
    return this.busy || !this.isRehearsed;
  }

  get isUnderWay(): boolean {
    return this.hasRun === true && this.runId === '';
  }

  async handleRead(): Promise<void> {
    await this.attempt(async () => {
      const [{ schedules }, { runs }] = await Promise.all([getSchedules(), getRuns({ before: null })]);
      const outbound = schedules.find(({ direction }) => direction === 'outbound');
      this.schedule = outbound?.schedule ?? { kind: 'continuous' };
      this.nextRunAt = outbound?.nextRunAt ?? null;
      this.hasRun = outbound !== undefined && outbound.lastRunAt !== null;
      // One that goes on when the page is opened is shown where it stands.
      const running = runs.find(
        ({ direction, state }) => direction === 'outbound' && (state === 'running' || state === 'queued'),
      );
      this.runId = running?.id ?? '';
    });
  }

  handleRehearsed(): void {
    this.isRehearsed = true;
  }

  handleLater(): void {
    this.tell('later');
  }

  /**
   * The job runs now, and from then on by its schedule. In this order, as the schedule would be due at once: a run of
   * its own could do the first sync while the one that is shown waits behind it.
   */
  async handleStart(): Promise<void> {
    await this.attempt(async () => {
      const schedule = JSON.stringify(this.schedule);
      // Tried again because the schedule could not be saved, it goes on with the run that has begun.
      this.begunId ??= (await startRun({ direction: 'outbound' })).id;
      await saveSchedule({ direction: 'outbound', schedule, paused: false });
      this.runId = this.begunId;
      this.hasRun = true;
    });
  }
}
