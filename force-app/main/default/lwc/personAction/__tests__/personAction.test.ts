import { describe, expect, it, jest } from '@jest/globals';
import addToAutomation from '@salesforce/apex/RecordController.addToAutomation';
import sendCampaign from '@salesforce/apex/RecordController.sendCampaign';
import { act, apexError, button, find, findAll, property, settle, show, textOf } from 'testing';
import PersonAction from '../personAction';

const items = [{ id: '5', name: 'Salesforce welcome' }];

async function choose(kind: 'campaign' | 'automation'): Promise<HTMLElement> {
  const shown = show(PersonAction, { recordId: '00Q1', kind, items });
  act(find(shown, 'lightning-combobox'), 'change', { value: '5' });
  await settle();
  return shown;
}

async function press(shown: HTMLElement, label: string): Promise<void> {
  act(button(shown, label), 'click');
  await settle();
}

describe('an action for one person', () => {
  it('sends a campaign and says so', async () => {
    jest.mocked(sendCampaign).mockResolvedValue(null);
    const shown = await choose('campaign');
    await press(shown, 'Send');
    expect(sendCampaign).toHaveBeenCalledWith({ recordId: '00Q1', campaignId: '5', confirmed: false });
    expect(textOf(shown)).toContain('The campaign was sent.');
    await expect(shown).toBeAccessible();
  });

  it('adds the person to an automation and says so', async () => {
    jest.mocked(addToAutomation).mockResolvedValue(null);
    const shown = await choose('automation');
    await press(shown, 'Add');
    expect(addToAutomation).toHaveBeenCalledWith({ recordId: '00Q1', automationId: '5', confirmed: false });
    expect(textOf(shown)).toContain('The person was added to the automation.');
  });

  it('needs a choice', () => {
    const shown = show(PersonAction, { kind: 'campaign', items });
    expect(property(button(shown, 'Send'), 'disabled')).toBe(true);
  });

  it('asks before it repeats what was just done, and then does it', async () => {
    jest.mocked(sendCampaign).mockRejectedValueOnce(apexError('SYNC_REPEAT_UNCONFIRMED'));
    const shown = await choose('campaign');
    await press(shown, 'Send');
    expect(textOf(shown)).toContain('The same was done less than a minute ago. Do it again?');
    await expect(shown).toBeAccessible();
    jest.mocked(sendCampaign).mockResolvedValue(null);
    await press(shown, 'Do it again');
    expect(sendCampaign).toHaveBeenLastCalledWith({ recordId: '00Q1', campaignId: '5', confirmed: true });
    expect(textOf(shown)).toContain('The campaign was sent.');
  });

  it('does not repeat when the person thinks better of it', async () => {
    jest.mocked(sendCampaign).mockRejectedValueOnce(apexError('SYNC_REPEAT_UNCONFIRMED'));
    const shown = await choose('campaign');
    await press(shown, 'Send');
    await press(shown, 'Cancel');
    expect(sendCampaign).toHaveBeenCalledTimes(1);
    expect(findAll(shown, '[role="alert"]')).toHaveLength(0);
  });

  it('says why it failed', async () => {
    jest.mocked(sendCampaign).mockRejectedValue(apexError('SYNC_EMAIL_MISSING', 'No email.'));
    const shown = await choose('campaign');
    await press(shown, 'Send');
    expect(textOf(shown)).toContain('No email.');
    expect(textOf(shown)).not.toContain('The campaign was sent.');
  });

  it('says so where nothing is offered', () => {
    expect(textOf(show(PersonAction, { kind: 'automation' }))).toContain('There is nothing to offer yet.');
  });
});
