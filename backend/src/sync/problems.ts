import { type Sentence } from '../words/told.ts';
import type { SalesforceObject } from './types.ts';

export type SettingsProblemCode =
  | 'salesforce_field_unknown'
  | 'platform_field_unknown'
  | 'pair_unsupported'
  | 'direction_unsupported'
  | 'platform_field_repeated'
  | 'salesforce_field_repeated'
  | 'email_missing'
  | 'account_name_missing'
  | 'accounts_available'
  | 'accounts_unavailable'
  | 'consent_policy'
  | 'required_field_unmapped'
  | 'selection_invalid'
  | 'selection_rule_invalid';

/** What is wrong with an object's mapping or selection. */
export interface SettingsProblem {
  readonly code: SettingsProblemCode;
  /** An error stops the settings from being saved; a warning does not. */
  readonly severity: 'error' | 'warning';
  readonly object: SalesforceObject;
  /** The fields of the row that it is about; null when it is about the object as a whole. */
  readonly salesforce: string | null;
  readonly platform: string | null;
  /** For the person who sets up. */
  readonly message: Sentence;
}
