import type { CallBudget } from '../../lib/budget.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Vault } from '../../lib/vault.ts';
import type { LoginHost, OAuthApp } from '../../salesforce/oauth.ts';
import { TokenManager } from '../../salesforce/tokens.ts';
import type { Actor } from '../../store/audit.ts';
import type { Database } from '../../store/database.ts';
import { createTokenStore } from './token-store.ts';

/** What connecting accounts works with. */
export interface SetupContext {
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly config: {
    /** Where vendors and browsers reach the service, without a slash at the end. */
    readonly publicUrl: string;
    readonly salesforce: {
      readonly loginHosts: readonly string[];
      readonly app: OAuthApp | undefined;
      readonly scope: string;
      readonly passwordLogin: boolean;
      readonly dailyShare: number;
    };
    /** Set where the vendors may be on this machine. */
    readonly sandbox: { readonly salesforceUrl: string; readonly activecampaignUrl: string } | undefined;
  };
}

/** Who asked for something, for the audit log. */
export interface Origin {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly requestId: string;
}

/** Nothing is counted yet of an account that is being connected. */
export const uncounted: CallBudget = { take: async () => undefined, report: async () => undefined };

export function loginHost({ config }: SetupContext, url: string): LoginHost {
  return { url, hosts: config.salesforce.loginHosts, allowLoopback: config.sandbox !== undefined };
}

/** The access tokens of a tenant's connected org, renewed across all processes of the service. */
export function createTokens(context: SetupContext, tenantId: string, connectionId: string): TokenManager {
  const { database, vault, clock, config } = context;
  return new TokenManager({
    store: createTokenStore(database, vault, tenantId, connectionId),
    clock,
    app: config.salesforce.app,
    loginHosts: config.salesforce.loginHosts,
    allowLoopback: config.sandbox !== undefined,
  });
}
