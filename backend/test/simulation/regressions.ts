/** A seed that once broke an invariant, and what it was about. It is run with the tests from then on. */
export interface Regression {
  readonly seed: number;
  readonly story: string;
}

/** A change of `story.ts` gives every seed another story: then these have to be looked for anew. */
export const regressions: readonly Regression[] = [
  {
    seed: 171,
    story: 'a Lead that took over a merged one gives its link to the Contact that is asked for its person',
  },
];
