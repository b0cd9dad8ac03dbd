import { createHash } from 'node:crypto';
import type { Link, RecentWrite } from '../store/links.ts';
import { oscillates, recentWrites } from '../sync/oscillation.ts';
import type { Canonical, Side, Values } from '../sync/types.ts';

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

/** Parts the wanted writes into those to make and those that would continue a loop (invariant 3). */
export function splitOscillating(
  link: Link,
  wanted: Values,
  side: Side,
  now: number,
): { calm: Values; parked: Values } {
  if (link.recentWrites === null) return { calm: wanted, parked: {} };
  const calm: Record<string, Canonical> = {};
  const parked: Record<string, Canonical> = {};
  for (const [field, value] of Object.entries(wanted)) {
    const writes = [...(link.recentWrites[field] ?? []), { side, at: now, value: fingerprint(value) }];
    (oscillates(writes, now) ? parked : calm)[field] = value;
  }
  return { calm, parked };
}

/** Short enough to keep, and no personal data. */
function fingerprint(value: Canonical): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 12);
}
