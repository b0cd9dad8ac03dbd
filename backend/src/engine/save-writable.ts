import type { SaveOutcome } from '../salesforce/types.ts';

type Row = Readonly<Record<string, unknown>>;

/** What became of a row, and the fields that it was saved without. */
export interface WritableSave {
  readonly outcome: SaveOutcome;
  readonly leftOut: readonly string[];
}

/** A refusal may name one field at a time. */
const mostRounds = 5;

/**
 * Saves rows. One that is refused for fields that the user may not write is saved without them, so that all other
 * fields go on.
 */
export async function saveWritable<R extends Row>(
  save: (rows: readonly R[]) => Promise<SaveOutcome[]>,
  rows: readonly R[],
): Promise<(WritableSave | undefined)[]> {
  const results: (WritableSave | undefined)[] = rows.map(() => undefined);
  let open = rows.map((row, index) => ({ index, row, leftOut: [] as readonly string[] }));
  for (let round = 1; open.length > 0; round += 1) {
    const outcomes = await save(open.map(({ row }) => row));
    const refused: typeof open = [];
    for (const [position, { index, row, leftOut }] of open.entries()) {
      const outcome = outcomes[position];
      if (outcome === undefined) continue;
      results[index] = { outcome, leftOut };
      const named = namedBy(outcome, row);
      if (named.length > 0 && round < mostRounds) {
        refused.push({ index, row: without(row, named), leftOut: [...leftOut, ...named] });
      }
    }
    open = refused;
  }
  return results;
}

/** Fields of the row that its refusal names; what a row is known by is never left out. */
function namedBy(outcome: SaveOutcome, row: Row): string[] {
  if (outcome.ok || outcome.fields === undefined) return [];
  const named = new Set(outcome.fields.map((field) => field.toLowerCase()));
  return Object.keys(row).filter((name) => name !== 'Id' && named.has(name.toLowerCase()));
}

function without<R extends Row>(row: R, fields: readonly string[]): R {
  // Id is never among the fields, so what the caller's type asks for stays.
  return Object.fromEntries(Object.entries(row).filter(([name]) => !fields.includes(name))) as R;
}
