import { expect, test } from '@jest/globals';
import { accountUrl } from '../../../src/engine/setup/connect-activecampaign.ts';

test.each([
  'acme',
  ' Acme ',
  'acme.api-us1.com',
  'https://acme.api-us1.com',
  'https://ACME.API-US1.COM/',
  'https://acme.api-us1.com:443/api/3/',
  'acme.api-us1.com.',
])('%p is one and the same account', (account) => {
  expect(accountUrl(account, false).origin).toBe('https://acme.api-us1.com');
});

test('an account of the older domain stays there', () => {
  expect(accountUrl('acme.activehosted.com', false).origin).toBe('https://acme.activehosted.com');
});
