import { api } from 'lwc';
import type { Cause, Run } from 'service';
import { poll } from 'c/polling';
import ServerElement from 'c/serverElement';
import { fill } from 'c/text';
import getCauses from '@salesforce/apex/HealthController.getCauses';
import getRun from '@salesforce/apex/HealthController.getRun';
import causes from '@salesforce/label/c.Run_Causes';
import counts from '@salesforce/label/c.Run_Counts';
import done from '@salesforce/label/c.Run_Done';
import doneOf from '@salesforce/label/c.Run_DoneOf';
import failed from '@salesforce/label/c.Run_Failed';
import failedRemedy from '@salesforce/label/c.Run_FailedRemedy';
import minutesLeft from '@salesforce/label/c.Run_MinutesLeft';
import queued from '@salesforce/label/c.Run_Queued';
import rate from '@salesforce/label/c.Run_Rate';
import secondsLeft from '@salesforce/label/c.Run_SecondsLeft';
import succeeded from '@salesforce/label/c.Run_Succeeded';

const LOOK_MILLISECONDS = 2000;
/** From two minutes on people count in minutes. */
const MINUTES_FROM_SECONDS = 120;

/** A run as it goes on: bar, pace, time left, and what came of it. Fires `done` when it has ended well. */
export default class RunProgress extends ServerElement {
  @api runId = '';

  labels = { causes };
  private run: Run | undefined;
  /** Why records are not in step after a run in which some failed. */
  causes: readonly Cause[] = [];
  private stop: (() => void) | undefined;

  override connectedCallback(): void {
    void this.handleLook();
  }

  override disconnectedCallback(): void {
    this.stop?.();
  }

  get isGoingOn(): boolean {
    return this.run?.state === 'queued' || this.run?.state === 'running';
  }

  get isDone(): boolean {
    return this.run?.state === 'succeeded';
  }

  /** Whether looking again may show something else. */
  get isOpen(): boolean {
    return !this.isDone;
  }

  get percent(): number | null {
    const { done: ready, total } = this.run?.progress ?? { done: 0, total: null };
    return total === null || total === 0 ? null : Math.min(100, (ready / total) * 100);
  }

  get text(): string {
    if (this.run === undefined || this.run.state === 'queued') return queued;
    const { done: ready, total } = this.run.progress;
    return total === null ? fill(done, ready) : fill(doneOf, ready, total);
  }

  get pace(): string {
    const { recordsPerSecond, secondsLeft: left } = this.run?.progress ?? {};
    const parts = [];
    if (recordsPerSecond != null) parts.push(fill(rate, Math.round(recordsPerSecond)));
    if (left != null) {
      const isLong = left >= MINUTES_FROM_SECONDS;
      parts.push(isLong ? fill(minutesLeft, Math.ceil(left / 60)) : fill(secondsLeft, Math.ceil(left)));
    }
    return parts.join(' ');
  }

  get result(): string {
    if (this.run === undefined || !this.isDone) return '';
    const { created, updated, linked, skipped, failed } = this.run.counts;
    return `${succeeded} ${fill(counts, created, updated, linked, skipped, failed)}`;
  }

  /** Looks at once and then on and on until the run has ended. */
  async handleLook(): Promise<void> {
    this.stop?.();
    if ((await this.look()) === 'again') this.stop = poll(LOOK_MILLISECONDS, () => this.look());
  }

  private async look(): Promise<'over' | 'again'> {
    const isRead = await this.attempt(async () => {
      const run = await getRun({ runId: this.runId });
      if (run.state === 'succeeded' && run.counts.failed > 0) ({ causes: this.causes } = await getCauses());
      this.run = run;
    });
    if (!isRead) return 'over';
    if (this.isGoingOn) return this.isConnected ? 'again' : 'over';
    const { error = null } = this.run ?? {};
    if (this.isDone) {
      // What it had to do without, where it had to.
      this.failure = error ?? undefined;
      this.tell('done');
    } else {
      this.failure = error ?? { code: 'PACKAGE_RUN_ENDED', meaning: failed, remedy: failedRemedy };
    }
    return 'over';
  }
}
