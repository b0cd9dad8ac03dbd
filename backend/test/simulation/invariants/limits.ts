import type { Invariant } from '../evidence.ts';

/** 8. No vendor's limit is met, ever. */
export const limits: Invariant = ({ played, tenant }) =>
  played.world.refusals
    .filter((line) => line.startsWith(tenant.name))
    .map((line) => `A limit was met: ${line}`);
