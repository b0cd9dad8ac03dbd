import { describe, expect, it, jest } from '@jest/globals';
import start from '@salesforce/apex/SetupController.start';
import { act, apexError, button, find, record, settle, show, textOf } from 'testing';
import SetupStart from '../setupStart';

describe('the start page', () => {
  it('says what will be done, in four steps', async () => {
    const page = show(SetupStart);
    const steps = [...find(page, 'ol').children].map((step) => step.firstElementChild?.textContent);
    expect(steps).toEqual([
      'System connections',
      'Dynamic field mapping',
      'Outbound sync settings',
      'ActiveCampaign CX Automation',
    ]);
    await expect(page).toBeAccessible();
  });

  it('begins the set-up with "Get started"', async () => {
    jest.mocked(start).mockResolvedValue({ started: true });
    const page = show(SetupStart);
    const started = record(page, 'started');
    act(button(page, 'Get started'), 'click');
    await settle();
    expect(started).toHaveLength(1);
  });

  it('stays and says why when the service cannot be reached', async () => {
    jest.mocked(start).mockRejectedValue(apexError('PACKAGE_SERVICE_UNREACHABLE', 'No answer.'));
    const page = show(SetupStart);
    const started = record(page, 'started');
    act(button(page, 'Get started'), 'click');
    await settle();
    expect(started).toHaveLength(0);
    expect(textOf(page)).toContain('No answer.');
    await expect(page).toBeAccessible();
  });
});
