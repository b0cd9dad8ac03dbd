import { describe, expect, it } from '@jest/globals';
import { show, textOf } from 'testing';
import CauseList from '../causeList';

const cause = { code: 'SYNC_EMAIL_MISSING', meaning: 'No email.', remedy: 'Add one.', count: 1200 };

describe('why records are not in step', () => {
  it('is told with how many they are and what helps', async () => {
    const list = show(CauseList, { heading: 'Why', causes: [cause] });
    expect(textOf(list)).toBe('Why 1,200: No email. Add one. SYNC_EMAIL_MISSING');
    await expect(list).toBeAccessible();
  });

  it('is not asked where all are', () => {
    expect(textOf(show(CauseList, { heading: 'Why', causes: [] }))).toBe('');
  });
});
