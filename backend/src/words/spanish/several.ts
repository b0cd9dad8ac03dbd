/** How several things are put together. */
export const severalSentences = {
  '{before}, {after}': '{before}, {after}',
  '{before} {after}': '{before} {after}',
} as const;
