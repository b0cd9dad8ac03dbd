import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogue, type ErrorEntry } from '../backend/src/lib/error-catalogue.ts';

/** Where the page stands. */
export const errorsPagePath = join(import.meta.dirname, '..', 'docs', 'errors.md');

/** The error catalogue as a page for people. */
export function errorsPage(): string {
  const entries = Object.entries(catalogue).sort(([a], [b]) => a.localeCompare(b));
  return [
    '# Errors',
    '',
    'Every error of the service has a code that stays the same. An answer from status 400 up carries it, together ' +
      'with what is written here, what happened this time, and a request id that finds it in the log. Records that ' +
      'are not in step, and runs, show the same codes. Where `Accept-Language` asks for Spanish, ' +
      'answers explain them in Spanish.',
    '',
    'This page is made from the catalogue in `backend/src/lib/error-catalogue.ts` by `node scripts/docs-errors.ts`.',
    '',
    ...entries.flatMap(([code, entry]) => section(code, entry)),
  ].join('\n');
}

function section(code: string, { status, meaning, action, remedy, retryable }: ErrorEntry): string[] {
  return [
    `## ${code}`,
    '',
    meaning,
    '',
    `- **What the service did:** ${action}`,
    `- **What you can do:** ${remedy}`,
    `- **Trying again:** ${retryable ? 'may help by itself' : 'helps after something was changed'}`,
    `- **Status:** ${status}`,
    '',
  ];
}

if (import.meta.main) {
  const page = errorsPage();
  const before = await readFile(errorsPagePath, 'utf8').catch(() => '');
  await writeFile(errorsPagePath, page);
  console.log(before === page ? 'docs/errors.md is up to date.' : 'docs/errors.md was written.');
}
