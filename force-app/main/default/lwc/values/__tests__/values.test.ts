import { expect, it } from '@jest/globals';
import { inWords, type FieldValue } from '../values';

const told: readonly (readonly [value: FieldValue, text: string])[] = [
  [undefined, '(not known)'],
  [null, '(empty)'],
  ['', '(empty)'],
  [true, 'Yes'],
  [false, 'No'],
  [0, '0'],
  [['a', 'b'], 'a, b'],
  ['+34 600', '+34 600'],
];

for (const [value, text] of told) {
  it(`a value of ${JSON.stringify(value)} is read as ${text}`, () => {
    expect(inWords(value)).toBe(text);
  });
}
