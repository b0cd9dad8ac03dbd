import { describe, expect, it } from '@jest/globals';
import { find, show, textOf } from 'testing';
import ConnectionBar from '../connectionBar';

describe('the bar of a connection', () => {
  it('is black and says "Not connected" at first', async () => {
    const bar = show(ConnectionBar);
    expect(textOf(bar)).toBe('Not connected');
    expect(find(bar, '.bar').classList).toContain('none');
    await expect(bar).toBeAccessible();
  });

  it('is green and names the account when it is connected', async () => {
    const bar = show(ConnectionBar, { state: 'connected', account: 'Acme' });
    expect(textOf(bar)).toBe('Connected Acme');
    expect(find(bar, '.bar').classList).toContain('connected');
    await expect(bar).toBeAccessible();
  });

  it('is red with code, meaning and remedy when it failed', async () => {
    const failure = { code: 'SYNC_KEY', meaning: 'The key is wrong.', remedy: 'Copy it again.' };
    const bar = show(ConnectionBar, { state: 'error', account: 'Acme', failure });
    expect(textOf(bar)).toBe('Error The key is wrong. Copy it again. Code: SYNC_KEY');
    expect(find(bar, '.bar').classList).toContain('error');
    await expect(bar).toBeAccessible();
  });
});
