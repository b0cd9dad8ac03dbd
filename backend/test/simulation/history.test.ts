import { expect, test } from '@jest/globals';
import { tellsOf } from './history.ts';

const answer = (body: unknown) => ({ side: 'platform' as const, text: JSON.stringify(body) });
const four = { kind: 'contact' as const, id: '4' };

test('an answer tells of the contacts that it lists and of the one that it is about', () => {
  expect(tellsOf(answer({ contacts: [{ id: '4', email: 'a@b.example' }] }), four)).toBe(true);
  expect(tellsOf(answer({ contact: { id: '4' } }), four)).toBe(true);
});

test.each([
  ['a field’s', { contacts: [{ id: '5' }], fieldValues: [{ id: '4', field: '4' }] }],
  ['an account’s', { accounts: [{ id: '4' }] }],
  ['an imported one’s', { status: 'completed', success: ['4'], failure: [] }],
])('an answer does not tell of a contact whose number is %s', (_, body) => {
  expect(tellsOf(answer(body), four)).toBe(false);
});

test('an answer tells of a Salesforce record wherever its id stands', () => {
  const id = '003Sb0000000001IAA';
  const text = `"Id","Email"\n"${id}","a@b.example"`;
  expect(tellsOf({ side: 'salesforce', text }, { kind: 'Contact', id })).toBe(true);
});
