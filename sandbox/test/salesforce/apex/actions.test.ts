import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { createSalesforceServer } from '../../../salesforce/server.ts';
import type { SalesforceServer } from '../../../salesforce/server.ts';
import { NOON } from './fixture.ts';

// Facts of the Actions Developer Guide: "Invoking Actions" and "Apex Actions".
const FILES: Readonly<Record<string, string>> = {
  'classes/Visit.cls': `public with sharing class Visit {
    public class Request {
      @InvocableVariable(label='Who' required=true) public String who;
      @InvocableVariable public Integer times;
      public String hidden;
    }
    public class Result {
      @InvocableVariable public Id accountId;
      @InvocableVariable public String how;
      public String hidden = 'no output';
    }
    @InvocableMethod(label='Visit')
    public static List<Result> book(List<Request> requests) {
      List<Result> results = new List<Result>();
      for (Request request : requests) {
        Account visited = new Account(Name = request.who);
        insert visited;
        if (request.times == 0) {
          throw new IllegalArgumentException('No visit');
        }
        Result result = new Result();
        result.accountId = visited.Id;
        result.how = System.Request.getCurrent().getQuiddity().name() + ' ' + requests.size();
        results.add(result);
      }
      return results;
    }
  }`,
  'classes/Shout.cls': `public with sharing class Shout {
    @InvocableMethod public static List<String> shout(List<String> words) {
      List<String> loud = new List<String>();
      for (String word : words) { loud.add(word.toUpperCase()); }
      return loud;
    }
  }`,
  'classes/Quiet.cls': `public with sharing class Quiet {
    @InvocableMethod public static void work(List<Id> ids) { insert new Account(Name = 'Quiet ' + ids.size()); }
  }`,
  'classes/Few.cls': `public with sharing class Few {
    @InvocableMethod public static List<String> one(List<String> words) {
      insert new Account(Name = 'Few');
      return new List<String>{ 'one' };
    }
  }`,
  'classes/Plain.cls': 'public with sharing class Plain { public static void work() {} }',
  'permissionsets/ActiveCampaign_Standard_User.permissionset-meta.xml':
    '<PermissionSet><label>Standard</label><classAccesses><apexClass>Shout</apexClass><enabled>true</enabled></classAccesses></PermissionSet>',
};

const folder = mkdtempSync(join(tmpdir(), 'apex-'));
let server: SalesforceServer;
let url = '';

beforeAll(async () => {
  for (const [file, text] of Object.entries(FILES)) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  server = await createSalesforceServer({ clock: { now: () => NOON }, forceAppFolder: folder, apex: {} });
  url = await server.app.listen({ host: '127.0.0.1', port: 0 });
});
beforeEach(() => fetch(`${url}/__sandbox/reset`, { method: 'POST' }));
afterAll(async () => {
  await server.app.close();
  rmSync(folder, { recursive: true });
});

const ADMIN = '00D000000000001!sandbox';

async function act(className: string, inputs: unknown, token = ADMIN): Promise<[number, unknown]> {
  const response = await fetch(`${url}/services/data/v67.0/actions/custom/apex/${className}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ inputs }),
  });
  return [response.status, await response.json()];
}

const accounts = () => [...(server.org.table('Account')?.rows() ?? [])].map(({ Id, Name }) => ({ Id, Name }));
const succeeded = (actionName: string, outputValues: unknown) => ({
  actionName,
  errors: null,
  isSuccess: true,
  outputValues,
});

test('all inputs are one call, and each has its output', async () => {
  const [status, answer] = await act('Visit', [{ who: 'Ana', times: 2 }, { who: 'Bea' }]);
  const ids = accounts().map(({ Id }) => Id);
  expect(status).toBe(200);
  expect(ids).toHaveLength(2);
  expect(answer).toEqual(ids.map((accountId) => succeeded('book', { accountId, how: 'INVOCABLE_ACTION 2' })));
});

test('plain values go by the name of the parameter, and come as "output"', async () => {
  expect(await act('shout', [{ words: 'hear' }, { words: 'me' }])).toEqual([
    200,
    [succeeded('shout', { output: 'HEAR' }), succeeded('shout', { output: 'ME' })],
  ]);
});

test('an action that answers nothing succeeds without outputs', async () => {
  expect(await act('Quiet', [{ ids: null }])).toEqual([200, [succeeded('work', null)]]);
  expect(accounts()).toMatchObject([{ Name: 'Quiet 1' }]);
});

test('an exception fails all inputs and takes back what was saved', async () => {
  const [status, answer] = await act('Visit', [{ who: 'Ana' }, { who: 'Bea', times: 0 }]);
  const message = 'An Apex error occurred: System.IllegalArgumentException: No visit';
  const failed = {
    actionName: 'book',
    errors: [{ statusCode: 'UNKNOWN_EXCEPTION', message, fields: [] }],
    isSuccess: false,
    outputValues: null,
  };
  expect([status, answer]).toEqual([400, [failed, failed]]);
  expect(accounts()).toEqual([]);
});

test.each([
  ['a required one is missing', 'Visit', [{ times: 1 }], 'who'],
  ['one is not known', 'Visit', [{ who: 'Ana', hidden: 'x' }], 'hidden'],
  ['a plain one has another name', 'Shout', [{ word: 'x' }], 'word'],
])('inputs are refused where %s', async (_, className, inputs, name) => {
  const [status, answer] = await act(className, inputs);
  expect(status).toBe(400);
  expect(answer).toMatchObject([{ errorCode: 'INVALID_API_INPUT', fields: [name] }]);
});

test('inputs of another type are refused', async () => {
  const [status, answer] = await act('Visit', [{ who: 'Ana', times: 'often' }]);
  expect([status, answer]).toMatchObject([400, [{ errorCode: 'INVALID_API_INPUT' }]]);
});

test('another number of results than of inputs is refused, and nothing saved', async () => {
  const [status, answer] = await act('Few', [{ words: 'a' }, { words: 'b' }]);
  expect([status, answer]).toMatchObject([400, [{ errorCode: 'INVALID_API_INPUT' }]]);
  expect(accounts()).toEqual([]);
});

test.each(['Plain', 'Nobody'])('%s is no action', async (className) => {
  expect(await act(className, [{}])).toMatchObject([404, [{ errorCode: 'NOT_FOUND' }]]);
});

test('a class is open to those whose permission sets open it, and to administrators', async () => {
  const rep = new Connection({ loginUrl: url, version: '64.0' });
  await rep.login('rep@sandbox.test', 'sandbox1234sandboxtoken');
  const token = rep.accessToken ?? '';
  expect(await act('Shout', [{ words: 'x' }], token)).toMatchObject([200, [{ isSuccess: true }]]);
  expect(await act('Quiet', [{ ids: null }], token)).toMatchObject([
    403,
    [{ errorCode: 'INSUFFICIENT_ACCESS' }],
  ]);
  expect(accounts()).toEqual([]);
});
