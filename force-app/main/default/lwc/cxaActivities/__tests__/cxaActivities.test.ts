import { describe, expect, it, jest } from '@jest/globals';
import getActivities from '@salesforce/apex/RecordController.getActivities';
import type { Activities } from 'service';
import { act, apexError, button, find, findAll, property, refreshPage, settle, show, textOf } from 'testing';
import CxaActivities from '../cxaActivities';

function activities(howMany: number, { more = false, missing = [] }: Partial<Activities> = {}): Activities {
  const one = { type: 'event' as const, at: '2026-01-02T03:04:05.000Z', name: 'Visit', data: '' };
  return { platformId: '7', activities: Array.from({ length: howMany }, () => one), more, missing };
}

async function component(answer: Activities): Promise<HTMLElement> {
  jest.mocked(getActivities).mockResolvedValue(answer);
  const shown = show(CxaActivities, { recordId: '00Q1' });
  await settle();
  return shown;
}

/** The entries of the menu, and whether they can be chosen. */
function menuOf(shown: HTMLElement): unknown[] {
  return findAll(shown, 'lightning-menu-item').map((item) => [
    property(item, 'label'),
    property(item, 'disabled') !== true,
  ]);
}

function choose(shown: HTMLElement, value: string): Promise<void> {
  act(find(shown, 'lightning-button-menu'), 'select', { value });
  return settle();
}

describe('the activities of a person', () => {
  it('are the twenty newest, and twenty more at a time until there are no more', async () => {
    const shown = await component(activities(20, { more: true }));
    expect(getActivities).toHaveBeenLastCalledWith({ recordId: '00Q1', howMany: 20 });
    expect(textOf(shown)).toContain('These are the 20 newest.');
    await expect(shown).toBeAccessible();
    jest.mocked(getActivities).mockResolvedValue(activities(35));
    act(button(shown, 'Show more'), 'click');
    await settle();
    expect(getActivities).toHaveBeenLastCalledWith({ recordId: '00Q1', howMany: 40 });
    expect(findAll(shown, 'c-activity-item')).toHaveLength(35);
    expect(textOf(shown)).not.toContain('newest');
    expect(textOf(shown)).toContain('There are no more activities.');
    expect(findAll(shown, 'lightning-button')).toHaveLength(0);
    expect(menuOf(shown)).toEqual([
      ['Refresh', true],
      ['Show all', false],
    ]);
  });

  it('are all when the menu is asked for them', async () => {
    const shown = await component(activities(20, { more: true }));
    jest.mocked(getActivities).mockResolvedValue(activities(135));
    await choose(shown, 'all');
    expect(getActivities).toHaveBeenLastCalledWith({ recordId: '00Q1', howMany: 500 });
    expect(findAll(shown, 'c-activity-item')).toHaveLength(135);
  });

  it('say where ActiveCampaign has more than can be read', async () => {
    const shown = await component(activities(20, { more: true }));
    jest.mocked(getActivities).mockResolvedValue(activities(500, { more: true }));
    await choose(shown, 'all');
    expect(textOf(shown)).toContain('These are the 500 newest. ActiveCampaign has older ones.');
    expect(findAll(shown, 'lightning-button')).toHaveLength(0);
  });

  it('say nothing of more where few are there', async () => {
    const shown = await component(activities(3));
    expect(textOf(shown)).not.toContain('more');
  });

  it('are read anew from the menu, and when the page is refreshed', async () => {
    const shown = await component(activities(1));
    jest.mocked(getActivities).mockResolvedValue(activities(2));
    await choose(shown, 'refresh');
    expect(findAll(shown, 'c-activity-item')).toHaveLength(2);
    jest.mocked(getActivities).mockResolvedValue(activities(3));
    await refreshPage();
    expect(findAll(shown, 'c-activity-item')).toHaveLength(3);
  });

  it('are those of the record that the page shows', async () => {
    const shown = await component(activities(5));
    let answer = (_: Activities): void => undefined;
    jest.mocked(getActivities).mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    Object.assign(shown, { recordId: '00Q2' });
    await settle();
    expect(findAll(shown, 'c-activity-item')).toHaveLength(0);
    jest.mocked(getActivities).mockResolvedValue(activities(3));
    Object.assign(shown, { recordId: '00Q3' });
    await settle();
    answer(activities(2));
    await settle();
    expect(getActivities).toHaveBeenLastCalledWith({ recordId: '00Q3', howMany: 20 });
    expect(findAll(shown, 'c-activity-item')).toHaveLength(3);
  });

  it('may be none', async () => {
    const shown = await component(activities(0));
    expect(textOf(shown)).toContain('There are no activities yet.');
    await expect(shown).toBeAccessible();
  });

  it('say in words what could not be read, whatever it is called inside', async () => {
    const shown = await component(
      activities(1, { missing: ['emailActivities', 'trackingLogs', 'somethingNew'] }),
    );
    expect(textOf(shown)).toContain(
      'ActiveCampaign did not let us read: campaigns that were sent, page visits and events, other activities',
    );
  });

  it('say that the record is not synced, which is no error', async () => {
    jest.mocked(getActivities).mockRejectedValue(apexError('SYNC_RECORD_NOT_SYNCED'));
    const shown = show(CxaActivities, { recordId: '00Q1' });
    await settle();
    expect(textOf(shown)).toBe('This record is not synced with ActiveCampaign.');
    await expect(shown).toBeAccessible();
  });

  it('say why they cannot be shown, and are read again', async () => {
    jest.mocked(getActivities).mockRejectedValueOnce(apexError('X', 'Not now.'));
    const shown = show(CxaActivities, { recordId: '00Q1' });
    await settle();
    expect(textOf(shown)).toContain('Not now.');
    jest.mocked(getActivities).mockResolvedValue(activities(2));
    act(find(shown, 'c-error-panel'), 'retry');
    await settle();
    expect(findAll(shown, 'c-activity-item')).toHaveLength(2);
  });
});
