import { revoke } from '../../salesforce/oauth.ts';
import { recordAudit } from '../../store/audit.ts';
import { disconnect, readConnection, type Connection } from '../../store/connections.ts';
import { destroySecrets, readSecrets } from '../../store/secrets.ts';
import { loginHost, type Origin, type SetupContext } from './context.ts';

/**
 * Ends a connection: its credentials are destroyed here and, as far as Salesforce can be reached, withdrawn there.
 * What was synced stays on both sides, and connecting the account again goes on from it.
 * @returns undefined when there is no such connection
 */
export async function endConnection(
  context: SetupContext,
  origin: Origin,
  id: string,
): Promise<Connection | undefined> {
  const { database, vault, clock } = context;
  const { tenantId, actor, requestId } = origin;
  const keys = await vault.unlock(tenantId);
  const ended = await database.withTenant(tenantId, async (tx) => {
    const before = await readConnection(tx, id);
    if (!before) return undefined;
    const secrets = await readSecrets(tx, keys, id);
    await disconnect(tx, id);
    await destroySecrets(tx, id);
    await recordAudit(tx, {
      action: 'connection.deleted',
      actor,
      subject: id,
      details: { platform: before.platform },
      requestId,
    });
    return { connection: await readConnection(tx, id), refreshToken: secrets.refresh_token };
  });
  const loginUrl = ended?.connection?.authFacts.loginUrl;
  if (ended?.refreshToken !== undefined && loginUrl !== undefined) {
    await revoke(loginHost(context, loginUrl), clock, ended.refreshToken);
  }
  return ended?.connection;
}
