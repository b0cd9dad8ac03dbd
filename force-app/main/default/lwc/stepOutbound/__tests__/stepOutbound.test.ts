import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import getFields from '@salesforce/apex/SetupController.getFields';
import getOrgJobs from '@salesforce/apex/SetupController.getOrgJobs';
import getSchedules from '@salesforce/apex/SetupController.getSchedules';
import getSelections from '@salesforce/apex/SetupController.getSelections';
import saveSelection from '@salesforce/apex/SetupController.saveSelection';
import { fields, schedule } from 'samples';
import { act, apexError, find, findAll, property, record, settle, show, textOf } from 'testing';
import StepOutbound from '../stepOutbound';

async function step(): Promise<HTMLElement> {
  const shown = show(StepOutbound);
  await settle();
  return shown;
}

async function next(shown: HTMLElement): Promise<void> {
  act(find(shown, 'c-wizard'), 'next');
  await settle();
}

const isBlocked = (shown: HTMLElement): unknown => property(find(shown, 'c-wizard'), 'nextDisabled');

describe('the step of the outbound sync', () => {
  beforeEach(() => {
    jest.mocked(getFields).mockResolvedValue(fields());
    jest.mocked(getSelections).mockResolvedValue({
      selections: [
        { object: 'Lead', selection: { mode: 'flagged' } },
        { object: 'Contact', selection: { mode: 'none' } },
      ],
    });
    jest.mocked(saveSelection).mockResolvedValue({ mode: 'none' });
    jest.mocked(getOrgJobs).mockResolvedValue([]);
    jest.mocked(getSchedules).mockResolvedValue({ schedules: [schedule()] });
  });

  it('leads through leads, contacts and the schedule, and saves what was chosen', async () => {
    const shown = await step();
    expect(property(find(shown, 'c-selection-editor'), 'selection')).toEqual({ mode: 'flagged' });
    await next(shown);
    expect(property(find(shown, 'c-selection-editor'), 'objectName')).toBe('Contact');
    act(find(shown, 'c-selection-editor'), 'edit', { mode: 'created' });
    await next(shown);
    expect(jest.mocked(saveSelection).mock.calls).toEqual([
      [{ objectName: 'Lead', selection: '{"mode":"flagged"}' }],
      [{ objectName: 'Contact', selection: '{"mode":"created"}' }],
    ]);
    expect(findAll(shown, 'c-schedule-editor, c-org-jobs')).toHaveLength(2);
    await expect(shown).toBeAccessible();
  });

  it('finishes once a job is scheduled', async () => {
    const shown = await step();
    const closed = record(shown, 'close');
    await next(shown);
    await next(shown);
    expect(isBlocked(shown)).toBe(true);
    act(find(shown, 'c-schedule-editor'), 'changed', true);
    await settle();
    expect(isBlocked(shown)).toBe(false);
    await next(shown);
    expect(closed).toHaveLength(1);
  });

  it('does not go on with a rule that is not finished', async () => {
    const shown = await step();
    const rules = [{ field: 'City', operator: 'equals', value: null }];
    act(find(shown, 'c-selection-editor'), 'edit', { mode: 'criteria', match: 'all', rules });
    await settle();
    expect(isBlocked(shown)).toBe(true);
  });

  it('stays on the page with the reason when it cannot save', async () => {
    jest.mocked(saveSelection).mockRejectedValue(apexError('SYNC_SELECTION_INVALID', 'City is a text.'));
    const shown = await step();
    await next(shown);
    expect(textOf(shown)).toContain('City is a text.');
    expect(property(find(shown, 'c-selection-editor'), 'objectName')).toBe('Lead');
  });

  it('goes back page by page, and out of the first', async () => {
    const shown = await step();
    const closed = record(shown, 'close');
    await next(shown);
    act(find(shown, 'c-wizard'), 'back');
    await settle();
    expect(property(find(shown, 'c-selection-editor'), 'objectName')).toBe('Lead');
    act(find(shown, 'c-wizard'), 'back');
    expect(closed).toHaveLength(1);
  });
});
