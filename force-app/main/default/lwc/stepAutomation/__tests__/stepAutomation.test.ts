import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import getAutomations from '@salesforce/apex/SetupController.getAutomations';
import getCampaigns from '@salesforce/apex/SetupController.getCampaigns';
import getOffer from '@salesforce/apex/SetupController.getOffer';
import saveOffer from '@salesforce/apex/SetupController.saveOffer';
import type { Automations, Campaigns } from 'service';
import { act, apexError, find, findAll, property, record, settle, show, textOf } from 'testing';
import StepAutomation from '../stepAutomation';

const byName = { enabled: false, campaignIds: null, automationIds: null };

function campaign(id: string, offered: boolean): Campaigns['campaigns'][number] {
  return { id, name: `Campaign ${id}`, type: 'single', status: 'completed', sentAt: null, offered };
}

function automation(id: string, offered: boolean): Automations['automations'][number] {
  return { id, name: `Automation ${id}`, active: true, offered };
}

async function step(properties: object = {}): Promise<HTMLElement> {
  const shown = show(StepAutomation, properties);
  await settle();
  return shown;
}

async function finish(shown: HTMLElement): Promise<void> {
  act(find(shown, 'c-wizard'), 'next');
  await settle();
}

const saved = (): unknown => JSON.parse(jest.mocked(saveOffer).mock.lastCall?.[0].offer ?? 'null');

describe('the step of the CX Automation component', () => {
  beforeEach(() => {
    jest.mocked(getOffer).mockResolvedValue(byName);
    jest.mocked(getCampaigns).mockResolvedValue({
      enabled: false,
      campaigns: [campaign('1', true), campaign('2', false)],
    });
    jest.mocked(getAutomations).mockResolvedValue({ enabled: false, automations: [automation('7', true)] });
    jest.mocked(saveOffer).mockResolvedValue(byName);
  });

  it('is on and has those chosen whose names say so', async () => {
    const shown = await step();
    expect(property(find(shown, 'lightning-input'), 'checked')).toBe(true);
    const lists = findAll(shown, 'c-offer-list').map((list) => property(list, 'chosen'));
    expect(lists).toEqual([['1'], ['7']]);
    await expect(shown).toBeAccessible();
  });

  it('lets names decide as long as nobody chooses', async () => {
    const shown = await step();
    const closed = record(shown, 'close');
    await finish(shown);
    expect(saved()).toEqual({ enabled: true, campaignIds: null, automationIds: null });
    expect(closed).toHaveLength(1);
  });

  it('saves what somebody chose', async () => {
    const shown = await step();
    act(find(shown, '[data-list="campaigns"]'), 'edit', ['2']);
    act(find(shown, '[data-list="automations"]'), 'edit', []);
    await finish(shown);
    expect(saved()).toEqual({ enabled: true, campaignIds: ['2'], automationIds: [] });
  });

  it('can be switched off, and is shown as it was left', async () => {
    const shown = await step();
    act(find(shown, 'lightning-input'), 'change', { checked: false });
    await settle();
    expect(findAll(shown, 'c-offer-list')).toHaveLength(0);
    await finish(shown);
    expect(saved()).toMatchObject({ enabled: false });
    const again = await step({ done: true });
    expect(property(find(again, 'lightning-input'), 'checked')).toBe(false);
  });

  it('stays with the reason when it cannot save', async () => {
    jest.mocked(saveOffer).mockRejectedValue(apexError('X', 'Not now.'));
    const shown = await step();
    const closed = record(shown, 'close');
    await finish(shown);
    expect(closed).toHaveLength(0);
    expect(textOf(shown)).toContain('Not now.');
  });

  it('cannot finish when the lists could not be read', async () => {
    jest.mocked(getCampaigns).mockRejectedValue(apexError('X', 'Not now.'));
    const shown = await step();
    expect(property(find(shown, 'c-wizard'), 'nextDisabled')).toBe(true);
    expect(textOf(shown)).toContain('Not now.');
  });
});
