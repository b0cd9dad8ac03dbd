import type { Invariant } from '../evidence.ts';

/** 7. Whatever a process dies of, it is not of an error that nobody made a path for. */
export const soundness: Invariant = ({ played }) =>
  played.world.internalErrors.map((error) => `An error inside the service: ${error.stack ?? error.message}`);
