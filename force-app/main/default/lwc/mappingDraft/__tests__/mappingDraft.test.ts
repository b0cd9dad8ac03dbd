import { describe, expect, it } from '@jest/globals';
import { mapping } from 'samples';
import { bodyOf } from '../mappingDraft';

const account = mapping('Account', [['Name', 'name']], { accountNameField: 'field:1' });

describe('a mapping as the service takes it', () => {
  it('has its rows, for accounts where the plan has them', () => {
    const body = JSON.stringify({ enabled: true, fields: account.fields });
    expect(bodyOf(account, true)).toBe(body);
    expect(bodyOf({ ...account, object: 'Lead' }, false)).toBe(body);
  });

  it('names the field of the account name where the plan has no accounts', () => {
    expect(bodyOf(account, false)).toBe('{"enabled":true,"fields":[],"accountNameField":"field:1"}');
    expect(bodyOf({ ...account, enabled: false }, false)).toBe('{"enabled":false,"fields":[]}');
  });
});
