/** The release that the sandbox plays: Summer '26. */
export const CURRENT_API_VERSION = '67.0';
/** SOAP `login()` does not exist from 65.0 on. */
export const LAST_SOAP_LOGIN_VERSION = 64;
/** Versions 21 to 30 are retired. */
export const OLDEST_API_VERSION = 31;
