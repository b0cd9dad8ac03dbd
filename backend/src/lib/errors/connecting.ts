import { entry, type ErrorEntry } from './entry.ts';

/** Connecting an org or a platform account did not work. */
export const connectingErrors = {
  SYNC_OAUTH_DENIED: entry(
    403,
    false,
    'Access was denied on the Salesforce page.',
    'Nothing was connected.',
    'Authorize again and choose Allow.',
  ),
  SYNC_OAUTH_EXPIRED: entry(
    410,
    false,
    'The authorization took longer than its link is valid.',
    'Nothing was connected.',
    'Authorize again.',
  ),
  SYNC_OAUTH_STATE_UNKNOWN: entry(
    400,
    false,
    'The page was opened with a link that is not known or was used before.',
    'Nothing was connected.',
    'Start again in the Setup Assistant.',
  ),
  SYNC_OAUTH_ORG_MISMATCH: entry(
    409,
    false,
    'Another Salesforce org was authorized than the one that is being set up.',
    'Nothing was connected; the access that was given is withdrawn.',
    'Log out of the other org in this browser, then authorize again.',
  ),
  SYNC_OAUTH_REFUSED: entry(
    422,
    false,
    'Salesforce refused the login.',
    'Nothing was connected.',
    'Read Salesforce’s own message beside it; often the app is not approved for this user.',
  ),
  SYNC_SALESFORCE_APP_MISSING: entry(
    422,
    false,
    'This service has no Salesforce app to log in with.',
    'Nothing was connected.',
    'Let its operator set SALESFORCE_CONSUMER_KEY, or connect by JWT or client credentials.',
  ),
  SYNC_LOGIN_METHOD_DISABLED: entry(
    403,
    false,
    'This way to log in is switched off.',
    'Nothing was sent to Salesforce.',
    'Use the web server flow, JWT or client credentials.',
  ),
  SYNC_CONNECTION_EXISTS: entry(
    409,
    false,
    'The org is already connected to another account of this platform.',
    'Nothing was changed.',
    'Disconnect the other account first.',
  ),
} satisfies Record<string, ErrorEntry>;
