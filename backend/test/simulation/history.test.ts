import { tellsOf } from './history.ts';

const answer = (body: unknown) => ({ side: 'platform' as const, text: JSON.stringify(body) });
const four = { kind: 'contact' as const, id: '4' };

describe('what an answer told of', () => {
  it('tells of the contacts that it lists and of the one that it is about', () => {
    expect(tellsOf(answer({ contacts: [{ id: '4', email: 'a@b.example' }] }), four)).toBe(true);
    expect(tellsOf(answer({ contact: { id: '4' } }), four)).toBe(true);
  });

  it('does not tell of a contact whose number is a field’s, an account’s or an imported one’s', () => {
    expect(tellsOf(answer({ contacts: [{ id: '5' }], fieldValues: [{ id: '4', field: '4' }] }), four)).toBe(
      false,
    );
    expect(tellsOf(answer({ accounts: [{ id: '4' }] }), four)).toBe(false);
    expect(tellsOf(answer({ status: 'completed', success: ['4'], failure: [] }), four)).toBe(false);
  });

  it('tells of a Salesforce record wherever its id stands', () => {
    const id = '003Sb0000000001IAA';
    expect(
      tellsOf({ side: 'salesforce', text: `"Id","Email"\n"${id}","a@b.example"` }, { kind: 'Contact', id }),
    ).toBe(true);
  });
});
