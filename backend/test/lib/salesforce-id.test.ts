import { expect, test } from '@jest/globals';
import { toLongId } from '../../src/lib/salesforce-id.ts';

test.each([
  // Of the vendor's documentation and of public examples.
  ['00D000000000001', '00D000000000001EAA'],
  ['001D000000IRFma', '001D000000IRFmaIAH'],
  ['0016g00000AbCdE', '0016g00000AbCdEAAV'],
  ['001D000000IRFmaIAH', '001D000000IRFmaIAH'],
])('%s is %s', (given, long) => {
  expect(toLongId(given)).toBe(long);
});

test.each(['', '00D', '00D00000000000!', '001D000000IRFmaIAB', '001D000000IRFmaI', 'x'.repeat(19)])(
  '%p is no id',
  (given) => {
    expect(toLongId(given)).toBeUndefined();
  },
);
