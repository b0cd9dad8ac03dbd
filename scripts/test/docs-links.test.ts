import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');
const DOCS = join(ROOT, 'docs');
const MAX_PICTURE_BYTES = 100_000;

const namesIn = (folder: string, extension: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name));

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].map((name) => join(ROOT, name)),
  ...namesIn(DOCS, '.md'),
];

/** A page without its code, in which brackets mean something else. */
function proseOf(page: string): string {
  return readFileSync(page, 'utf8')
    .replace(/^```[^]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '');
}

/** The names under which a page's headings can be linked to, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const headings = readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function brokenLinks(page: string): string[] {
  const targets = [...proseOf(page).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(
    ([, target = '']) => target,
  );
  return targets.filter((target) => {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    if (!existsSync(file)) return true;
    return anchor !== undefined && !anchorsOf(file).includes(anchor);
  });
}

describe('the documentation', () => {
  test.each(pages.map((page) => [relative(ROOT, page), page]))(
    '%s leads to files and headings that are there',
    (_name, page) => {
      expect(brokenLinks(page)).toEqual([]);
    },
  );

  test('has pictures of less than 100 kB each', () => {
    const pictures = namesIn(join(DOCS, 'screens'), '.png');
    expect(pictures.length).toBeGreaterThan(0);
    expect(pictures.filter((picture) => statSync(picture).size >= MAX_PICTURE_BYTES)).toEqual([]);
  });
});
