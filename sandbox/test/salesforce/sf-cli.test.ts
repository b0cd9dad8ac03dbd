import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { z } from 'zod';
import { freePort } from '../../../scripts/stack/ports.ts';
import { STANDING_TOKEN, startSalesforce } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';
import { CLIENT } from './oauth-browser.ts';

const SF_FOLDER = join(import.meta.dirname, '../../../scripts/sf');
const isInstalled = existsSync(join(SF_FOLDER, 'node_modules/@salesforce/cli/bin/run.js'));
const replySchema = z.object({ status: z.number(), result: z.unknown() });
const createdSchema = z.object({ id: z.string() });
const ANSWERING_BROWSER = join(import.meta.dirname, 'answering-browser.ts');

if (isInstalled) {
  describe('the Salesforce CLI', () => {
    let salesforce: RunningSalesforce;
    let home: string;

    /** The `result` of a command. `more` goes to its environment. */
    const sfWith = (more: NodeJS.ProcessEnv, ...words: string[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        execFile(
          process.execPath,
          [join(SF_FOLDER, 'sf.mjs'), ...words, '--json'],
          {
            cwd: home,
            env: {
              ...process.env,
              NODE_OPTIONS: '',
              NODE_ENV: 'production',
              SYNCLINE_SF_HOME: home,
              ...more,
            },
          },
          (error, stdout) => {
            if (error) reject(new Error(`sf ${words.join(' ')}: ${stdout}`, { cause: error }));
            else resolve(replySchema.parse(JSON.parse(stdout)).result);
          },
        );
      });
    const sf = (...words: string[]) => sfWith({}, ...words);
    const inOrg = (...words: string[]) => sf(...words, '--target-org', 'sandbox');
    const file = async (name: string, lines: readonly string[]) => {
      const path = join(home, name);
      await writeFile(path, `${lines.join('\n')}\n`);
      return path;
    };

    beforeAll(async () => {
      salesforce = await startSalesforce();
      // The CLI signs assertions by the real time.
      salesforce.clock.advance(Date.now() - salesforce.clock.now());
      home = await mkdtemp(join(tmpdir(), 'sf-cli-'));
      const words = ['--instance-url', salesforce.url, '--no-prompt', '--alias', 'sandbox'];
      await sfWith({ SF_ACCESS_TOKEN: STANDING_TOKEN }, 'org', 'login', 'access-token', ...words);
    });
    afterAll(async () => {
      await salesforce.close();
      await rm(home, { recursive: true, force: true });
    });

    test('shows the org it is connected to', async () => {
      expect(await sf('org', 'display', '--target-org', 'sandbox')).toMatchObject({
        id: '00D000000000001EAA',
        username: 'admin@sandbox.test',
        connectedStatus: 'Connected',
        apiVersion: '67.0',
      });
    });

    test('logs in by JWT as a user who was approved', async () => {
      const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
      await salesforce.control('clients', { publicKey: await exportSPKI(publicKey) });
      const key = await file('server.key', [await exportPKCS8(privateKey)]);
      const words = [
        '--client-id',
        CLIENT.client_id,
        '--jwt-key-file',
        key,
        '--instance-url',
        salesforce.url,
      ];
      expect(
        await sf('org', 'login', 'jwt', '--username', 'integration@sandbox.test', ...words),
      ).toMatchObject({ username: 'integration@sandbox.test', orgId: '00D000000000001EAA' });
    });

    test('logs in through the browser', async () => {
      const port = await freePort();
      await file('sfdx-project.json', [
        JSON.stringify({ packageDirectories: [{ path: 'empty', default: true }], oauthLocalPort: port }),
      ]);
      await mkdir(join(home, 'empty'), { recursive: true });
      // The CLI listens once the program that it opened has ended, so the browser goes on behind it.
      const browser = await file('firefox', [
        '#!/bin/sh',
        `'${process.execPath}' '${ANSWERING_BROWSER}' "$@" >/dev/null 2>&1 &`,
      ]);
      await chmod(browser, 0o755);
      expect(
        await sfWith(
          {
            PATH: `${home}${delimiter}${process.env['PATH'] ?? ''}`,
            SF_WEB_OAUTH_SERVER_TIMEOUT: '60000',
          },
          ...['org', 'login', 'web', '--browser', 'firefox', '--instance-url', salesforce.url],
        ),
      ).toMatchObject({ username: 'admin@sandbox.test', instanceUrl: salesforce.url });
    });

    test('creates, reads, updates, queries and deletes a record', async () => {
      const values = "LastName=Cli Company='Command Line' Email=cli@client.example";
      const { id } = createdSchema.parse(await inOrg('data', 'create', 'record', '-s', 'Lead', '-v', values));
      await inOrg('data', 'update', 'record', '-s', 'Lead', '-i', id, '-v', 'Title=Buyer');
      expect(
        await inOrg('data', 'get', 'record', '-s', 'Lead', '-w', 'Email=cli@client.example'),
      ).toMatchObject({ Id: id, LastName: 'Cli', Company: 'Command Line', Title: 'Buyer' });
      const soql = "SELECT Id, Title, Owner.Name FROM Lead WHERE Email = 'cli@client.example'";
      expect(await inOrg('data', 'query', '-q', soql)).toMatchObject({
        totalSize: 1,
        records: [{ Id: id, Title: 'Buyer', Owner: { Name: 'Alex Admin' } }],
      });
      expect(await inOrg('data', 'delete', 'record', '-s', 'Lead', '-i', id)).toMatchObject({
        id,
        success: true,
      });
      expect((await salesforce.call(`/services/data/v67.0/sobjects/Lead/${id}`)).status).toBe(404);
    });

    test('imports in bulk', async () => {
      const csv = await file('import.csv', ['LastName,Company', 'One,Bulk', 'Two,Bulk']);
      const words = ['-s', 'Lead', '-f', csv, '--wait', '1', '--line-ending', 'LF'];
      expect(await inOrg('data', 'import', 'bulk', ...words)).toMatchObject({
        processedRecords: 2,
        successfulRecords: 2,
      });
    });

    test('upserts in bulk by external id', async () => {
      const csv = await file('upsert.csv', ['ActiveCampaign_ID__c,LastName,Company', '77,Three,Bulk']);
      const words = ['-s', 'Lead', '-f', csv, '-i', 'ActiveCampaign_ID__c', '--wait', '1'];
      expect(await inOrg('data', 'upsert', 'bulk', ...words)).toMatchObject({
        jobInfo: { state: 'JobComplete', numberRecordsProcessed: 1, numberRecordsFailed: 0 },
      });
    });

    test('describes an object', async () => {
      expect(await inOrg('sobject', 'describe', '-s', 'Contact')).toMatchObject({
        name: 'Contact',
        keyPrefix: '003',
      });
    });
  });
} else {
  test.skip('the Salesforce CLI against the sandbox: it is not installed, `npm run test:clients` installs it', () => {});
}
