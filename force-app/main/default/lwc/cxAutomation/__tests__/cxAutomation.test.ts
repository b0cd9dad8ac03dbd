import { describe, expect, it, jest } from '@jest/globals';
import getOffers from '@salesforce/apex/RecordController.getOffers';
import type { Offers } from 'service';
import { act, apexError, find, findAll, property, refreshPage, settle, show, textOf } from 'testing';
import CxAutomation from '../cxAutomation';

const offers: Offers = {
  enabled: true,
  campaigns: [{ id: '1', name: 'Spring', type: 'single', status: 'completed', sentAt: null, offered: true }],
  automations: [{ id: '2', name: 'Welcome', active: true, offered: true }],
};

async function component(): Promise<HTMLElement> {
  const shown = show(CxAutomation, { recordId: '003A' });
  await settle();
  return shown;
}

describe('the CX Automation component', () => {
  it('offers what the admin chose', async () => {
    jest.mocked(getOffers).mockResolvedValue(offers);
    const shown = await component();
    const actions = findAll(shown, 'c-person-action').map((action) => [
      property(action, 'kind'),
      property(action, 'recordId'),
      property(action, 'items'),
    ]);
    expect(actions).toEqual([
      ['campaign', '003A', offers.campaigns],
      ['automation', '003A', offers.automations],
    ]);
    await expect(shown).toBeAccessible();
  });

  it('says so while no admin has enabled it', async () => {
    jest.mocked(getOffers).mockResolvedValue({ ...offers, enabled: false });
    const shown = await component();
    expect(textOf(shown)).toContain('An admin has not enabled this component yet.');
    expect(findAll(shown, 'c-person-action')).toHaveLength(0);
  });

  it('offers what the admin chose meanwhile when the page is refreshed', async () => {
    jest.mocked(getOffers).mockResolvedValue(offers);
    const shown = await component();
    jest.mocked(getOffers).mockResolvedValue({ ...offers, campaigns: [] });
    await refreshPage();
    expect(findAll(shown, 'c-person-action').map((action) => property(action, 'items'))).toEqual([
      [],
      offers.automations,
    ]);
  });

  it('says why it cannot be shown, and tries again', async () => {
    jest.mocked(getOffers).mockRejectedValueOnce(apexError('X', 'Not now.'));
    const shown = await component();
    expect(textOf(shown)).toContain('Not now.');
    jest.mocked(getOffers).mockResolvedValue(offers);
    act(find(shown, 'c-error-panel'), 'retry');
    await settle();
    expect(findAll(shown, 'c-person-action')).toHaveLength(2);
  });
});
