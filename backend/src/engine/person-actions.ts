import type { Clock } from '../lib/clock.ts';
import { isSyncError, SyncError } from '../lib/errors.ts';
import { recordAudit } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { claimAction, releaseAction, type PersonAction } from '../store/person-actions.ts';
import type { Scope } from '../store/scope.ts';
import { readAutomationOffer } from '../store/settings.ts';
import { assertOffered, type Offerable } from './offers.ts';
import { findSyncedPerson, type SyncedPerson } from './people.ts';
import type { Origin } from './setup/context.ts';

/** A repeat within so long asks first. Milliseconds. */
const repeatWithin = 60_000;

/** What a person on a record page asks for. */
export interface PersonWish {
  readonly kind: PersonAction['kind'];
  /** The platform's id of the campaign or automation. */
  readonly targetId: string;
  readonly object: 'Lead' | 'Contact';
  readonly salesforceId: string;
  /** Whether a repeat is meant. */
  readonly confirmed: boolean;
}

/** How the platform does it. */
export interface PersonDeed {
  /** Everything of the kind that the platform has. */
  list(): Promise<readonly Offerable[]>;
  act(person: SyncedPerson): Promise<void>;
}

/**
 * Does something for one person: only what is offered, only for somebody who is synced, and not twice within a
 * minute unless the repeat is confirmed. What is known not to have happened may be done again at once; where the
 * platform's answer was lost, it counts as done.
 * @throws SyncError SYNC_AUTOMATION_OFF, SYNC_NOT_OFFERED, SYNC_RECORD_NOT_SYNCED, SYNC_REPEAT_UNCONFIRMED, and the deed's
 * @returns when it was done, milliseconds
 */
export async function actForPerson(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  scope: Scope,
  { actor, requestId }: Origin,
  wish: PersonWish,
  deed: PersonDeed,
): Promise<number> {
  const { kind, targetId, object, salesforceId } = wish;
  const { offer, person } = await database.withTenant(scope.tenantId, async (tx) => ({
    offer: await readAutomationOffer(tx, scope),
    person: await findSyncedPerson(tx, scope, object, salesforceId),
  }));
  await assertOffered(offer, kind, targetId, () => deed.list());
  const action = { linkId: person.link.id, kind, targetId };
  const at = clock.now();
  const isFree = await database.withTenant(scope.tenantId, (tx) =>
    claimAction(tx, scope, action, at, wish.confirmed ? null : at - repeatWithin),
  );
  if (!isFree) throw new SyncError('SYNC_REPEAT_UNCONFIRMED');
  try {
    await deed.act(person);
  } catch (error) {
    if (!mayHaveHappened(error)) {
      await database.withTenant(scope.tenantId, (tx) => releaseAction(tx, scope, action, at));
    }
    throw error;
  }
  await database.withTenant(scope.tenantId, (tx) =>
    recordAudit(tx, {
      action: kind === 'campaign' ? 'campaign.sent' : 'automation.entered',
      actor,
      subject: targetId,
      details: { object, salesforceId },
      requestId,
    }),
  );
  return at;
}

function mayHaveHappened(error: unknown): boolean {
  return (
    !isSyncError(error) ||
    error.code === 'SYNC_PLATFORM_UNREACHABLE' ||
    error.code === 'SYNC_PLATFORM_UNAVAILABLE' ||
    error.code === 'SYNC_PLATFORM_ANSWER_UNEXPECTED'
  );
}
