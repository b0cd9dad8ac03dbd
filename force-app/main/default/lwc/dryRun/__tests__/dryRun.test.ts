import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import getDryRun from '@salesforce/apex/SetupController.getDryRun';
import startDryRun from '@salesforce/apex/SetupController.startDryRun';
import { dryRun, dryRunDirection } from 'samples';
import { act, apexError, button, findAll, property, record, settle, show, textOf } from 'testing';
import DryRun from '../dryRun';

async function pass(milliseconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
  await settle();
}

async function begin(): Promise<HTMLElement> {
  const shown = show(DryRun);
  act(button(shown, 'Try without writing'), 'click');
  await settle();
  return shown;
}

describe('the dry run', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    jest.mocked(startDryRun).mockResolvedValue({ id: 'd1' });
    jest
      .mocked(getDryRun)
      .mockResolvedValue(
        dryRun({ state: 'running', read: { salesforce: 2000, platform: 10 }, outbound: null, inbound: null }),
      );
  });
  afterEach(() => void jest.useRealTimers());

  it('does not start by itself unless it is told to', async () => {
    show(DryRun);
    await settle();
    expect(startDryRun).not.toHaveBeenCalled();
    show(DryRun, { autostart: true });
    await settle();
    expect(startDryRun).toHaveBeenCalledTimes(1);
  });

  it('is called for by a changed mapping until it has been looked at', async () => {
    const shown = show(DryRun, { changed: true });
    const changed = 'The field mapping has changed. See what the next sync would do with it.';
    expect(textOf(shown)).toContain(changed);
    expect(property(button(shown, 'Try without writing'), 'variant')).toBe('brand');
    expect(startDryRun).not.toHaveBeenCalled();
    act(button(shown, 'Try without writing'), 'click');
    await settle();
    expect(textOf(shown)).not.toContain(changed);
  });

  it('can be put off after a change of the mapping alone, until it has begun', async () => {
    expect(textOf(show(DryRun))).not.toContain('Not now');
    const shown = show(DryRun, { changed: true });
    const [later, begun] = [record(shown, 'later'), record(shown, 'begun')];
    jest.useRealTimers();
    await expect(shown).toBeAccessible();
    act(button(shown, 'Not now'), 'click');
    expect(later).toHaveLength(1);
    expect(begun).toHaveLength(0);
    act(button(shown, 'Try without writing'), 'click');
    await settle();
    expect(begun).toHaveLength(1);
    expect(textOf(shown)).not.toContain('Not now');
  });

  it('says how much it has read while it goes on', async () => {
    const shown = await begin();
    expect(textOf(shown)).toContain('Reading: 2,000 records of Salesforce, 10 of ActiveCampaign so far');
    expect(property(button(shown, 'Try again without writing'), 'disabled')).toBe(true);
  });

  it('shows both directions when it is done, and tells so', async () => {
    const shown = await begin();
    const done = record(shown, 'done');
    const outbound = dryRunDirection({ create: 5 });
    jest.mocked(getDryRun).mockResolvedValue(dryRun({ outbound }));
    await pass(2000);
    const results = findAll(shown, 'c-dry-run-result').map((result) => property(result, 'heading'));
    expect(results).toEqual(['From Salesforce to ActiveCampaign', 'From ActiveCampaign to Salesforce']);
    expect(done).toHaveLength(1);
    await pass(60_000);
    expect(getDryRun).toHaveBeenCalledTimes(2);
  });

  it('says why it failed, and can be repeated', async () => {
    const shown = await begin();
    const done = record(shown, 'done');
    const error = { code: 'SYNC_X', message: 'It broke.', meaning: 'Broken.', remedy: 'Mend it.' };
    jest.mocked(getDryRun).mockResolvedValue(dryRun({ state: 'failed', error }));
    await pass(2000);
    expect(textOf(shown)).toContain('Broken. Mend it. Details: It broke. Code: SYNC_X');
    expect(done).toHaveLength(0);
    expect(property(button(shown, 'Try again without writing'), 'disabled')).toBe(false);
  });

  it('stops asking when an answer fails or the page is left', async () => {
    const shown = await begin();
    jest.mocked(getDryRun).mockRejectedValue(apexError('X', 'Not now.'));
    await pass(2000);
    expect(textOf(shown)).toContain('Not now.');
    expect(property(button(shown, 'Try without writing'), 'disabled')).toBe(false);
    const left = await begin();
    left.remove();
    const calls = jest.mocked(getDryRun).mock.calls.length;
    await pass(60_000);
    expect(jest.mocked(getDryRun).mock.calls).toHaveLength(calls);
  });
});

it('is accessible', async () => {
  await expect(show(DryRun)).toBeAccessible();
  await expect(show(DryRun, { changed: true })).toBeAccessible();
});
