import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { errorsPage, errorsPagePath } from '../docs-errors.ts';

test('docs/errors.md lists the error catalogue as it is ("node scripts/docs-errors.ts" brings it up to date)', async () => {
  expect(await readFile(errorsPagePath, 'utf8')).toBe(errorsPage());
});
