import { describe, expect, it } from '@jest/globals';
import { connection } from 'samples';
import { barOf } from '../connectionState';

const failure = { code: 'SYNC_KEY', meaning: 'The key is wrong.', remedy: 'Copy it again.' };

describe('what the bar of a connection shows', () => {
  it('is that nothing is connected where there is no connection, or not any more', () => {
    expect(barOf(undefined, undefined)).toEqual({ state: 'none', account: '', failure: undefined });
    expect(barOf(connection({ state: 'disconnected' }), undefined).state).toBe('none');
  });

  it('is whose account is connected', () => {
    expect(barOf(connection(), undefined)).toEqual({
      state: 'connected',
      account: 'Acme',
      failure: undefined,
    });
    expect(barOf(connection({ accountName: null }), undefined).account).toBe('acme.api-us1.com');
  });

  it('is what is wrong with a connection, but first of all what went wrong just now', () => {
    const broken = connection({ state: 'error', problem: failure });
    expect(barOf(broken, undefined)).toMatchObject({ state: 'error', failure });
    const latest = { ...failure, code: 'SYNC_HOST' };
    expect(barOf(connection(), latest)).toMatchObject({ state: 'error', failure: latest });
  });
});
