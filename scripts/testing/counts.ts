import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** What tests came to. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Names. */
  readonly skipped: readonly string[];
}

/** The part of jest's JSON result that is counted or told. */
const results = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  /** Files that broke before any of their tests could run. */
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) }),
  ),
});

/** Counts a jest's JSON result; a file that could not run is one failure, and so is a jest that wrote no result. */
export async function countJest(file: string): Promise<Counts> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return { passed: 0, failed: 1, skipped: [] };
  const result = results.parse(JSON.parse(text));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'pending' || status === 'todo')
      .map(({ fullName }) => fullName),
  };
}

export function sum(all: readonly Counts[]): Counts {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
    skipped: all.flatMap(({ skipped }) => skipped),
  };
}

/** `N passed, N failed`, and `, N skipped` where some were. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
}
