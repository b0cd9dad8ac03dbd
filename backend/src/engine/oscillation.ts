import { hash } from 'node:crypto';
import type { Link, Problem, RecentWrite } from '../store/links.ts';
import { oscillates, recentWrites } from '../sync/oscillation.ts';
import type { Canonical, CompiledMapping, FieldConflict, Side, Values } from '../sync/types.ts';
import { sentence } from '../words/told.ts';
import { knownValues, type Resolutions } from './evaluate.ts';

/** Notes our writes on the link, so that a loop can be recognised; writes of more than an hour ago fall away. */
export function noteWrites(link: Link, written: Values, side: Side, now: number): Link {
  const fields = Object.keys(written);
  if (fields.length === 0) return link;
  const kept: Record<string, readonly RecentWrite[]> = {};
  for (const [field, writes] of Object.entries(link.recentWrites ?? {})) {
    const recent = recentWrites(writes, now);
    if (recent.length > 0) kept[field] = recent;
  }
  // The first link writes every field at once; that is no back and forth.
  if (link.agreed === null) return { ...link, recentWrites: kept };
  for (const field of fields) {
    kept[field] = [...(kept[field] ?? []), { side, at: now, value: fingerprint(written[field] ?? null) }];
  }
  return { ...link, recentWrites: kept };
}

export interface Split {
  /** The writes to make. */
  readonly calm: Values;
  /** The conflicts under which the others are parked, both values kept. */
  readonly parked: readonly FieldConflict[];
  readonly problem: Problem | null;
}

/**
 * Parts the wanted writes into those to make and those that would continue a loop (invariant 3). What a person
 * chose is written all the same.
 */
export function splitOscillating(
  link: Link,
  wanted: Values,
  side: Side,
  now: number,
  context: { mapping: CompiledMapping; resolutions: Resolutions },
): Split {
  const calm: Record<string, Canonical> = {};
  const parked: FieldConflict[] = [];
  const { salesforce, platform } = knownValues(link);
  for (const [field, value] of Object.entries(wanted)) {
    const before = link.recentWrites?.[field] ?? [];
    const isCalm = (): boolean =>
      before.length === 0 || !oscillates([...before, { side, at: now, value: fingerprint(value) }], now);
    if (context.resolutions[field] !== undefined || isCalm()) {
      calm[field] = value;
      continue;
    }
    parked.push({
      field,
      base: link.agreed?.[field],
      salesforce: salesforce[field] ?? null,
      platform: platform[field] ?? null,
      policy: context.mapping.fields.find((row) => row.platform === field)?.policy ?? 'ask',
      winner: null,
      value,
    });
  }
  const [first] = parked;
  const problem =
    first === undefined
      ? null
      : {
          code: 'SYNC_FIELD_OSCILLATES',
          message: sentence('“{field}” was written back and forth too often within an hour.', {
            field: first.field,
          }),
          side,
          field: first.field,
        };
  return { calm, parked, problem };
}

/** Short enough to keep, and no personal data. */
function fingerprint(value: Canonical): string {
  return hash('sha256', JSON.stringify(value), 'base64url').slice(0, 12);
}
