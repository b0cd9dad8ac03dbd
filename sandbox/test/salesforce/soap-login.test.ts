import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { API, startSalesforce } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';

let salesforce: RunningSalesforce;
beforeAll(async () => {
  salesforce = await startSalesforce();
});
afterAll(() => salesforce.close());

function login(version: string, username: string, password: string): Promise<Response> {
  return salesforce.call(`/services/Soap/u/${version}`, {
    token: null,
    method: 'POST',
    headers: { 'Content-Type': 'text/xml', SOAPAction: '""' },
    body:
      '<se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/"><se:Header/><se:Body>' +
      `<login xmlns="urn:partner.soap.sforce.com"><username>${username}</username><password>${password}</password></login>` +
      '</se:Body></se:Envelope>',
  });
}

describe('SOAP login', () => {
  test('answers a session that the REST API takes', async () => {
    const reply = await login('64.0', 'Admin@sandbox.test', 'sandbox1234sandboxtoken');
    const body = await reply.text();
    expect(reply.status).toBe(200);
    expect(body).toContain(`<serverUrl>${salesforce.url}/services/Soap/u/64.0/00D000000000001</serverUrl>`);
    expect(body).toContain('<userId>005000000000001AAA</userId>');
    expect(body).toContain('<organizationId>00D000000000001EAA</organizationId>');
    const token = /<sessionId>(.+)<\/sessionId>/.exec(body)?.[1] ?? '';
    expect((await salesforce.call(`${API}/jobs/ingest`, { token })).status).toBe(200);
  });

  test.each([
    ['without the security token', 'admin@sandbox.test', 'sandbox1234'],
    ['for an unknown user', 'nobody@sandbox.test', 'sandbox1234sandboxtoken'],
  ])('fails with an INVALID_LOGIN fault %s', async (_case, username, password) => {
    const reply = await login('60.0', username, password);
    expect(reply.status).toBe(500);
    expect(await reply.text()).toContain(
      '<faultstring>INVALID_LOGIN: Invalid username, password, security token; or user locked out.</faultstring>',
    );
  });

  test.each(['65.0', '67.0', '30.0'])('does not exist in version %s', async (version) => {
    const reply = await login(version, 'admin@sandbox.test', 'sandbox1234sandboxtoken');
    expect(reply.status).toBe(500);
    expect(await reply.text()).toContain('UNSUPPORTED_API_VERSION');
  });

  test('is the only SOAP operation there is', async () => {
    const reply = await salesforce.call('/services/Soap/u/60.0', { method: 'POST', body: '<x/>' });
    expect(reply.status).toBe(500);
  });
});
