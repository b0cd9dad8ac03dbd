import type { ActiveCampaign } from '../connectors/activecampaign/connector.ts';
import type { Lane } from '../lib/budget.ts';
import type { Salesforce } from '../salesforce/types.ts';
import type { Scope } from '../store/scope.ts';

/** Both sides of a connection, ready to call. */
export interface OpenVendors {
  readonly salesforce: Salesforce;
  readonly connector: ActiveCampaign;
  readonly packageNamespace: string;
  /** The login name that Salesforce is called under; null when it is not known. */
  readonly salesforceUser?: string | null;
}

/** Who opens the vendors: what its work is, and how many calls it took. */
export interface Caller {
  /** Told of each call that is made, by side. */
  readonly counted: { readonly salesforce: () => void; readonly platform: () => void };
  /** Asked before each call. */
  readonly lane: () => Lane;
}

/** Opens a tenant's vendors with their stored credentials. */
export interface Vendors {
  /** @throws SyncError SYNC_NOT_CONNECTED */
  open(scope: Scope, caller: Caller): Promise<OpenVendors>;
}
