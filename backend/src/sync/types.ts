import { type Told } from '../words/told.ts';
/**
 * The vocabulary of the pure core. Nothing here knows a vendor's wire format, a clock or a database.
 */

/** The Salesforce objects that are kept in step. */
export type SalesforceObject = 'Lead' | 'Contact' | 'Account';

/** The two sides of every link. */
export type Side = 'salesforce' | 'platform';

/** Outbound is Salesforce → platform. */
export type Direction = 'outbound' | 'inbound';

/**
 * A value in the form in which both sides can be compared: text (trimmed, NFC), a decimal as plain digits,
 * a date `YYYY-MM-DD`, a boolean, or a sorted set of strings. Empty is null.
 */
export type Canonical = string | boolean | readonly string[] | null;

/** Canonical values by platform field key (`email`, `firstName`, `field:12`, …). */
export type Values = Readonly<Record<string, Canonical>>;

/** A field as Salesforce's describe names it, cut down to what mapping needs. */
export interface SalesforceField {
  readonly name: string;
  readonly label: string;
  /** REST describe type in lower case: string, picklist, multipicklist, email, phone, url, textarea, boolean, int, double, currency, percent, date, datetime, reference, encryptedstring, … */
  readonly type: string;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  /** Formula or roll-up: read only. */
  readonly calculated: boolean;
  /** Numbered by Salesforce itself; its REST type is `string`. */
  readonly autoNumber?: boolean | undefined;
  readonly custom: boolean;
  readonly filterable: boolean;
  readonly restrictedPicklist: boolean;
  readonly picklistValues: readonly string[];
}

export type PlatformFieldType =
  | 'text'
  | 'textarea'
  | 'hidden'
  | 'dropdown'
  | 'radio'
  | 'checkbox'
  | 'listbox'
  | 'date'
  | 'datetime'
  | 'currency'
  | 'number'
  | 'email'
  | 'phone';

/** A contact or account field of the platform. */
export interface PlatformField {
  /** Stable within the platform account: `email`, `firstName`, `lastName`, `phone`, `account` (the account's name), `field:12`; for accounts `name`, `accountUrl`, `field:3`. */
  readonly key: string;
  readonly label: string;
  readonly type: PlatformFieldType;
  /** Option values, exact text. Empty for free text. */
  readonly options: readonly string[];
  readonly custom: boolean;
}

/** A raw platform value as a connector hands it over: text, several texts, or nothing. */
export type PlatformValue = string | readonly string[] | null;

/** What decides when both sides changed a field differently. `ask` parks the field until a person chooses. */
export type Policy = 'salesforce' | 'platform' | 'newest' | 'union' | 'most_restrictive' | 'ask';

/** One row of the mapping table. */
export interface FieldMapping {
  readonly salesforce: string;
  readonly platform: string;
  readonly direction: 'both' | 'outbound' | 'inbound';
  readonly policy: Policy;
  /** Whether clearing a field on one side clears it on the other against a non-empty value in a conflict. */
  readonly emptyWins: boolean;
}

export interface ObjectMapping {
  readonly object: SalesforceObject;
  /** Lead and Contact map to platform contacts, Account to platform accounts. */
  readonly enabled: boolean;
  readonly fields: readonly FieldMapping[];
  /** Of Account, where the platform's plan has no accounts: the contact field that holds the Account Name. */
  readonly accountNameField?: string | null | undefined;
}

/** Codes of per-field problems; each stands in the error catalogue with meaning and remedy. */
export type IssueCode =
  | 'SYNC_VALUE_INVALID'
  | 'SYNC_VALUE_TOO_LONG'
  | 'SYNC_VALUE_NOT_IN_PICKLIST'
  | 'SYNC_VALUE_REQUIRED'
  | 'SYNC_FIELD_OSCILLATES'
  | 'SYNC_SALESFORCE_FIELD_READ_ONLY';

export interface FieldIssue {
  readonly code: IssueCode;
  /** Platform field key. */
  readonly field: string;
  readonly side: Side;
  /** For people: names the value and the bound that it breaks. */
  readonly message: Told;
}

export type LensResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: IssueCode; readonly message: Told };

/**
 * A field pair's translation. Laws, property-tested: what is put can be got back
 * (`from(to(c)) = c`), putting what was got changes nothing, and canonical form is a fixed point.
 */
export interface Lens {
  fromSalesforce(raw: unknown): LensResult<Canonical>;
  toSalesforce(value: Canonical): LensResult<string | number | boolean | null>;
  fromPlatform(raw: PlatformValue | undefined): LensResult<Canonical>;
  toPlatform(value: Canonical): LensResult<PlatformValue>;
}

/** A mapping row with its lens, ready to plan with. */
export interface CompiledField extends FieldMapping {
  readonly lens: Lens;
}

export interface CompiledMapping {
  readonly object: SalesforceObject;
  readonly fields: readonly CompiledField[];
  /** Platform keys of rows that cannot be used for now: what was agreed about them stays known. */
  readonly asleep?: readonly string[];
}

/** What is known of one linked pair: the last agreed values and the last observation of each side. */
export interface PairState {
  /** Null before the first agreement (first link). A key that is absent was never agreed (a new mapping row). */
  readonly agreed: Values | null;
  readonly salesforce: Values;
  readonly platform: Values;
  /** Last change of each record, milliseconds, for the policy `newest`; null when unknown. */
  readonly salesforceChangedAt: number | null;
  readonly platformChangedAt: number | null;
  /** Choices that a person made for parked conflicts, by platform field key. */
  readonly resolutions: Readonly<Record<string, Side>>;
}

export interface FieldConflict {
  readonly field: string;
  readonly base: Canonical | undefined;
  readonly salesforce: Canonical;
  readonly platform: Canonical;
  readonly policy: Policy;
  /** Null while it waits for a person. */
  readonly winner: Side | 'both' | null;
  readonly value: Canonical;
}

/** What to do with one pair. Values are canonical, keyed by platform field. */
export interface PairPlan {
  readonly toPlatform: Values;
  readonly toSalesforce: Values;
  /** Fields on which both sides now agree without a write. */
  readonly agree: Values;
  readonly conflicts: readonly FieldConflict[];
}
