import { randomUUID } from 'node:crypto';
import { recordAudit } from '../../store/audit.ts';
import { insertSetupSession, type SetupSession } from '../../store/setup-sessions.ts';
import { insertTenant, purgeUnproven } from '../../store/tenants.ts';
import { issueToken } from '../../store/tokens.ts';
import type { SetupContext } from './context.ts';

/** A set-up that did not prove its org by then is forgotten. */
const LIFETIME_HOURS = 24;

/** What a package says of itself; nothing of it is believed. */
export interface SetupClaims {
  /** 18 characters. */
  readonly orgId: string;
  readonly instanceUrl: string;
  readonly packageVersion: string | undefined;
  readonly userId: string | undefined;
  readonly adminEmail: string | undefined;
}

/** Makes a pending tenant. Its token, shown here once, becomes the org's own when Salesforce proves the org. */
export async function startSetup(
  { database, clock }: SetupContext,
  claims: SetupClaims,
  requestId: string,
): Promise<{ session: SetupSession; token: string }> {
  const id = randomUUID();
  await database.system((tx) => purgeUnproven(tx, 2 * LIFETIME_HOURS));
  return database.withTenant(id, async (tx) => {
    await insertTenant(tx, { id, orgId: claims.orgId, instanceUrl: claims.instanceUrl });
    const token = await issueToken(tx);
    const session = await insertSetupSession(tx, {
      tokenId: token.id,
      instanceUrl: claims.instanceUrl,
      packageVersion: claims.packageVersion ?? null,
      userId: claims.userId ?? null,
      adminEmail: claims.adminEmail ?? null,
      expiresAt: new Date(clock.now() + LIFETIME_HOURS * 3_600_000),
    });
    await recordAudit(tx, {
      action: 'setup.started',
      actor: { kind: 'service' },
      subject: session.id,
      requestId,
    });
    await recordAudit(tx, {
      action: 'token.issued',
      actor: { kind: 'service' },
      subject: token.id,
      requestId,
    });
    return { session, token: token.token };
  });
}
