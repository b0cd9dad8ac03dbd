/** A seed that once broke an invariant, and what it was about. It is run with the tests from then on. */
export interface Regression {
  readonly seed: number;
  readonly story: string;
}

export const regressions: readonly Regression[] = [
  {
    seed: 12,
    story:
      'a worker dies in the middle of a renewal of the token; once a person authorized the org again, nothing is lost',
  },
  {
    seed: 55,
    story: 'a Lead is converted into its Contact while the address of the person changes on the platform',
  },
];
