import { describe, expect, it, jest } from '@jest/globals';
import getOrgJobs from '@salesforce/apex/SetupController.getOrgJobs';
import { act, apexError, find, findAll, settle, show, textOf } from 'testing';
import OrgJobs from '../orgJobs';

async function jobs(): Promise<HTMLElement> {
  const shown = show(OrgJobs);
  await settle();
  return shown;
}

describe('the other jobs of the org', () => {
  it('are listed', async () => {
    jest.mocked(getOrgJobs).mockResolvedValue([
      { id: '08e1', name: 'Nightly', state: 'WAITING', nextRunAt: '2026-01-02T03:00:00Z' },
      { id: '08e2', name: 'Weekly', state: 'PAUSED', nextRunAt: null },
    ]);
    const shown = await jobs();
    expect(findAll(shown, 'tbody tr').map((row) => textOf(row))).toEqual([
      'Nightly Waiting',
      'Weekly Paused',
    ]);
    await expect(shown).toBeAccessible();
  });

  it('may be none', async () => {
    jest.mocked(getOrgJobs).mockResolvedValue([]);
    expect(textOf(await jobs())).toContain('Your org has no other scheduled jobs.');
  });

  it('are asked for again after a failure', async () => {
    jest.mocked(getOrgJobs).mockRejectedValueOnce(apexError('X', 'Not now.'));
    const shown = await jobs();
    expect(textOf(shown)).toContain('Not now.');
    jest.mocked(getOrgJobs).mockResolvedValue([]);
    act(find(shown, 'c-error-panel'), 'retry');
    await settle();
    expect(textOf(shown)).toContain('Your org has no other scheduled jobs.');
  });
});
