import type { ActiveCampaign } from '../connectors/activecampaign/connector.ts';
import type { Salesforce } from '../salesforce/types.ts';
import type { Scope } from '../store/scope.ts';

/** Both sides of a connection, ready to call. */
export interface OpenVendors {
  readonly salesforce: Salesforce;
  readonly connector: ActiveCampaign;
  readonly packageNamespace: string;
}

/** Opens a tenant's vendors with their stored credentials. */
export interface Vendors {
  /**
   * @param counted told of each call that is made, by side
   * @throws SyncError SYNC_NOT_CONNECTED
   */
  open(scope: Scope, counted: { salesforce: () => void; platform: () => void }): Promise<OpenVendors>;
}
