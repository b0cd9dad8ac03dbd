import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import getSchedules from '@salesforce/apex/SetupController.getSchedules';
import removeSchedule from '@salesforce/apex/SetupController.removeSchedule';
import saveSchedule from '@salesforce/apex/SetupController.saveSchedule';
import { schedule } from 'samples';
import type { ScheduleState } from 'service';
import { act, apexError, button, find, findAll, property, record, settle, show, textOf } from 'testing';
import ScheduleEditor from '../scheduleEditor';

const hourly: ScheduleState['schedule'] = { kind: 'hourly', every: 4 };

async function editor(state = schedule()): Promise<HTMLElement> {
  jest.mocked(getSchedules).mockResolvedValue({ schedules: [schedule({ direction: 'inbound' }), state] });
  const shown = show(ScheduleEditor);
  await settle();
  return shown;
}

async function choose(shown: HTMLElement, part: string, value: string): Promise<void> {
  act(find(shown, `[data-part="${part}"]`), 'change', { value });
  await settle();
}

async function press(shown: HTMLElement, label: string): Promise<void> {
  act(button(shown, label), 'click');
  await settle();
}

describe('the schedule', () => {
  beforeEach(() => void jest.mocked(saveSchedule).mockResolvedValue(schedule({ schedule: hourly })));

  it('can be continuous, every few hours, or daily', async () => {
    const shown = await editor();
    expect(property(find(shown, '[data-part="frequency"]'), 'options')).toEqual([
      { value: 'continuous', label: 'Continuously' },
      { value: '1', label: 'Every hour' },
      ...[2, 3, 4, 6, 8, 12].map((each) => ({ value: String(each), label: `Every ${each} hours` })),
      { value: 'daily', label: 'Once a day' },
    ]);
    expect(textOf(shown)).toContain('Every 10 minutes, or as soon as 100 records wait.');
    await expect(shown).toBeAccessible();
  });

  it('is saved as it was chosen', async () => {
    const chosen = [
      { frequency: 'continuous', schedule: { kind: 'continuous' } },
      { frequency: '12', schedule: { kind: 'hourly', every: 12 } },
    ];
    for (const { frequency, schedule: wanted } of chosen) {
      const shown = await editor();
      await choose(shown, 'frequency', frequency);
      await press(shown, 'Schedule');
      expect(saveSchedule).toHaveBeenLastCalledWith(
        expect.objectContaining({ direction: 'outbound', schedule: JSON.stringify(wanted) }),
      );
    }
  });

  it('asks for the time of a daily job alone', async () => {
    const shown = await editor();
    expect(findAll(shown, '[data-part="time"]')).toHaveLength(0);
    await choose(shown, 'frequency', 'daily');
    await choose(shown, 'time', '06:00');
    await press(shown, 'Schedule');
    expect(saveSchedule).toHaveBeenCalledWith(
      expect.objectContaining({ schedule: '{"kind":"daily","at":"06:00"}' }),
    );
  });

  it('waits for the first sync, so that nothing is written before the admin wants it', async () => {
    const shown = await editor();
    await press(shown, 'Schedule');
    expect(saveSchedule).toHaveBeenCalledWith(expect.objectContaining({ paused: true }));
    expect(textOf(shown)).toContain('It begins to run when you have started the first sync.');
  });

  it('goes on at once where the sync has run before', async () => {
    const shown = await editor(schedule({ lastRunAt: '2026-01-01T00:00:00Z' }));
    await press(shown, 'Schedule');
    expect(saveSchedule).toHaveBeenCalledWith(expect.objectContaining({ paused: false }));
  });

  it('is shown, and changed only after the job was removed', async () => {
    const shown = await editor(schedule({ schedule: hourly, nextRunAt: '2026-01-02T03:00:00Z' }));
    const frequency = find(shown, '[data-part="frequency"]');
    expect([property(frequency, 'value'), property(frequency, 'disabled')]).toEqual(['4', true]);
    expect(textOf(shown)).toContain('The job is scheduled.');
    jest.mocked(removeSchedule).mockResolvedValue(schedule());
    const changes = record(shown, 'changed');
    await press(shown, 'Remove job');
    expect(removeSchedule).toHaveBeenCalledWith({ direction: 'outbound' });
    expect(changes).toEqual([false]);
    expect(property(frequency, 'disabled')).toBe(false);
  });

  it('tells its parent whether there is a job', async () => {
    const shown = await editor();
    const changes = record(shown, 'changed');
    await press(shown, 'Schedule');
    expect(changes).toEqual([true]);
  });

  it('says why it cannot be saved', async () => {
    const shown = await editor();
    jest.mocked(saveSchedule).mockRejectedValue(apexError('X', 'Not now.'));
    await press(shown, 'Schedule');
    expect(textOf(shown)).toContain('Not now.');
  });
});
