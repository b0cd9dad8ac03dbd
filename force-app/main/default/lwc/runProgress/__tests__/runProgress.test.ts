import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import getCauses from '@salesforce/apex/HealthController.getCauses';
import getRun from '@salesforce/apex/HealthController.getRun';
import { run } from 'samples';
import type { Run } from 'service';
import { act, apexError, find, findAll, property, record, settle, show, textOf } from 'testing';
import RunProgress from '../runProgress';

const progress = { done: 500, total: 2000, recordsPerSecond: 25.4, secondsLeft: 59.1 };

async function shown(changes: Partial<Run>): Promise<HTMLElement> {
  jest.mocked(getRun).mockResolvedValue(run(changes));
  const element = show(RunProgress, { runId: 'r1' });
  await settle();
  return element;
}

async function shownWithFailures(): Promise<HTMLElement> {
  const remedy = 'Give it an email address.';
  const cause = { code: 'SYNC_EMAIL_MISSING', meaning: 'No address.', action: '', remedy, retryable: false };
  jest.mocked(getCauses).mockResolvedValue({ causes: [{ ...cause, count: 1200 }] });
  return shown({ state: 'succeeded', counts: { ...run().counts, failed: 1200 } });
}

async function pass(milliseconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
  await settle();
}

describe('a run that goes on', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['queueMicrotask'] }));
  afterEach(() => void jest.useRealTimers());

  it('shows how far it is, its pace and the time left', async () => {
    const element = await shown({ progress });
    expect(property(find(element, 'c-progress'), 'percent')).toBe(25);
    expect(textOf(element)).toContain('500 of 2,000 records done');
    expect(textOf(element)).toContain('25 records per second. About 60 seconds left.');
    expect(getRun).toHaveBeenCalledWith({ runId: 'r1' });
  });

  it('counts long times in minutes', async () => {
    const element = await shown({ progress: { ...progress, secondsLeft: 301 } });
    expect(textOf(element)).toContain('About 6 minutes left.');
  });

  it('invents no measure where none is known', async () => {
    const element = await shown({
      progress: { ...progress, total: null, recordsPerSecond: null, secondsLeft: null },
    });
    expect(property(find(element, 'c-progress'), 'percent')).toBeNull();
    expect(textOf(element)).toBe('500 records done');
  });

  it('says so while it waits for its turn', async () => {
    expect(textOf(await shown({ state: 'queued' }))).toBe('The sync is about to begin…');
  });

  it('says what came of it at its end, tells so, and looks no more', async () => {
    const element = await shown({ progress });
    const done = record(element, 'done');
    const counts = { ...run().counts, created: 1998, updated: 1, linked: 0, skipped: 1, failed: 0 };
    jest.mocked(getRun).mockResolvedValue(run({ state: 'succeeded', counts }));
    await pass(2000);
    expect(textOf(element)).toBe(
      'The sync is done. Created: 1,998, updated: 1, linked: 0, left out: 1, failed: 0.',
    );
    expect(done).toHaveLength(1);
    await pass(60_000);
    expect(getRun).toHaveBeenCalledTimes(2);
  });

  it('says at its end why records failed, and what helps', async () => {
    expect(textOf(await shownWithFailures())).toContain(
      '1,200: No address. Give it an email address. SYNC_EMAIL_MISSING',
    );
  });

  it('says that records are in step by saying nothing of causes', async () => {
    const element = await shown({ state: 'succeeded' });
    expect(getCauses).not.toHaveBeenCalled();
    expect(findAll(element, 'ul')).toHaveLength(0);
  });

  it('says at its end what it had to do without, and offers no second look', async () => {
    const error = {
      code: 'SYNC_X',
      meaning: 'A field was left out.',
      remedy: 'Grant access.',
      message: 'Fax.',
    };
    const element = await shown({ state: 'succeeded', error });
    expect(textOf(element)).toContain('The sync is done.');
    expect(textOf(element)).toContain('A field was left out. Grant access. Details: Fax.');
    expect(findAll(element, 'lightning-button')).toHaveLength(0);
  });

  it('says why it failed', async () => {
    const error = { code: 'SYNC_X', meaning: 'It broke.', remedy: 'Mend it.', message: 'A wire broke.' };
    const element = await shown({ state: 'failed', error });
    expect(textOf(element)).toContain('It broke. Mend it. Details: A wire broke.');
    expect(textOf(element)).toContain('Code: SYNC_X');
    expect(findAll(element, 'c-progress')).toHaveLength(0);
  });

  it('can be looked at again when an answer failed', async () => {
    jest.mocked(getRun).mockRejectedValueOnce(apexError('X', 'Not now.'));
    const element = show(RunProgress, { runId: 'r1' });
    await settle();
    expect(textOf(element)).toContain('Not now.');
    jest.mocked(getRun).mockResolvedValue(run({ progress }));
    act(find(element, 'c-error-panel'), 'retry');
    await settle();
    expect(textOf(element)).toContain('500 of 2,000');
  });

  it('is looked at no more when the page is left', async () => {
    const element = await shown({ progress });
    element.remove();
    await pass(60_000);
    expect(getRun).toHaveBeenCalledTimes(1);
  });
});

it('is accessible', async () => {
  const element = await shownWithFailures();
  await expect(element).toBeAccessible();
});
