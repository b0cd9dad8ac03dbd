import { describe, expect, it, jest } from '@jest/globals';
import getActivities from '@salesforce/apex/RecordController.getActivities';
import type { Activities } from 'service';
import { act, apexError, find, findAll, property, refreshPage, settle, show, textOf } from 'testing';
import CxaActivities from '../cxaActivities';

function activities(howMany: number, missing: string[] = []): Activities {
  const one = { type: 'event' as const, at: '2026-01-02T03:04:05.000Z', name: 'Visit', data: '' };
  return { platformId: '7', activities: Array.from({ length: howMany }, () => one), missing };
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
  it('are the twenty newest, and all when the menu is asked for them', async () => {
    const shown = await component(activities(21));
    expect(findAll(shown, 'c-activity-item')).toHaveLength(20);
    expect(textOf(shown)).toContain('These are the 20 newest.');
    expect(menuOf(shown)).toEqual([
      ['Refresh', true],
      ['Show all', true],
    ]);
    await expect(shown).toBeAccessible();
    jest.mocked(getActivities).mockResolvedValue(activities(35));
    await choose(shown, 'all');
    expect(getActivities).toHaveBeenLastCalledWith({ recordId: '00Q1', howMany: 100 });
    expect(findAll(shown, 'c-activity-item')).toHaveLength(35);
    expect(textOf(shown)).not.toContain('newest');
  });

  it('offer no more where exactly as many as are shown at first are there', async () => {
    const shown = await component(activities(20));
    expect(findAll(shown, 'c-activity-item')).toHaveLength(20);
    expect(menuOf(shown)).toEqual([
      ['Refresh', true],
      ['Show all', false],
    ]);
  });

  it('tell where there may be more than can be read', async () => {
    const shown = await component(activities(21));
    jest.mocked(getActivities).mockResolvedValue(activities(100));
    await choose(shown, 'all');
    expect(textOf(shown)).toContain('These are the 100 newest.');
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
    expect(getActivities).toHaveBeenLastCalledWith({ recordId: '00Q3', howMany: 21 });
    expect(findAll(shown, 'c-activity-item')).toHaveLength(3);
  });

  it('may be none', async () => {
    const shown = await component(activities(0));
    expect(textOf(shown)).toContain('There are no activities yet.');
    await expect(shown).toBeAccessible();
  });

  it('say in words what could not be read, whatever it is called inside', async () => {
    const shown = await component(activities(1, ['emailActivities', 'trackingLogs', 'somethingNew']));
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
