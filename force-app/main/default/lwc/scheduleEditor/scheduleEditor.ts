import type { Schedule, ScheduleState } from 'service';
import ServerElement from 'c/serverElement';
import { fill } from 'c/text';
import getSchedules from '@salesforce/apex/SetupController.getSchedules';
import removeSchedule from '@salesforce/apex/SetupController.removeSchedule';
import saveSchedule from '@salesforce/apex/SetupController.saveSchedule';
import continuous from '@salesforce/label/c.Schedule_Continuous';
import continuousHelp from '@salesforce/label/c.Schedule_ContinuousHelp';
import daily from '@salesforce/label/c.Schedule_Daily';
import everyHour from '@salesforce/label/c.Schedule_EveryHour';
import everyHours from '@salesforce/label/c.Schedule_EveryHours';
import frequency from '@salesforce/label/c.Schedule_Frequency';
import nextRun from '@salesforce/label/c.Schedule_NextRun';
import reading from '@salesforce/label/c.Schedule_Reading';
import removeJob from '@salesforce/label/c.Action_RemoveJob';
import scheduleLabel from '@salesforce/label/c.Action_Schedule';
import scheduled from '@salesforce/label/c.Schedule_Scheduled';
import startTime from '@salesforce/label/c.Schedule_StartTime';
import waiting from '@salesforce/label/c.Schedule_WaitsForFirstSync';

const hours = [1, 2, 3, 4, 6, 8, 12] as const;

const frequencies: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'continuous', label: continuous },
  ...hours.map((every) => ({
    value: String(every),
    label: every === 1 ? everyHour : fill(everyHours, every),
  })),
  { value: 'daily', label: daily },
];

const times = Array.from({ length: 24 }, (_, hour) => {
  const time = `${String(hour).padStart(2, '0')}:00`;
  return { value: time, label: time };
});

/** How often data goes to ActiveCampaign: schedules and removes the job. Fires `changed` with whether there is one. */
export default class ScheduleEditor extends ServerElement {
  labels = {
    continuousHelp,
    frequency,
    nextRun,
    reading,
    removeJob,
    schedule: scheduleLabel,
    scheduled,
    startTime,
    waiting,
  };
  frequencies = frequencies;
  times = times;
  frequency = 'continuous';
  time = '02:00';
  private state: ScheduleState | undefined;

  override connectedCallback(): void {
    void this.handleRead();
  }

  get isContinuous(): boolean {
    return this.frequency === 'continuous';
  }

  get isDaily(): boolean {
    return this.frequency === 'daily';
  }

  get isScheduled(): boolean {
    return this.state !== undefined && this.state.schedule !== null;
  }

  /** Nothing runs by itself before the admin has seen the dry run and started the first sync. */
  get isBeforeFirstSync(): boolean {
    return this.state?.lastRunAt === null;
  }

  get isWaiting(): boolean {
    return this.isScheduled && this.isBeforeFirstSync;
  }

  get nextRunAt(): string | null {
    return this.state?.nextRunAt ?? null;
  }

  get isClosed(): boolean {
    return this.busy || this.state === undefined || this.isScheduled;
  }

  async handleRead(): Promise<void> {
    await this.attempt(async () => {
      const { schedules } = await getSchedules();
      this.take(schedules.find(({ direction }) => direction === 'outbound'));
    });
  }

  handleFrequency({ detail }: CustomEvent<{ value: string }>): void {
    this.frequency = detail.value;
  }

  handleTime({ detail }: CustomEvent<{ value: string }>): void {
    this.time = detail.value;
  }

  async handleSchedule(): Promise<void> {
    await this.attempt(async () => {
      const schedule = JSON.stringify(this.chosen);
      this.take(await saveSchedule({ direction: 'outbound', schedule, paused: this.isBeforeFirstSync }));
    });
  }

  async handleRemove(): Promise<void> {
    await this.attempt(async () => {
      this.take(await removeSchedule({ direction: 'outbound' }));
    });
  }

  private get chosen(): Schedule {
    if (this.isContinuous) return { kind: 'continuous' };
    if (this.isDaily) return { kind: 'daily', at: this.time };
    const every = hours.find((hour) => String(hour) === this.frequency) ?? 1;
    return { kind: 'hourly', every };
  }

  private take(state: ScheduleState | undefined): void {
    this.state = state;
    const schedule = state?.schedule ?? null;
    if (schedule !== null) {
      this.frequency = schedule.kind === 'hourly' ? String(schedule.every) : schedule.kind;
      if (schedule.kind === 'daily') this.time = schedule.at;
    }
    this.tell('changed', this.isScheduled);
  }
}
