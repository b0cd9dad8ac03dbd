import type { SalesforceField } from '../sync/types.ts';
import { type Told } from '../words/told.ts';

/** A record as REST answers it, without `attributes`; parents are nested objects. */
export type SalesforceRecord = Readonly<Record<string, unknown>> & { readonly Id: string };

export interface QueryPage {
  readonly records: readonly SalesforceRecord[];
  readonly totalSize: number;
  /** A locator for `queryMore`, null on the last page. */
  readonly next: string | null;
  /** The server's time when it answered (HTTP Date), milliseconds. */
  readonly serverTime: number;
}

/** The right to call one org: an access token and where to send it. */
export interface Access {
  readonly accessToken: string;
  /** Origin of the org's instance, as OAuth answered it. */
  readonly instanceUrl: string;
}

/** Keeps a connection's tokens; safe against several processes refreshing at once. */
export interface AccessTokens {
  current(): Promise<Access>;
  /**
   * A token other than the stale one, which Salesforce has just refused.
   * @throws SyncError SYNC_SALESFORCE_UNAUTHORIZED when the connection has to be authorized again
   */
  renew(stale: string): Promise<Access>;
}

/** One outcome for every row, in the order of the rows. */
export type SaveOutcome =
  | { readonly ok: true; readonly id: string; readonly created: boolean }
  | {
      readonly ok: false;
      /** A code of the error catalogue (`SYNC_SALESFORCE_…`). */
      readonly code: string;
      /** Salesforce's own status code and words. */
      readonly vendorCode: string;
      readonly message: Told;
      readonly retryable: boolean;
      /** Fields that the user may not write, or does not see: without them the row may be taken. */
      readonly fields?: readonly string[];
      /** For DUPLICATE_VALUE: the record that already holds the value. */
      readonly existingId?: string;
    };

/**
 * Everything that the service asks of a Salesforce org. Batches are cut to the best door by size:
 * one collection call up to 200 rows, composite calls of 5 × 200, Bulk API 2.0 above 2,000.
 * Every call passes the org's daily budget first. Throws only `SyncError`s, for whole-call failures; a save that
 * had written rows before it failed answers instead, with the error's code on every row that it did not reach.
 */
export interface Salesforce {
  describe(object: string): Promise<readonly SalesforceField[]>;
  /** First page, 2,000 rows at most. `all` includes deleted rows. */
  query(soql: string, options?: { all?: boolean }): Promise<QueryPage>;
  queryMore(locator: string): Promise<QueryPage>;
  /** Rows by id with the named fields, null for those not found. Any number of ids. */
  retrieve(
    object: string,
    ids: readonly string[],
    fields: readonly string[],
  ): Promise<(SalesforceRecord | null)[]>;
  /** Every row has an Id. */
  update(object: string, rows: readonly SalesforceRecord[]): Promise<SaveOutcome[]>;
  /** Creates rows that no external id knows. A lost answer is not replayed: its rows may have been created. */
  create(object: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<SaveOutcome[]>;
  /** Creates or updates by an external id, so that a lost answer can be replayed. */
  upsert(
    object: string,
    externalIdField: string,
    rows: readonly Readonly<Record<string, unknown>>[],
  ): Promise<SaveOutcome[]>;
  /** The org's 24-hour API calls as last reported, null before the first call. */
  usage(): { used: number; limit: number } | null;
}
