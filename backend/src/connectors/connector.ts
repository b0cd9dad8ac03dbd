import type { ErrorCode } from '../lib/errors.ts';
import type { PlatformField, PlatformValue } from '../sync/types.ts';
import { type Told } from '../words/told.ts';

/**
 * What a marketing platform must offer: a manifest (data) and a few asynchronous methods (code).
 * A connector knows nothing of Salesforce, links or mappings. Every call has a timeout, passes the
 * account's budget first, and throws only `SyncError`s.
 */
export interface Connector {
  readonly manifest: Manifest;
  /** Verifies the credentials. @throws SyncError SYNC_PLATFORM_UNAUTHORIZED, SYNC_PLATFORM_UNREACHABLE, … */
  check(): Promise<{ accountName: string; userName: string; contactLimit: number | null }>;
  /** @param options.custom false leaves out a contact's custom fields, which then cost no call */
  describe(
    object: PlatformObject,
    options?: { readonly custom?: boolean },
  ): Promise<readonly PlatformField[]>;
  /**
   * The next contacts changed since the cursor, oldest first by id. `cursor = null` begins with all of them.
   * @param atMost - a page of the vendor's or more; all that can be read at once by default
   */
  readContacts(cursor: ContactCursor | null, atMost?: number): Promise<ContactPage>;
  /** Those that still exist, in any order; an id that is not in the answer is gone. Any number of ids. */
  readContactsByIds(ids: readonly string[]): Promise<PlatformContact[]>;
  /** One outcome for every write, by ref; an item that the vendor did not mention has failed. */
  writeContacts(writes: readonly ContactWrite[], options: WriteOptions): Promise<WriteOutcome[]>;
  /** Adds a tag by name to each contact, creating the tag if need be. The outcomes' refs are the ids. */
  tagContacts(
    tag: string,
    contacts: readonly { readonly id: string; readonly email: string }[],
  ): Promise<WriteOutcome[]>;
  /** One page of all accounts. */
  readAccounts(after: string | null): Promise<{ records: PlatformAccount[]; next: string | null }>;
  writeAccounts(writes: readonly AccountWrite[]): Promise<WriteOutcome[]>;
}

export type PlatformObject = 'contact' | 'account';

/** Declared facts about a platform; the engine and the setup pages read these instead of special cases. */
export interface Manifest {
  readonly platform: 'activecampaign';
  readonly label: string;
  /** Host names that credentials may be sent to; `*.` stands for one or more labels. */
  readonly hosts: readonly string[];
  /** Sustained requests a second for one account, and other named windows. */
  readonly limits: {
    readonly requestsPerSecond: number;
    readonly importsPerMinute: number;
    readonly importBatch: number;
    readonly importBytes: number;
    readonly readPage: number;
    /** From this many writes on, the bulk door is used. */
    readonly bulkFrom: number;
  };
}

/** Opaque to the engine but for storage: JSON. */
export interface ContactCursor {
  /** Changes at or after this time (ISO) are still to be read; null reads all. */
  readonly since: string | null;
  /** Within the window, the last id that was read. */
  readonly afterId: string | null;
  /** The start of the window that comes after this one (server time of the window's first page, ISO). */
  readonly nextSince: string | null;
  /** What the last page told of those after it; may be forgotten, which costs time alone. */
  readonly ahead?: {
    /** Contacts below this id exist already. */
    readonly below: number;
    /** How many of them are to be read, about. */
    readonly about: number;
  };
}

export interface ContactPage {
  readonly records: readonly PlatformContact[];
  /** Where to go on: the next page of this window, or, when done, the start of the next window. */
  readonly next: ContactCursor;
  readonly done: boolean;
}

export interface PlatformContact {
  readonly id: string;
  /** As the platform has it; null for contacts without one. */
  readonly email: string | null;
  /** Last change, ISO. */
  readonly stamp: string;
  /** Raw values by field key, of every field read. */
  readonly values: Readonly<Record<string, PlatformValue>>;
  readonly account: { readonly id: string; readonly name: string } | null;
  /** Absent where the platform knows none. */
  readonly tags?: readonly ContactTag[];
}

/** A tag on a contact. One that is taken off and put on again has another id. */
export interface ContactTag {
  readonly id: string;
  readonly name: string;
}

export interface ContactWrite {
  /** The caller's own reference, echoed in the outcome. */
  readonly ref: string;
  /** Null creates (or adopts by email). */
  readonly id: string | null;
  /** The email under which the platform knows the contact now (or shall, when created). */
  readonly email: string;
  /** A changed email: the contact keeps its id. */
  readonly newEmail?: string;
  /** Only what changes; null clears. Keys other than `email` and `account`. */
  readonly values: Readonly<Record<string, PlatformValue>>;
  /** The account's name to relate the contact to; null removes the relation; absent leaves it. */
  readonly accountName?: string | null;
  readonly addTags: readonly string[];
}

export interface AccountWrite {
  readonly ref: string;
  readonly id: string | null;
  readonly name?: string;
  readonly values: Readonly<Record<string, PlatformValue>>;
}

export interface PlatformAccount {
  readonly id: string;
  readonly name: string;
  readonly stamp: string;
  readonly values: Readonly<Record<string, PlatformValue>>;
}

export interface WriteOptions {
  /** A backfill runs no automations for the contacts that it brings. */
  readonly backfill: boolean;
  /**
   * Which of these refs are still to be written as they were planned: asked just before, as a list may take its time
   * and a call has to wait for its turn. Of new contacts that go by lists it is not asked. The others fail with
   * SYNC_PLATFORM_WRITE_OVERTAKEN. All of them by default.
   */
  readonly stillMeant?: (refs: readonly string[]) => Promise<ReadonlySet<string>>;
}

export type WriteOutcome = ({ readonly ref: string; readonly kind: 'written' } & SavedContact) | FailedWrite;

export interface FailedWrite {
  readonly ref: string;
  readonly kind: 'failed';
  /** The vendor's own words are in `message`. */
  readonly code: ErrorCode;
  readonly message: Told;
  /** Whether the same write may succeed later without anyone changing anything. */
  readonly retryable: boolean;
  /** The contact that holds the values all the same: its tags or its account were what failed. */
  readonly saved?: SavedContact;
}

/** Which contact a write reached. */
export interface SavedContact {
  readonly id: string;
  readonly created: boolean;
}
