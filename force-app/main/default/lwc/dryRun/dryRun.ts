import { api } from 'lwc';
import type { DryRun as Report } from 'service';
import { poll } from 'c/polling';
import ServerElement from 'c/serverElement';
import { fill } from 'c/text';
import getDryRun from '@salesforce/apex/SetupController.getDryRun';
import startDryRun from '@salesforce/apex/SetupController.startDryRun';
import notNow from '@salesforce/label/c.Action_NotNow';
import changed from '@salesforce/label/c.DryRun_MappingChanged';
import help from '@salesforce/label/c.DryRun_Help';
import inbound from '@salesforce/label/c.DryRun_Inbound';
import outbound from '@salesforce/label/c.DryRun_Outbound';
import reading from '@salesforce/label/c.DryRun_Reading';
import run from '@salesforce/label/c.DryRun_Run';
import again from '@salesforce/label/c.DryRun_Again';
import title from '@salesforce/label/c.DryRun_Title';

const LOOK_MILLISECONDS = 2000;

/**
 * The dry run: what the next sync would do, with nothing written. Fires `begun` when it
 * starts, `done` when it has been told, `later` where nobody wants to look at a changed mapping now.
 */
export default class DryRun extends ServerElement {
  /** Whether it starts by itself, because what would be done has just changed. */
  @api autostart = false;
  /** Whether the mapping has just changed, so that people should look before the next sync does. */
  @api changed = false;

  labels = { heading: title, notNow };
  private report: Report | undefined;
  private stop: (() => void) | undefined;

  override connectedCallback(): void {
    if (this.autostart) void this.handleStart();
  }

  override disconnectedCallback(): void {
    this.stop?.();
  }

  /** Until somebody has looked. */
  get isNotice(): boolean {
    return this.changed && this.report === undefined;
  }

  get introduction(): string {
    return this.isNotice ? changed : help;
  }

  get boxClass(): string {
    return this.isNotice ? 'notice' : '';
  }

  get startVariant(): string {
    return this.isNotice ? 'brand' : 'neutral';
  }

  get isRunning(): boolean {
    return this.report?.state === 'running';
  }

  get isBlocked(): boolean {
    return this.busy || this.isRunning;
  }

  get progress(): string {
    const { salesforce, platform } = this.report?.read ?? { salesforce: 0, platform: 0 };
    return fill(reading, salesforce, platform);
  }

  get startLabel(): string {
    return this.report === undefined ? run : again;
  }

  get results() {
    if (this.report?.state !== 'succeeded') return [];
    const { outbound: out, inbound: back } = this.report;
    return [
      { heading: outbound, result: out },
      { heading: inbound, result: back },
    ].filter(({ result }) => result !== null);
  }

  async handleStart(): Promise<void> {
    this.stop?.();
    await this.attempt(async () => {
      const { id } = await startDryRun();
      this.report = await getDryRun({ dryRunId: id });
      this.tell('begun');
      this.follow(id);
    });
  }

  handleLater(): void {
    this.tell('later');
  }

  private follow(dryRunId: string): void {
    if (!this.isRunning) {
      this.conclude();
      return;
    }
    this.stop = poll(LOOK_MILLISECONDS, async () => {
      const isRead = await this.attempt(async () => {
        this.report = await getDryRun({ dryRunId });
      });
      if (isRead && this.isRunning) return 'again';
      if (isRead) this.conclude();
      else this.report = undefined;
      return 'over';
    });
  }

  private conclude(): void {
    const error = this.report?.error ?? null;
    if (error !== null) this.failure = error;
    else if (this.report?.state === 'succeeded') this.tell('done');
  }
}
