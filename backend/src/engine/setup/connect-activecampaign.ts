import { check } from '../../connectors/activecampaign/check.ts';
import { ActiveCampaignClient } from '../../connectors/activecampaign/client.ts';
import { windows, manifest } from '../../connectors/activecampaign/manifest.ts';
import type { CallBudget } from '../../lib/budget.ts';
import { assertAllowedUrl } from '../../lib/hosts.ts';
import { recordAudit } from '../../store/audit.ts';
import { holdAccount } from '../../store/budgets.ts';
import { listConnections, putConnection, type Connection } from '../../store/connections.ts';
import { putSecrets } from '../../store/secrets.ts';
import { createPacedBudget } from '../governor.ts';
import { uncounted, type Origin, type SetupContext } from './context.ts';

/** Where an account that is given by its bare name answers. */
const DEFAULT_DOMAIN = 'api-us1.com';

/** The window in which the vendor counts calls. */
const RATE_WINDOW_MS = 1_000;

/**
 * Connects an ActiveCampaign account after the vendor has accepted the key, which is stored sealed.
 * @param account a name, a host or a URL, as people copy it from the developer settings
 * @throws SyncError SYNC_HOST_NOT_ALLOWED, SYNC_PLATFORM_UNAUTHORIZED, SYNC_PLATFORM_UNREACHABLE, SYNC_CONNECTION_EXISTS, …
 */
export async function connectActiveCampaign(
  context: SetupContext,
  origin: Origin,
  { account, apiKey }: { account: string; apiKey: string },
): Promise<Connection> {
  const allowLoopback = context.config.sandbox !== undefined;
  const url = accountUrl(account, allowLoopback);
  const client = new ActiveCampaignClient({
    baseUrl: url.origin,
    apiKey,
    budget: await budgetOf(context, origin.tenantId, url.host),
    clock: context.clock,
    allowLoopback,
  });
  const { accountName, userName } = await check(client, url.hostname);
  const keys = await context.vault.unlock(origin.tenantId);
  return context.database.withTenant(origin.tenantId, async (tx) => {
    const connection = await putConnection(tx, {
      platform: 'activecampaign',
      account: url.host,
      accountName,
      userName,
      baseUrl: url.origin,
      authMethod: 'api_key',
      authFacts: {},
      keyHint: apiKey.slice(-4),
      dailyApiShare: null,
    });
    await putSecrets(tx, keys, connection.id, { api_key: apiKey });
    // The check's own calls count at the vendor: the next second is left to those of a new account (invariant 8).
    const scope = { tenantId: origin.tenantId, connectionId: connection.id };
    await holdAccount(tx, scope, context.clock.now() + RATE_WINDOW_MS);
    await recordAudit(tx, {
      action: 'connection.created',
      actor: origin.actor,
      subject: connection.id,
      details: { platform: 'activecampaign' },
      requestId: origin.requestId,
    });
    return connection;
  });
}

/** The budget that an account known already shares with its runs. Of a new one nothing is counted yet. */
async function budgetOf(
  { database, clock }: SetupContext,
  tenantId: string,
  account: string,
): Promise<CallBudget> {
  const connections = await database.withTenant(tenantId, listConnections);
  const known = connections.find((other) => other.platform === 'activecampaign' && other.account === account);
  if (known === undefined) return uncounted;
  return createPacedBudget({
    db: database,
    scope: { tenantId, connectionId: known.id },
    clock,
    windows,
    lane: () => 'live',
    counted: () => undefined,
  });
}

/**
 * `myname`, `myname.api-us1.com` and `https://myname.api-us1.com/api/3/` are the same account. The trailing dot that
 * a host name may have is dropped, so that one account has one name.
 * @throws SyncError SYNC_HOST_NOT_ALLOWED
 */
export function accountUrl(account: string, allowLoopback: boolean): URL {
  const text = account.trim();
  const isBareName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(text);
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const given = isBareName ? `${text}.${DEFAULT_DOMAIN}` : text;
  const url = assertAllowedUrl(hasScheme ? given : `https://${given}`, manifest.hosts, allowLoopback);
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1);
  return url;
}
