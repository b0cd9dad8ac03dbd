import type { Invariant } from '../evidence.ts';

/** A conflict that nobody was asked about is decided as the admin wanted. */
export const policy: Invariant = ({ conflicts }) =>
  conflicts.flatMap(({ field, policy: wanted, winner, reason, salesforce, platform, isPersons }) => {
    // A write that was on its way could not be decided any more.
    if (reason === 'written_over') return [];
    if (winner === null || isPersons || salesforce === null || platform === null) return [];
    const due = wanted === 'most_restrictive' ? (platform === true ? 'platform' : 'salesforce') : wanted;
    if ((due !== 'salesforce' && due !== 'platform') || winner === due) return [];
    return [`A conflict of ${field ?? 'a field'} was decided for ${winner}, under the policy ${wanted}.`];
  });
