import { entry, type ErrorEntry } from './entry.ts';

/** What someone asked for from a record page cannot be done. */
export const peopleErrors = {
  SYNC_RECORD_NOT_SYNCED: entry(
    404,
    false,
    'This record is not synced with the platform.',
    'Nothing was read from the platform or changed.',
    'Check that it has an email address and meets the selection; then wait for the next run or use "Sync now".',
  ),
  SYNC_CONFLICT_DECIDED: entry(
    409,
    false,
    'This conflict has been decided already.',
    'The first decision stands.',
    'Look at the record; change the value in either system if it is not the right one.',
  ),
  SYNC_REPEAT_UNCONFIRMED: entry(
    409,
    false,
    'The same was done for this person less than a minute ago.',
    'It was not done again.',
    'Confirm if it is to be done once more.',
  ),
  SYNC_AUTOMATION_OFF: entry(
    403,
    false,
    'Sending campaigns and adding to automations from record pages is switched off.',
    'Nothing was sent or changed.',
    'Let an admin enable it in step 4 of the Setup Assistant.',
  ),
  SYNC_NOT_OFFERED: entry(
    403,
    false,
    'This campaign or automation is not among those that record pages offer.',
    'Nothing was sent or changed.',
    'Let an admin choose it in step 4 of the Setup Assistant, or put "Salesforce" into its name.',
  ),
} satisfies Record<string, ErrorEntry>;
