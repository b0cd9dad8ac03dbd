import { describe, expect, it, jest } from '@jest/globals';
import getActivities from '@salesforce/apex/RecordController.getActivities';
import type { Activities } from 'service';
import { act, apexError, button, find, findAll, settle, show, textOf } from 'testing';
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

describe('the activities of a person', () => {
  it('are the twenty newest, and all when they are asked for', async () => {
    const shown = await component(activities(20));
    expect(getActivities).toHaveBeenCalledWith({ recordId: '00Q1', howMany: 20 });
    expect(findAll(shown, 'c-activity-item')).toHaveLength(20);
    jest.mocked(getActivities).mockResolvedValue(activities(35));
    act(button(shown, 'Show all'), 'click');
    await settle();
    expect(getActivities).toHaveBeenLastCalledWith({ recordId: '00Q1', howMany: 100 });
    expect(findAll(shown, 'c-activity-item')).toHaveLength(35);
    expect(findAll(shown, 'lightning-button')).toHaveLength(1);
  });

  it('offer no more where there are no more', async () => {
    const shown = await component(activities(3));
    expect(findAll(shown, 'lightning-button')).toHaveLength(1);
    await expect(shown).toBeAccessible();
  });

  it('may be none', async () => {
    const shown = await component(activities(0));
    expect(textOf(shown)).toContain('There are no activities yet.');
    await expect(shown).toBeAccessible();
  });

  it('say what could not be read', async () => {
    const shown = await component(activities(1, ['site visits', 'events']));
    expect(textOf(shown)).toContain('ActiveCampaign did not let us read: site visits, events');
  });

  it('say why they cannot be shown, and are read again', async () => {
    jest
      .mocked(getActivities)
      .mockRejectedValueOnce(apexError('SYNC_RECORD_NOT_SYNCED', 'It is not synced.'));
    const shown = show(CxaActivities, { recordId: '00Q1' });
    await settle();
    expect(textOf(shown)).toContain('It is not synced.');
    jest.mocked(getActivities).mockResolvedValue(activities(2));
    act(find(shown, 'c-error-panel'), 'retry');
    await settle();
    expect(findAll(shown, 'c-activity-item')).toHaveLength(2);
  });
});
