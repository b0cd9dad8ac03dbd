import type { FastifyRequest } from 'fastify';
import { isSource } from '../state/webhooks.ts';
import type { Actor } from '../state/actor.ts';
import type { MarketingAccount } from '../state/account.ts';

/** What routes work on. The account is replaced by a reset, so it is asked for at every call. */
export interface Site {
  readonly account: MarketingAccount;
  /** The server's own address, without a trailing slash. */
  readonly base: string;
}

export const API = '/api/3';

/** In whose name the call counts: its own header, else the account's standing source, which is the API at first. */
export function actorOf(site: Site, request: FastifyRequest): Actor {
  const named = request.headers['x-sandbox-source'];
  return {
    source: typeof named === 'string' && isSource(named) ? named : site.account.standingSource,
  };
}
