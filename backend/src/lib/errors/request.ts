import { entry, type ErrorEntry } from './entry.ts';

/** The request itself cannot be served. */
export const requestErrors = {
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
  SYNC_MEDIA_TYPE_UNSUPPORTED: entry(
    415,
    false,
    'The request body has a content type that this door does not take.',
    'The body was not read.',
    'Send JSON to the API, and form-encoded bodies to the addresses of webhooks.',
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
  SYNC_SETUP_UNFINISHED: entry(
    403,
    false,
    'The org has not been proven yet: this token serves its set-up alone.',
    'Nothing was read or changed.',
    'Authorize Salesforce in the Setup Assistant first.',
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
} satisfies Record<string, ErrorEntry>;
