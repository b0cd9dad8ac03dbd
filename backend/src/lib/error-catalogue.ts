/** What the API answers, the setup pages show and docs/errors.md lists for one code. */
export interface ErrorEntry {
  readonly status: number;
  /** What it means, in plain words. */
  readonly meaning: string;
  /** What we did about it. */
  readonly action: string;
  /** What the reader can do. */
  readonly remedy: string;
  /** Whether trying again later may help without anyone changing anything. */
  readonly retryable: boolean;
}

const entry = (
  status: number,
  retryable: boolean,
  meaning: string,
  action: string,
  remedy: string,
): ErrorEntry => ({
  status,
  retryable,
  meaning,
  action,
  remedy,
});

/** Every code that a user can meet. A code that is not here does not exist. */
export const catalogue = {
  // The request
  SYNC_REQUEST_INVALID: entry(
    400,
    false,
    'The request does not have the expected shape.',
    'Nothing was changed.',
    'Correct the fields named in the details and send it again.',
  ),
  SYNC_BODY_TOO_LARGE: entry(
    413,
    false,
    'The request body is larger than this door accepts.',
    'The body was not read.',
    'Send less in one request.',
  ),
  SYNC_NOT_FOUND: entry(
    404,
    false,
    'There is nothing at this address, or it belongs to another org.',
    'Nothing was changed.',
    'Check the address and the id.',
  ),
  SYNC_UNAUTHORIZED: entry(
    401,
    false,
    'The org token is missing, wrong or revoked.',
    'Nothing was read or changed.',
    'Open the Setup Assistant and connect the org again.',
  ),
  SYNC_RATE_LIMITED: entry(
    429,
    true,
    'Too many requests came from this org in a short time.',
    'The request was not carried out.',
    'Wait for the time that Retry-After names.',
  ),
  SYNC_UNAVAILABLE: entry(
    503,
    true,
    'The service is starting, stopping or overloaded.',
    'The request was not carried out.',
    'Try again in a few seconds.',
  ),
  SYNC_INTERNAL: entry(
    500,
    true,
    'Something failed inside the service.',
    'The details are in the log under the request id.',
    'Try again; if it stays, report the request id.',
  ),
  // Values and records
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
    'The record was not written.',
    'Fill in the field on the record; it is tried again when the record changes.',
  ),
  SYNC_FIELD_OSCILLATES: entry(
    409,
    false,
    'A field was written back and forth too often within an hour.',
    'The field was parked with both values; the other fields go on.',
    'Look for an automation that changes the field in one of the systems, then resolve the conflict.',
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
  SYNC_RECORD_GONE: entry(
    404,
    false,
    'The record was deleted on one side.',
    'Its link was stopped; nothing was deleted on the other side.',
    'Restore the record, or delete the other one by hand.',
  ),
  // Salesforce
  SYNC_SALESFORCE_UNAUTHORIZED: entry(
    401,
    false,
    'Salesforce no longer accepts the connection.',
    'Sync was paused; nothing is lost.',
    'Authorize Salesforce again in the Setup Assistant.',
  ),
  SYNC_SALESFORCE_UNREACHABLE: entry(
    502,
    true,
    'Salesforce did not answer.',
    'The work stays queued and is tried again.',
    'Check status.salesforce.com; nothing else is needed.',
  ),
  SYNC_SALESFORCE_UNAVAILABLE: entry(
    502,
    true,
    'Salesforce answered that it is unavailable.',
    'The work stays queued and is tried again.',
    'Check status.salesforce.com; nothing else is needed.',
  ),
  SYNC_SALESFORCE_DAILY_LIMIT: entry(
    429,
    true,
    'The org’s daily API limit, or the share of it that sync may use, is used up.',
    'Sync waits until calls are free again; nothing is lost.',
    'Raise the share in the settings or buy API calls.',
  ),
  SYNC_SALESFORCE_BUSY: entry(
    429,
    true,
    'Too many long-running calls are open in the org at once.',
    'Sync waits a little; the work stays queued.',
    'Nothing is needed; if it stays, look for another integration or slow automation in the org.',
  ),
  SYNC_SALESFORCE_FULL: entry(
    507,
    false,
    'The org has no storage or licences left.',
    'The record was not written.',
    'Free data storage in Salesforce or buy more; then retry the failed records.',
  ),
  SYNC_SALESFORCE_FORBIDDEN: entry(
    403,
    false,
    'The connected Salesforce user may not do this.',
    'The record or call was left out.',
    'Give the integration user the permission set and access to the record.',
  ),
  SYNC_SALESFORCE_API_DISABLED: entry(
    403,
    false,
    'This Salesforce edition or user has no API access.',
    'Sync was paused.',
    'Enable API access for the org and the user.',
  ),
  SYNC_SALESFORCE_FIELD_UNKNOWN: entry(
    422,
    false,
    'A mapped Salesforce field does not exist or is not visible to the integration user.',
    'The field is left out; the other fields go on.',
    'Give the integration user access to the field or remove the mapping.',
  ),
  SYNC_SALESFORCE_QUERY_REFUSED: entry(
    422,
    false,
    'Salesforce refused a query.',
    'Nothing was changed.',
    'Check the selection criteria named in the details.',
  ),
  SYNC_SALESFORCE_LOCKED: entry(
    409,
    true,
    'The record was locked by another change in Salesforce.',
    'It is tried again shortly.',
    'Nothing is needed.',
  ),
  SYNC_SALESFORCE_VALIDATION: entry(
    422,
    false,
    'A validation rule in Salesforce refused the record.',
    'The record was left as it is.',
    'Correct the record so that it meets the rule; it is tried again when it changes.',
  ),
  SYNC_SALESFORCE_DUPLICATE_RULE: entry(
    409,
    false,
    'A duplicate rule in Salesforce refused the record.',
    'No record was created.',
    'Merge or correct the records named by the rule, or let the rule allow the integration user.',
  ),
  SYNC_SALESFORCE_DUPLICATE_VALUE: entry(
    409,
    false,
    'Another Salesforce record already holds this unique value.',
    'The record was left as it is.',
    'Look at the record named in the message.',
  ),
  SYNC_SALESFORCE_RECORD_CONVERTED: entry(
    409,
    false,
    'The Lead has been converted.',
    'Its link moves to the Contact.',
    'Nothing is needed.',
  ),
  SYNC_SALESFORCE_AUTOMATION: entry(
    422,
    false,
    'A trigger or flow of the org failed while the record was saved.',
    'The record was left as it is.',
    'Show the message to the owner of that automation.',
  ),
  SYNC_SALESFORCE_REFUSED: entry(
    422,
    false,
    'Salesforce refused the record.',
    'The record was left as it is.',
    'Read Salesforce’s own message beside it.',
  ),
  SYNC_SALESFORCE_ANSWER_UNEXPECTED: entry(
    502,
    true,
    'Salesforce answered in a form that is not known.',
    'Nothing was taken from the answer; the work is tried again.',
    'Report it with the request id.',
  ),
  SYNC_SALESFORCE_JOB_FAILED: entry(
    502,
    true,
    'A bulk job in Salesforce failed.',
    'Its records are tried again.',
    'If it stays, look at the job in Salesforce Setup, Bulk Data Load Jobs.',
  ),
  // The platform
  SYNC_PLATFORM_UNAUTHORIZED: entry(
    401,
    false,
    'The platform does not accept the key.',
    'Sync was paused; nothing is lost.',
    'Copy the API key again from the platform’s developer settings.',
  ),
  SYNC_PLATFORM_UNREACHABLE: entry(
    502,
    true,
    'The platform did not answer.',
    'The work stays queued and is tried again.',
    'Check the account name; if it is right, nothing else is needed.',
  ),
  SYNC_PLATFORM_UNAVAILABLE: entry(
    502,
    true,
    'The platform answered with a server error.',
    'The work stays queued and is tried again.',
    'Nothing is needed.',
  ),
  SYNC_PLATFORM_RATE_LIMITED: entry(
    429,
    true,
    'The platform’s rate limit was reached.',
    'Sync waits as long as the platform asks for.',
    'Nothing is needed; another integration may be using the same account.',
  ),
  SYNC_PLATFORM_FORBIDDEN: entry(
    403,
    false,
    'The key’s user may not do this, or the plan does not include it.',
    'The item was left out.',
    'Use the key of an administrator, or a plan with this feature.',
  ),
  SYNC_PLATFORM_REFUSED: entry(
    422,
    false,
    'The platform refused the record.',
    'The record was left as it is.',
    'Read the platform’s own message beside it.',
  ),
  SYNC_PLATFORM_FIELD_UNKNOWN: entry(
    422,
    false,
    'A mapped platform field no longer exists.',
    'The field is left out; the other fields go on.',
    'Remove or change the mapping.',
  ),
  SYNC_PLATFORM_EMAIL_TAKEN: entry(
    409,
    false,
    'Another contact of the platform already has this email address.',
    'The address was not changed.',
    'Merge the two contacts in the platform.',
  ),
  SYNC_PLATFORM_ANSWER_UNEXPECTED: entry(
    502,
    true,
    'The platform answered in a form that is not known.',
    'Nothing was taken from the answer; the work is tried again.',
    'Report it with the request id.',
  ),
  SYNC_HOST_NOT_ALLOWED: entry(
    422,
    false,
    'Credentials may not be sent to this address.',
    'Nothing was sent.',
    'Enter the account’s own address, such as yourname.api-us1.com.',
  ),
  // Budget and runs
  SYNC_BUDGET_EXHAUSTED: entry(
    429,
    true,
    'The share of vendor calls that this work may use is used up for now.',
    'The work stays queued.',
    'Nothing is needed; raise the share if this happens daily.',
  ),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof catalogue;
