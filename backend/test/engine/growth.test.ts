import { expect, test } from '@jest/globals';
import { Growth } from '../../src/engine/growth.ts';

test('a complete read is news to the database at its first thousands and each time it has grown fourfold', () => {
  const growth = new Growth();
  const pages = Array.from({ length: 40 }, (_, index) => (index + 1) * 1_000);
  expect(pages.filter((observed) => growth.isNews(observed))).toEqual([2_000, 8_000, 32_000]);
});
