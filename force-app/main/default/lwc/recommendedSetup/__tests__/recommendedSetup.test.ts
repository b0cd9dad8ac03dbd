import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import getMappings from '@salesforce/apex/SetupController.getMappings';
import getSchedules from '@salesforce/apex/SetupController.getSchedules';
import saveMapping from '@salesforce/apex/SetupController.saveMapping';
import saveOffer from '@salesforce/apex/SetupController.saveOffer';
import saveSchedule from '@salesforce/apex/SetupController.saveSchedule';
import saveSelection from '@salesforce/apex/SetupController.saveSelection';
import { mapping, schedule, setup } from 'samples';
import { act, apexError, button, record, settle, show, textOf } from 'testing';
import RecommendedSetup from '../recommendedSetup';

const lead = mapping('Lead', [['Email', 'email']]);
const account = mapping('Account', [['Name', 'name']], { enabled: false });

async function accept(state = setup('connect')): Promise<{ shown: HTMLElement; done: unknown[] }> {
  const shown = show(RecommendedSetup, { setup: state });
  const done = record(shown, 'done');
  act(button(shown, 'Use the recommended settings'), 'click');
  await settle();
  return { shown, done };
}

describe('the short way', () => {
  beforeEach(() => {
    jest.mocked(getMappings).mockResolvedValue({ mappings: [lead, account] });
    jest.mocked(saveMapping).mockResolvedValue(lead);
    jest.mocked(saveSelection).mockResolvedValue({ mode: 'none' });
    jest.mocked(getSchedules).mockResolvedValue({ schedules: [schedule()] });
    jest.mocked(saveSchedule).mockResolvedValue(schedule());
    jest.mocked(saveOffer).mockResolvedValue({ enabled: true, campaignIds: null, automationIds: null });
  });

  it('says what it will set', async () => {
    const shown = show(RecommendedSetup, { setup: setup('connect') });
    expect(textOf(shown)).toContain('All leads and contacts with an email address are synced.');
    await expect(shown).toBeAccessible();
  });

  it('saves the default mappings, everybody with an address, a job that waits, and offers by name', async () => {
    const { done } = await accept();
    expect(jest.mocked(saveMapping).mock.calls.map(([input]) => input)).toEqual([
      { objectName: 'Lead', mapping: JSON.stringify({ enabled: true, fields: lead.fields }) },
      { objectName: 'Account', mapping: JSON.stringify({ enabled: false, fields: account.fields }) },
    ]);
    const selections = jest.mocked(saveSelection).mock.calls.map(([input]) => input);
    expect(selections.map(({ objectName }) => objectName)).toEqual(['Lead', 'Contact']);
    expect(JSON.parse(selections[0]?.selection ?? '')).toEqual({
      mode: 'criteria',
      match: 'all',
      rules: [{ field: 'Email', operator: 'is_not_empty', value: null }],
    });
    expect(saveSchedule).toHaveBeenCalledWith({
      direction: 'outbound',
      schedule: '{"kind":"continuous"}',
      paused: true,
    });
    expect(saveOffer).toHaveBeenCalledTimes(1);
    expect(done).toHaveLength(1);
  });

  it('leaves alone what somebody has set', async () => {
    const state = setup('connect', 'mapping');
    const steps = state.steps.map((step) => ({
      ...step,
      parts: { mapping: step.done, selection: true, schedule: false, automation: true },
    }));
    await accept({ ...state, steps });
    expect(saveMapping).not.toHaveBeenCalled();
    expect(saveSelection).not.toHaveBeenCalled();
    expect(saveOffer).not.toHaveBeenCalled();
    expect(saveSchedule).toHaveBeenCalledTimes(1);
  });

  it('says why it could not save', async () => {
    jest.mocked(saveMapping).mockRejectedValue(apexError('SYNC_MAPPING_INVALID', 'A field is gone.'));
    const { shown, done } = await accept();
    expect(done).toHaveLength(0);
    expect(textOf(shown)).toContain('A field is gone.');
  });
});
