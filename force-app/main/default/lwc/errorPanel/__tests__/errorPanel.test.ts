import { describe, expect, it } from '@jest/globals';
import { act, button, findAll, record, show, textOf } from 'testing';
import ErrorPanel from '../errorPanel';

const failure = { code: 'SYNC_X', meaning: 'The key is wrong.', remedy: 'Copy it again.' };

describe('the error panel', () => {
  it('says what happened, what to do and the code, and announces it', async () => {
    const panel = show(ErrorPanel, { failure });
    expect(textOf(panel)).toBe('The key is wrong. Copy it again. Code: SYNC_X');
    expect(findAll(panel, '[role="alert"]')).toHaveLength(1);
    await expect(panel).toBeAccessible();
  });

  it('says what happened this time where that is more than what the code means', () => {
    const message = 'ActiveCampaign: no such key';
    expect(textOf(show(ErrorPanel, { failure: { ...failure, message } }))).toContain(
      'The key is wrong. Copy it again. Details: ActiveCampaign: no such key Code: SYNC_X',
    );
    const panel = show(ErrorPanel, { failure: { ...failure, message: failure.meaning } });
    expect(textOf(panel)).toBe('The key is wrong. Copy it again. Code: SYNC_X');
  });

  it('is empty while nothing is wrong', () => {
    expect(textOf(show(ErrorPanel))).toBe('');
  });

  it('offers another try only where one can help', () => {
    expect(findAll(show(ErrorPanel, { failure }), 'lightning-button')).toHaveLength(0);
    const panel = show(ErrorPanel, { failure, retryable: true });
    const retries = record(panel, 'retry');
    act(button(panel, 'Try again'), 'click');
    expect(retries).toHaveLength(1);
  });
});
