import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSalesforceServer } from '../../../salesforce/server.ts';
import type { SalesforceServer } from '../../../salesforce/server.ts';
import type { LiveApex } from '../../../salesforce/apex/run/live.ts';
import { NOON } from './fixture.ts';

const FILES: Readonly<Record<string, string>> = {
  'triggers/LeadMark.trigger':
    "trigger LeadMark on Lead (before insert, before update, after insert) { if (Trigger.isBefore) { for (Lead l : Trigger.new) { l.Title = 'Seen'; } } else if (Marker.isOn()) { System.enqueueJob(new Marker(Trigger.new[0].Id)); } }",
  'classes/deep/Marker.cls':
    "public class Marker implements Queueable { Id leadId; public Marker(Id leadId) { this.leadId = leadId; } public static Boolean isOn() { return true; } public void execute(QueueableContext context) { update as system new Lead(Id = leadId, City = 'Marked'); } }",
  'classes/Door.cls': `public with sharing class Door {
    @AuraEnabled public static Map<String, Object> ask(Integer times, String what) {
      String all = '';
      for (Integer i = 0; i < times; i++) {
        HttpRequest r = new HttpRequest();
        r.setEndpoint('callout:Vendor/echo?n=' + i);
        r.setMethod('POST');
        r.setBody(what + i);
        all += new Http().send(r).getBody() + ';';
      }
      insert new Account(Name = all);
      return new Map<String, Object>{ 'all' => all };
    }
    @AuraEnabled public static String fail() {
      AuraHandledException e = new AuraHandledException('Not today');
      e.setMessage('Not today');
      throw e;
    }
    @AuraEnabled public static String plan() { return System.schedule('Hourly', '0 0 * * * ?', new Clockwork()); }
    @AuraEnabled public static void keep(String token) {
      ConnectApi.CredentialValueInput value = new ConnectApi.CredentialValueInput();
      value.value = token;
      ConnectApi.CredentialInput input = new ConnectApi.CredentialInput();
      input.externalCredential = 'Vendor';
      input.principalName = 'Org';
      input.credentials = new Map<String, ConnectApi.CredentialValueInput>{ 'Token' => value };
      ConnectApi.NamedCredentials.createCredential(input);
    }
    public static String closed() { return 'closed'; }
  }`,
  'classes/Clockwork.cls':
    "public class Clockwork implements Schedulable { public void execute(SchedulableContext context) { insert new Account(Name = 'Tick'); } }",
  'namedCredentials/Vendor.namedCredential-meta.xml':
    '<NamedCredential><namedCredentialParameters><parameterName>Url</parameterName><parameterType>Url</parameterType><parameterValue>https://nowhere.invalid</parameterValue></namedCredentialParameters><namedCredentialParameters><externalCredential>Vendor</externalCredential><parameterType>Authentication</parameterType></namedCredentialParameters></NamedCredential>',
  'externalCredentials/Vendor.externalCredential-meta.xml':
    "<ExternalCredential><externalCredentialParameters><parameterName>Authorization</parameterName><parameterType>AuthHeader</parameterType><parameterValue>{!'Bearer ' &amp; $Credential.Vendor.Token}</parameterValue></externalCredentialParameters></ExternalCredential>",
};

const folder = mkdtempSync(join(tmpdir(), 'apex-'));
const heard: { url: string | undefined; authorization: string | undefined }[] = [];
const vendor = createServer((request, response) => {
  heard.push({ url: request.url, authorization: request.headers.authorization });
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => response.end(`echo ${Buffer.concat(chunks).toString()}`));
});
let now = NOON;
let server: SalesforceServer;
let apex: LiveApex;
let url = '';

function admin(): ReturnType<SalesforceServer['identity']['users']['context']> {
  const { users } = server.identity;
  const user = users.byUsername('admin@sandbox.test');
  if (user === undefined) throw new Error('No administrator.');
  return users.context(user);
}

function names(): unknown[] {
  return server.org
    .query(admin(), 'SELECT Name FROM Account ORDER BY Name')
    .records.map((record) => record['Name']);
}

beforeAll(async () => {
  for (const [file, text] of Object.entries(FILES)) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
  // A listening TCP server's address is an AddressInfo.
  const { port } = vendor.address() as AddressInfo;
  server = await createSalesforceServer({
    clock: { now: () => now },
    forceAppFolder: folder,
    apex: { namedCredentials: { Vendor: `http://127.0.0.1:${port}` } },
  });
  url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  if (server.apex === undefined) throw new Error('The server runs no Apex.');
  apex = server.apex;
});

afterAll(async () => {
  await server.app.close();
  vendor.close();
  rmSync(folder, { recursive: true });
});

async function rest(method: string, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${url}/services/data/v67.0${path}`, {
    method,
    headers: { Authorization: 'Bearer 00D000000000001!sandbox', 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
}

describe('an org with Apex', () => {
  test('runs triggers on a row, on a collection and on a tree, and their queueables after the save', async () => {
    await rest('POST', '/sobjects/Lead', { LastName: 'Row', Company: 'C' });
    await rest('POST', '/composite/sobjects', {
      records: [{ attributes: { type: 'Lead' }, LastName: 'Collection', Company: 'C' }],
    });
    await rest('POST', '/composite/tree/Lead', {
      records: [{ attributes: { type: 'Lead', referenceId: 'r' }, LastName: 'Tree', Company: 'C' }],
    });
    await apex.settle();
    const { records } = server.org.query(admin(), 'SELECT LastName, Title, City FROM Lead ORDER BY LastName');
    expect(records.map(({ LastName, Title, City }) => [LastName, Title, City])).toEqual([
      ['Collection', 'Seen', 'Marked'],
      ['Row', 'Seen', 'Marked'],
      ['Tree', 'Seen', 'Marked'],
    ]);
  });

  test('drops the queueable of a save that is taken back', async () => {
    const answer = await rest('POST', '/composite/sobjects', {
      allOrNone: true,
      records: [
        { attributes: { type: 'Lead' }, LastName: 'Gone', Company: 'C' },
        { attributes: { type: 'Lead' }, LastName: 'Bad' },
      ],
    });
    await apex.settle();
    expect(answer).toMatchObject([{ success: false }, { success: false }]);
    expect(server.org.query(admin(), "SELECT Id FROM Lead WHERE LastName = 'Gone'").totalSize).toBe(0);
  });

  test('a component method calls out by the named credential, several times, and then saves once', async () => {
    await apex.callAura('Door', 'keep', { token: 'secret' }, admin());
    heard.length = 0;
    const outcome = await apex.callAura('Door', 'ask', { times: 2, what: 'x' }, admin());
    expect(outcome).toEqual({ ok: true, value: { all: 'echo x0;echo x1;' } });
    expect(heard).toEqual([
      { url: '/echo?n=0', authorization: 'Bearer secret' },
      { url: '/echo?n=1', authorization: 'Bearer secret' },
    ]);
    expect(names()).toEqual(['echo x0;echo x1;']);
  });

  test('what a method throws is answered, and only @AuraEnabled methods are there', async () => {
    expect(await apex.callAura('Door', 'fail', {}, admin())).toMatchObject({
      ok: false,
      exceptionType: 'System.AuraHandledException',
      message: 'Not today',
    });
    await expect(apex.callAura('Door', 'closed', {}, admin())).rejects.toThrow(
      'No @AuraEnabled method Door.closed',
    );
  });

  test('the control doors call a method as a user and tell what credentials hold since a reset', async () => {
    await fetch(`${url}/__sandbox/reset`, { method: 'POST' });
    const door = async (body: unknown): Promise<unknown> => {
      const answer = await fetch(`${url}/__sandbox/apex`, { method: 'POST', body: JSON.stringify(body) });
      return answer.json();
    };
    const call = { username: 'admin@sandbox.test', class: 'Door', method: 'keep', params: { token: 'kept' } };
    expect(await door(call)).toEqual({ ok: true, value: null });
    const held = await fetch(`${url}/__sandbox/credentials`);
    expect(await held.json()).toEqual({ 'vendor/org': { Token: 'kept' } });
    expect(await door({ ...call, method: 'closed' })).toMatchObject({
      error: 'There is no @AuraEnabled method Door.closed.',
    });
    expect(await door({ ...call, username: 'nobody' })).toMatchObject({
      error: 'There is no user nobody.',
    });
  });

  test('a scheduled job runs when its hour comes', async () => {
    await apex.callAura('Door', 'plan', {}, admin());
    apex.tick();
    await apex.settle();
    expect(names()).not.toContain('Tick');
    now += 3_600_000;
    apex.tick();
    await apex.settle();
    expect(names()).toContain('Tick');
    const { records } = server.org.query(admin(), 'SELECT TimesTriggered, State FROM CronTrigger');
    expect(records).toMatchObject([{ TimesTriggered: 1, State: 'WAITING' }]);
  });
});
