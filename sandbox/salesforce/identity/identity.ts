import type { Clock } from '../../common/clock.ts';
import { ClientRegistry } from './oauth/clients.ts';
import { GrantStore } from './oauth/grants.ts';
import { IdTokens } from './oauth/id-tokens.ts';
import { SessionStore } from './sessions.ts';
import { UserDirectory } from './users.ts';

/** Who can log in to the org, by what, and which tokens are alive. */
export interface Identity {
  readonly clock: Clock;
  readonly users: UserDirectory;
  readonly sessions: SessionStore;
  readonly clients: ClientRegistry;
  readonly grants: GrantStore;
  readonly idTokens: IdTokens;
  /** Back to the state after start; the standing access token stays good. */
  reset(): void;
}

export function createIdentity(clock: Clock): Identity {
  const users = new UserDirectory();
  const sessions = new SessionStore(clock, users);
  const clients = new ClientRegistry();
  const grants = new GrantStore(clock, (grantId) => sessions.revokeGrant(grantId));
  return {
    clock,
    users,
    sessions,
    clients,
    grants,
    idTokens: new IdTokens(),
    reset() {
      for (const part of [users, sessions, clients, grants]) part.reset();
    },
  };
}
