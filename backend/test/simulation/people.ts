import { emailOf } from './values.ts';
import type { Snapshot } from './records.ts';
import type { Tenant } from './tenant.ts';
import type { World } from './world.ts';

type Kind = 'Lead' | 'Contact' | 'contact';

/** A person's living records of these kinds, the oldest first: those whose address is one of the person's. */
export function recordsOf(world: World, tenant: Tenant, person: number, kinds: readonly Kind[]): Snapshot[] {
  const prefix = emailOf(tenant, person).split('@', 1)[0] ?? '';
  const sides = kinds.includes('contact') ? (['salesforce', 'platform'] as const) : (['salesforce'] as const);
  const found: Snapshot[] = [];
  for (const side of sides) {
    for (const record of world.snapshot(tenant, side).values()) {
      const { email } = record.values;
      const isTheirs = typeof email === 'string' && email.split(/[@+]/, 1)[0] === prefix;
      if (isTheirs && !record.isGone && kinds.some((kind) => kind === record.kind)) found.push(record);
    }
  }
  return found;
}
