import { entry, type ErrorEntry } from './entry.ts';

/** A value or a record cannot be synced as it is. */
export const valueErrors = {
  SYNC_VALUE_INVALID: entry(
    422,
    false,
    'A value cannot be expressed in the other system’s field type.',
    'The field was left as it is; the other fields were synced.',
    'Correct the value on the record, or map the field to a text field.',
  ),
  SYNC_VALUE_TOO_LONG: entry(
    422,
    false,
    'A text is longer than the other system’s field.',
    'The field was left as it is, nothing was cut off; the other fields were synced.',
    'Shorten the text or map it to a longer field.',
  ),
  SYNC_VALUE_NOT_IN_PICKLIST: entry(
    422,
    false,
    'A value is not among the options of the other system’s field.',
    'The field was left as it is; the other fields were synced.',
    'Add the option to the field, or correct the value.',
  ),
  SYNC_VALUE_REQUIRED: entry(
    422,
    false,
    'A field that the other system requires is empty.',
    'The other system’s field was left as it is. A record that was refused for it was not written at all.',
    'Fill in the field on the record; it is tried again when the record changes.',
  ),
  SYNC_FIELD_OSCILLATES: entry(
    409,
    false,
    'A field was written back and forth too often within an hour.',
    'The field was parked with both values; the other fields go on.',
    'Look for an automation that changes the field in one of the systems, then resolve the conflict.',
  ),
  SYNC_CONFLICT_WAITING: entry(
    409,
    false,
    'Both systems changed a field differently, and its policy is to ask.',
    'Both values were kept where they are; the other fields go on.',
    'Choose which value stays, on the record page.',
  ),
  SYNC_EMAIL_MISSING: entry(
    422,
    false,
    'The record has no email address, which the platform needs.',
    'The record was not synced and is listed here.',
    'Enter an email address; the record is tried again when it changes.',
  ),
  SYNC_EMAIL_INVALID: entry(
    422,
    false,
    'The email address is not valid.',
    'The record was not synced and is listed here.',
    'Correct the email address.',
  ),
  SYNC_EMAIL_REPEATED: entry(
    409,
    false,
    'Another record of the same object already syncs under this email address.',
    'The record was not synced, so that the two do not overwrite each other.',
    'Merge the two records in Salesforce or give them different addresses.',
  ),
  SYNC_PERSON_IS_CONTACT: entry(
    409,
    false,
    'This person is already synced as a Contact.',
    'The Lead was left as it is.',
    'Nothing is needed; convert the Lead if it should become the Contact.',
  ),
  SYNC_ACCOUNT_NAME_SHARED: entry(
    409,
    false,
    'Another Salesforce Account of the same name is linked to the platform’s account, whose names are unique.',
    'Its people keep the relation; its own fields are not synced.',
    'Merge the Accounts, or rename one of them.',
  ),
  SYNC_RECORD_GONE: entry(
    404,
    false,
    'The record was deleted on one side.',
    'Its link was stopped; nothing was deleted on the other side.',
    'Restore the record, or delete the other one by hand.',
  ),
} satisfies Record<string, ErrorEntry>;
