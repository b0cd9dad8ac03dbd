import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import previewSelection from '@salesforce/apex/SetupController.previewSelection';
import type { SelectionPreview as Preview } from 'service';
import { act, apexError, find, findAll, settle, show, textOf } from 'testing';
import SelectionPreview from '../selectionPreview';

function preview(changes: Partial<Preview> = {}): Preview {
  return {
    count: 1234,
    soql: null,
    sample: [{ id: '00Q1', name: 'Ada', email: 'ada@x.test' }],
    problems: [],
    ...changes,
  };
}

async function pass(milliseconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
  await settle();
}

describe('the live count of a selection', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    jest.mocked(previewSelection).mockResolvedValue(preview());
  });
  afterEach(() => void jest.useRealTimers());

  it('comes by itself, with some of the records', async () => {
    const shown = show(SelectionPreview, { objectName: 'Lead', selection: { mode: 'flagged' } });
    await pass(600);
    expect(textOf(shown)).toContain('Records that match now: 1,234');
    expect(textOf(find(shown, 'tbody'))).toBe('Ada ada@x.test');
    expect(previewSelection).toHaveBeenCalledWith({ objectName: 'Lead', selection: '{"mode":"flagged"}' });
  });

  it('waits until nobody types any more', async () => {
    const shown = show(SelectionPreview, { selection: { mode: 'flagged' } });
    await pass(500);
    Object.assign(shown, { selection: { mode: 'created' } });
    await pass(500);
    expect(previewSelection).not.toHaveBeenCalled();
    await pass(100);
    expect(previewSelection).toHaveBeenCalledTimes(1);
  });

  it('does not count again when the same selection is handed over', async () => {
    const shown = show(SelectionPreview, { selection: { mode: 'flagged' } });
    await pass(600);
    Object.assign(shown, { selection: { mode: 'flagged' } });
    await pass(1000);
    expect(previewSelection).toHaveBeenCalledTimes(1);
  });

  it('takes no answer about a selection that was changed meanwhile', async () => {
    let answer: (preview: Preview) => void = () => undefined;
    jest.mocked(previewSelection).mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const shown = show(SelectionPreview, { selection: { mode: 'flagged' } });
    await pass(600);
    Object.assign(shown, { selection: { mode: 'none' } });
    answer(preview());
    await settle();
    expect(textOf(shown)).toBe('');
  });

  it('counts nothing where nothing is selected or a rule is not finished', async () => {
    show(SelectionPreview, { selection: { mode: 'none' } });
    const rules = [{ field: '', operator: 'equals', value: null }];
    show(SelectionPreview, { selection: { mode: 'criteria', match: 'all', rules } });
    await pass(5000);
    expect(previewSelection).not.toHaveBeenCalled();
  });

  it('says what is wrong with a rule', async () => {
    const problem = { code: 'x', severity: 'error' as const, salesforce: 'City', platform: null };
    jest
      .mocked(previewSelection)
      .mockResolvedValue(preview({ sample: [], problems: [{ ...problem, message: 'City is a text.' }] }));
    const shown = show(SelectionPreview, { selection: { mode: 'flagged' } });
    await pass(600);
    expect(textOf(shown)).toContain('City is a text.');
    expect(findAll(shown, 'table')).toHaveLength(0);
  });

  it('says why it cannot count, and tries again', async () => {
    jest.mocked(previewSelection).mockRejectedValueOnce(apexError('X', 'Not now.'));
    const shown = show(SelectionPreview, { selection: { mode: 'flagged' } });
    await pass(600);
    expect(textOf(shown)).toContain('Not now.');
    act(find(shown, 'c-error-panel'), 'retry');
    await settle();
    expect(textOf(shown)).toContain('1,234');
  });
});

it('is accessible', async () => {
  jest.mocked(previewSelection).mockResolvedValue(preview());
  jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
  const shown = show(SelectionPreview, { objectName: 'Lead', selection: { mode: 'flagged' } });
  await pass(600);
  jest.useRealTimers();
  expect(findAll(shown, 'tbody tr')).toHaveLength(1);
  await expect(shown).toBeAccessible();
});
