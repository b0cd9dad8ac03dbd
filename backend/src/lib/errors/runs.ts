import { entry, type ErrorEntry } from './entry.ts';

/** A run cannot start or go on, or what it needs is not set up. */
export const runErrors = {
  SYNC_BUDGET_EXHAUSTED: entry(
    429,
    true,
    'Sync has used the share of the org’s daily API calls that it may use.',
    'Sync waits until calls are free again; nothing is lost.',
    'Nothing is needed; raise the share in the settings if this happens daily.',
  ),
  SYNC_RUN_TAKEN_OVER: entry(
    409,
    true,
    'Another worker carries on this run.',
    'This worker stopped; nothing is lost.',
    'Nothing is needed.',
  ),
  SYNC_NOT_CONNECTED: entry(
    409,
    false,
    'Salesforce or the platform is not connected yet.',
    'Nothing was done.',
    'Connect both systems in the Setup Assistant.',
  ),
  SYNC_MAPPING_MISSING: entry(
    409,
    false,
    'No field mapping is saved for this connection.',
    'Nothing was done.',
    'Save the field mapping in the Setup Assistant.',
  ),
  SYNC_MAPPING_INVALID: entry(
    422,
    false,
    'The field mapping has rows that cannot work.',
    'Nothing was saved; the mapping in force goes on.',
    'Correct the rows named in the details.',
  ),
  SYNC_SELECTION_INVALID: entry(
    422,
    false,
    'The selection has rules that Salesforce cannot answer.',
    'Nothing was saved; the selection in force goes on.',
    'Correct the rules named in the details.',
  ),
  SYNC_HOOK_SECRET_WRONG: entry(
    401,
    false,
    'The address of the webhook is wrong or no longer in use.',
    'Nothing was taken from it.',
    'Copy the address again from the Setup Assistant.',
  ),
  SYNC_HOOK_MALFORMED: entry(
    400,
    false,
    'The webhook’s body is not one that the platform sends.',
    'Nothing was taken from it; changes are found by polling all the same.',
    'Check what calls this address.',
  ),
} satisfies Record<string, ErrorEntry>;
