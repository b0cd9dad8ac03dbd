import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import getAuthorization from '@salesforce/apex/SetupController.getAuthorization';
import startAuthorization from '@salesforce/apex/SetupController.startAuthorization';
import type { Authorization } from 'service';
import { act, apexError, button, record, settle, show, textOf } from 'testing';
import SalesforceAccess from '../salesforceAccess';

const id = '0b7d3f0e-1111-4222-8333-944455556666';
const expiresAt = '2026-01-01T00:10:00.000Z';

function authorization(
  state: Authorization['state'],
  problem: Authorization['problem'] = null,
): Authorization {
  return { authorizationId: id, state, problem, expiresAt };
}

/** A login window as the page sees it. */
class LoginWindow {
  closed = false;
  location = { href: '' };
  close(): void {
    this.closed = true;
  }
}

let loginWindow: LoginWindow;

async function authorize(): Promise<HTMLElement> {
  const page = show(SalesforceAccess);
  act(button(page, 'Authorize'), 'click');
  await settle();
  return page;
}

async function pass(milliseconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
  await settle();
}

describe('authorizing Salesforce', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    loginWindow = new LoginWindow();
    Object.defineProperty(window, 'open', { configurable: true, value: jest.fn(() => loginWindow) });
    jest.mocked(startAuthorization).mockResolvedValue({
      authorizationId: id,
      authorizeUrl: 'https://acme.my.salesforce.com/authorize',
      expiresAt,
    });
    jest.mocked(getAuthorization).mockResolvedValue(authorization('pending'));
  });
  afterEach(() => void jest.useRealTimers());

  it('opens the login window at the service’s address and waits', async () => {
    const page = await authorize();
    expect(loginWindow.location.href).toBe('https://acme.my.salesforce.com/authorize');
    expect(startAuthorization).toHaveBeenCalledWith({ returnUrl: window.location.href });
    expect(textOf(page)).toContain('Waiting for the login window…');
  });

  it('tells that it is connected, and closes the window', async () => {
    const page = await authorize();
    const changes = record(page, 'changed');
    jest.mocked(getAuthorization).mockResolvedValue(authorization('connected'));
    await pass(1500);
    expect(changes).toHaveLength(1);
    expect(loginWindow.closed).toBe(true);
    await pass(60_000);
    expect(getAuthorization).toHaveBeenCalledTimes(1);
  });

  it('shows the reason when access was denied', async () => {
    const page = await authorize();
    const problem = { code: 'SYNC_OAUTH_DENIED', meaning: 'Access was denied.', remedy: 'Choose "Allow".' };
    jest.mocked(getAuthorization).mockResolvedValue(authorization('failed', problem));
    await pass(1500);
    expect(textOf(page)).toContain('Error Access was denied. Choose "Allow". Code: SYNC_OAUTH_DENIED');
  });

  it('says so when the window was closed, but not before the service had time to tell otherwise', async () => {
    const page = await authorize();
    loginWindow.close();
    await pass(4500);
    expect(textOf(page)).not.toContain('PACKAGE_LOGIN_CLOSED');
    await pass(1500);
    expect(textOf(page)).toContain('PACKAGE_LOGIN_CLOSED');
  });

  it('takes a login for done that closed its window itself', async () => {
    const page = await authorize();
    const changes = record(page, 'changed');
    loginWindow.close();
    await pass(1500);
    jest.mocked(getAuthorization).mockResolvedValue(authorization('connected'));
    await pass(1500);
    expect(changes).toHaveLength(1);
  });

  it('says so when access was not given in time', async () => {
    const page = await authorize();
    jest.mocked(getAuthorization).mockResolvedValue(authorization('expired'));
    await pass(1500);
    expect(textOf(page)).toContain('PACKAGE_LOGIN_EXPIRED');
    expect(loginWindow.closed).toBe(true);
  });

  it('says so when the browser allows no window', async () => {
    Object.defineProperty(window, 'open', { configurable: true, value: () => null });
    const page = await authorize();
    expect(textOf(page)).toContain('PACKAGE_LOGIN_BLOCKED');
    expect(startAuthorization).not.toHaveBeenCalled();
  });

  it('closes the window when the login cannot begin', async () => {
    jest.mocked(startAuthorization).mockRejectedValue(apexError('SYNC_X', 'Not now.'));
    const page = await authorize();
    expect(loginWindow.closed).toBe(true);
    expect(textOf(page)).toContain('Not now.');
  });

  it('stops asking when the page is left', async () => {
    const page = await authorize();
    page.remove();
    await pass(60_000);
    expect(getAuthorization).not.toHaveBeenCalled();
  });
});

it('is accessible', async () => {
  await expect(show(SalesforceAccess)).toBeAccessible();
});
