import { entry, type ErrorEntry } from './entry.ts';

/** The marketing platform refused something or did not answer. */
export const platformErrors = {
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
  SYNC_PLATFORM_CONTACT_MOVED: entry(
    409,
    true,
    'The contact’s email address changed on the platform in the moment of writing, so the write reached another contact.',
    'The pair was left as it was and is written again under the new address.',
    'If a second contact with the old address appeared, merge or delete it in the platform.',
  ),
  SYNC_PLATFORM_EMAIL_TAKEN: entry(
    409,
    false,
    'Another contact of the platform already has this email address.',
    'The address was not changed.',
    'Merge the two contacts in the platform.',
  ),
  SYNC_PLATFORM_NAME_TAKEN: entry(
    409,
    false,
    'Another account of the platform already has this name.',
    'The name was not changed.',
    'Give the accounts different names, or merge them.',
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
} satisfies Record<string, ErrorEntry>;
