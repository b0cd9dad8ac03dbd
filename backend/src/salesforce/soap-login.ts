import type { Clock } from '../lib/clock.ts';
import { SyncError } from '../lib/errors.ts';
import { toLongId } from '../lib/salesforce-id.ts';
import { sentence } from '../words/told.ts';
import { clientFor, instanceOf, LoginRefusal, send, type Login, type LoginHost } from './oauth.ts';

/** The last version that knows `login()` is 64.0. */
const PATH = '/services/Soap/u/64.0';

/**
 * Logs in with user name, password and security token (SOAP API Developer Guide, "login()"). Salesforce retires this
 * in 2027 and newer orgs switch it off: it is for sandboxes.
 * @throws LoginRefusal, SyncError
 */
export async function loginBySoap(
  login: LoginHost,
  clock: Clock,
  { username, password }: { username: string; password: string },
): Promise<Login> {
  const { text } = await send(clientFor(login), clock, {
    path: PATH,
    contentType: 'text/xml; charset=utf-8',
    headers: { SOAPAction: '""', Accept: 'text/xml' },
    body: `<?xml version="1.0" encoding="utf-8"?>
<se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/"><se:Body><login xmlns="urn:partner.soap.sforce.com">
<username>${escapeXml(username)}</username><password>${escapeXml(password)}</password></login></se:Body></se:Envelope>`,
  });
  const fault = element(text, 'faultstring');
  if (fault !== undefined) {
    const [code = 'LOGIN_FAILED', ...words] = fault.split(': ');
    throw new LoginRefusal(code, words.join(': '));
  }
  const [accessToken, serverUrl] = [element(text, 'sessionId'), element(text, 'serverUrl')];
  const orgId = toLongId(element(text, 'organizationId') ?? '');
  const userId = toLongId(element(text, 'userId') ?? '');
  if (element(text, 'passwordExpired') === 'true')
    throw new LoginRefusal('PASSWORD_EXPIRED', sentence('the password has expired'));
  if (accessToken === undefined || serverUrl === undefined || orgId === undefined || userId === undefined) {
    throw new SyncError(
      'SYNC_SALESFORCE_ANSWER_UNEXPECTED',
      sentence('Salesforce’s login answered in an unknown form.'),
    );
  }
  return {
    accessToken,
    instanceUrl: instanceOf(serverUrl, login.allowLoopback),
    orgId,
    userId,
    refreshToken: undefined,
  };
}

/** The text of the first element of this name; the answer's elements are flat text. */
function element(xml: string, name: string): string | undefined {
  const text = new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)<`).exec(xml)?.[1];
  return text === undefined ? undefined : unescapeXml(text);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function unescapeXml(text: string): string {
  return Object.entries(ENTITIES)
    .reverse()
    .reduce((result, [character, entity]) => result.replaceAll(entity, character), text);
}
