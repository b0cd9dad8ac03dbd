import { describe, expect, it, jest } from '@jest/globals';
import connect from '@salesforce/apex/SetupController.connectActiveCampaign';
import { connection } from 'samples';
import { act, apexError, button, find, property, record, settle, show, textOf } from 'testing';
import ActiveCampaignAccess from '../activeCampaignAccess';

function type(page: HTMLElement, account: string, key: string): void {
  act(find(page, '[data-id="account"]'), 'change', { value: account });
  act(find(page, '[data-id="key"]'), 'change', { value: key });
}

describe('API access', () => {
  it('waits for both values', async () => {
    const page = show(ActiveCampaignAccess);
    expect(property(button(page, 'Authorize'), 'disabled')).toBe(true);
    type(page, 'acme', '  ');
    await settle();
    expect(property(button(page, 'Authorize'), 'disabled')).toBe(true);
    type(page, 'acme', 'key');
    await settle();
    expect(property(button(page, 'Authorize'), 'disabled')).toBe(false);
    await expect(page).toBeAccessible();
  });

  it('sends the account and the key, and forgets the key', async () => {
    jest.mocked(connect).mockResolvedValue(connection());
    const page = show(ActiveCampaignAccess);
    const changes = record(page, 'changed');
    type(page, ' acme ', ' key ');
    await settle();
    act(button(page, 'Authorize'), 'click');
    await settle();
    expect(connect).toHaveBeenCalledWith({ account: 'acme', apiKey: 'key' });
    expect(changes).toHaveLength(1);
    expect(property(find(page, '[data-id="key"]'), 'value')).toBe('');
  });

  it('authorizes with the Enter key', async () => {
    jest.mocked(connect).mockResolvedValue(connection());
    const page = show(ActiveCampaignAccess);
    type(page, 'acme', 'key');
    find(page, '[data-id="key"]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await settle();
    expect(connect).toHaveBeenCalledTimes(1);
  });

  it('shows the red bar with the reason, and keeps what was typed', async () => {
    jest
      .mocked(connect)
      .mockRejectedValue(apexError('SYNC_PLATFORM_KEY_REFUSED', 'The key is wrong.', 'Copy it.'));
    const page = show(ActiveCampaignAccess, { connection: connection() });
    type(page, 'acme', 'wrong');
    await settle();
    act(button(page, 'Authorize'), 'click');
    await settle();
    expect(property(find(page, 'c-connection-bar'), 'state')).toBe('error');
    expect(textOf(page)).toContain('The key is wrong. Copy it. Code: SYNC_PLATFORM_KEY_REFUSED');
    expect(property(find(page, '[data-id="key"]'), 'value')).toBe('wrong');
    await expect(page).toBeAccessible();
  });

  it('shows the green bar with the account that is connected', () => {
    expect(textOf(show(ActiveCampaignAccess, { connection: connection() }))).toContain('Connected Acme');
  });

  it('shows why a connection that stood is lost', () => {
    const problem = { code: 'SYNC_LOST', meaning: 'The key was withdrawn.', remedy: 'Give a new one.' };
    const page = show(ActiveCampaignAccess, { connection: connection({ state: 'error', problem }) });
    expect(textOf(page)).toContain('The key was withdrawn. Give a new one. Code: SYNC_LOST');
  });

  it('is black again after the account was disconnected', () => {
    const page = show(ActiveCampaignAccess, { connection: connection({ state: 'disconnected' }) });
    expect(textOf(page)).toContain('Not connected');
  });
});
