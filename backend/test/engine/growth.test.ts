import { expect, test } from '@jest/globals';
import { Growth } from '../../src/engine/growth.ts';

test('a complete read is news to the database at its first thousands and at each doubling', () => {
  const growth = new Growth();
  const pages = Array.from({ length: 20 }, (_, index) => (index + 1) * 1_000);
  expect(pages.filter((observed) => growth.isNews(observed))).toEqual([2_000, 4_000, 8_000, 16_000]);
});
