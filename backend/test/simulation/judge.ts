import type { Bench } from './bench.ts';
import { gather, type Invariant } from './evidence.ts';
import { consent } from './invariants/consent.ts';
import { convergence } from './invariants/convergence.ts';
import { duplicates } from './invariants/duplicates.ts';
import { echo } from './invariants/echo.ts';
import { invention } from './invariants/invention.ts';
import { isolation } from './invariants/isolation.ts';
import { lifecycle } from './invariants/lifecycle.ts';
import { limits } from './invariants/limits.ts';
import { lostUpdate } from './invariants/lost-update.ts';
import { patience } from './invariants/patience.ts';
import { policy } from './invariants/policy.ts';
import { soundness } from './invariants/sound.ts';
import { tags } from './invariants/tags.ts';
import type { Played } from './play.ts';

/** The invariants of docs/architecture.md by name. That of crashes shows in all the others. */
const invariants: Readonly<Record<string, Invariant>> = {
  'crash safety': soundness,
  'no lost update': lostUpdate,
  'one person, one link': duplicates,
  consent,
  'no invention': invention,
  'no echo': echo,
  limits,
  lifecycle,
  patience,
  tags,
  tenants: isolation,
  policy,
  convergence,
};

/** An invariant that a story broke. */
export interface Violation {
  readonly invariant: string;
  readonly words: string;
}

/** What a story broke, the gravest first. */
export async function judge(bench: Bench, played: Played): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const tenant of played.tenants) {
    const evidence = await gather(bench, played, tenant);
    for (const [invariant, find] of Object.entries(invariants)) {
      for (const words of find(evidence)) violations.push({ invariant, words });
    }
  }
  return violations;
}
