import { describe, expect, test } from '@jest/globals';
import { normaliseEmail } from '../../src/sync/identity.ts';
import { fc } from './properties.ts';

describe('email addresses', () => {
  test.each([
    [' Ana.Diaz@Example.COM ', 'ana.diaz@example.com'],
    ["o'neil+news@mail.example.co.uk", "o'neil+news@mail.example.co.uk"],
    ['jose\u0301@ejemplo.es', 'josé@ejemplo.es'],
    ['info@müller.de', 'info@müller.de'],
  ])('%j is %j', (raw, email) => {
    expect(normaliseEmail(raw)).toEqual({ ok: true, email });
  });

  test.each([null, undefined, '', '  \n'])('%j is missing', (raw) => {
    expect(normaliseEmail(raw)).toEqual({ ok: false, code: 'SYNC_EMAIL_MISSING' });
  });

  test.each([
    'ana',
    'ana@',
    '@example.com',
    'ana@example',
    'ana@@example.com',
    'ana diaz@example.com',
    'ana.@example.com',
    '.ana@example.com',
    'a..b@example.com',
    'ana@-example.com',
    'ana@example..com',
    'ana@example.com.',
    'ana@192.168.0.1',
    'a@b.com, c@d.com',
    '<ana@example.com>',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    `a@${'b.'.repeat(130)}com`,
  ])('%j is invalid', (raw) => {
    expect(normaliseEmail(raw)).toEqual({ ok: false, code: 'SYNC_EMAIL_INVALID' });
  });

  test('a normal address is normal already, whatever its letters were', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (raw) => {
        const once = normaliseEmail(raw.toUpperCase());
        const email = once.ok ? once.email : '';
        expect(email).toBe(raw.toLowerCase());
        expect(normaliseEmail(email)).toEqual(once);
      }),
    );
  });
});
