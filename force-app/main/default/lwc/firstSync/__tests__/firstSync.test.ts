import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import getRun from '@salesforce/apex/HealthController.getRun';
import getRuns from '@salesforce/apex/HealthController.getRuns';
import startRun from '@salesforce/apex/HealthController.startRun';
import getSchedules from '@salesforce/apex/SetupController.getSchedules';
import saveSchedule from '@salesforce/apex/SetupController.saveSchedule';
import { run, schedule } from 'samples';
import { act, apexError, button, find, findAll, property, settle, show, textOf } from 'testing';
import FirstSync from '../firstSync';

const daily = { kind: 'daily', at: '06:00' } as const;

async function sync(properties: object = {}): Promise<HTMLElement> {
  const shown = show(FirstSync, properties);
  await settle();
  return shown;
}

async function rehearse(shown: HTMLElement): Promise<void> {
  act(find(shown, 'c-dry-run'), 'done');
  await settle();
}

async function start(shown: HTMLElement): Promise<void> {
  act(button(shown, 'Start the first sync'), 'click');
  await settle();
}

describe('the first sync', () => {
  beforeEach(() => {
    jest.mocked(getSchedules).mockResolvedValue({ schedules: [schedule({ schedule: daily, paused: true })] });
    jest.mocked(getRuns).mockResolvedValue({ runs: [] });
    jest.mocked(saveSchedule).mockResolvedValue(schedule());
    jest.mocked(startRun).mockResolvedValue(run({ state: 'succeeded' }));
    jest.mocked(getRun).mockResolvedValue(run({ state: 'succeeded' }));
  });

  it('cannot start before a dry run has told what it would do', async () => {
    const shown = await sync();
    expect(property(button(shown, 'Start the first sync'), 'disabled')).toBe(true);
    expect(textOf(shown)).toContain('Try it without writing first.');
    await rehearse(shown);
    expect(property(button(shown, 'Start the first sync'), 'disabled')).toBe(false);
    await expect(shown).toBeAccessible();
  });

  it('sets the schedule going as it was chosen, starts a run, and follows it', async () => {
    const shown = await sync();
    await rehearse(shown);
    await start(shown);
    expect(saveSchedule).toHaveBeenCalledWith({
      direction: 'outbound',
      schedule: JSON.stringify(daily),
      paused: false,
    });
    expect(startRun).toHaveBeenCalledWith({ direction: 'outbound' });
    expect(property(find(shown, 'c-run-progress'), 'runId')).toBe(run().id);
    expect(findAll(shown, 'c-dry-run, lightning-button')).toHaveLength(0);
  });

  it('begins before the schedule does, which is due at once and would start a run of its own', async () => {
    const shown = await sync();
    await rehearse(shown);
    await start(shown);
    const [begun = NaN] = jest.mocked(startRun).mock.invocationCallOrder;
    const [scheduled = NaN] = jest.mocked(saveSchedule).mock.invocationCallOrder;
    expect(begun).toBeLessThan(scheduled);
  });

  it('leaves the schedule paused when the run cannot be started', async () => {
    jest.mocked(startRun).mockRejectedValue(apexError('X', 'Not now.'));
    const shown = await sync();
    await rehearse(shown);
    await start(shown);
    expect(saveSchedule).not.toHaveBeenCalled();
    expect(textOf(shown)).toContain('Not now.');
  });

  it('goes on with the run that has begun when the schedule is set going at the second try', async () => {
    jest.mocked(saveSchedule).mockRejectedValueOnce(apexError('X', 'Not now.'));
    const shown = await sync();
    await rehearse(shown);
    await start(shown);
    expect(textOf(shown)).toContain('Not now.');
    await start(shown);
    expect(saveSchedule).toHaveBeenCalledTimes(2);
    expect(startRun).toHaveBeenCalledTimes(1);
    expect(property(find(shown, 'c-run-progress'), 'runId')).toBe(run().id);
  });

  it('is shown where it stands when the page is opened again', async () => {
    jest.mocked(getRuns).mockResolvedValue({ runs: [run({ direction: 'inbound' }), run({ id: 'running' })] });
    const shown = await sync();
    expect(property(find(shown, 'c-run-progress'), 'runId')).toBe('running');
  });

  it('makes way for dry runs once it has been', async () => {
    const [lastRunAt, nextRunAt] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'];
    jest
      .mocked(getSchedules)
      .mockResolvedValue({ schedules: [schedule({ schedule: daily, lastRunAt, nextRunAt })] });
    const shown = await sync();
    expect(textOf(shown)).toContain('The next sync');
    expect(textOf(shown)).toContain('The sync runs by its schedule.');
    expect(property(find(shown, 'c-date-time'), 'value')).toBe(nextRunAt);
    expect(findAll(shown, 'c-dry-run')).toHaveLength(1);
    expect(findAll(shown, '.start')).toHaveLength(0);
  });
});
