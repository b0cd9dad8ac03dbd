import fc from 'fast-check';

/**
 * Properties run from a fixed seed, so that a run can be repeated; `FC_SEED` and `FC_RUNS` look further.
 */
fc.configureGlobal({
  seed: Number(process.env['FC_SEED'] ?? 20_260_131),
  numRuns: Number(process.env['FC_RUNS'] ?? 100),
});

export { fc };
