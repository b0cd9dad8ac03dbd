import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { STANDING_TOKEN, startSalesforce } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';

const SF_FOLDER = join(import.meta.dirname, '../../../scripts/sf');
const isInstalled = existsSync(join(SF_FOLDER, 'node_modules/@salesforce/cli/bin/run.js'));
const replySchema = z.object({ status: z.number(), result: z.unknown() });
const createdSchema = z.object({ id: z.string() });

if (isInstalled) {
  describe('the Salesforce CLI', () => {
    let salesforce: RunningSalesforce;
    let home: string;

    /** The `result` of a command; its exit code is not judged where it printed none. */
    const sf = (...words: string[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        execFile(
          process.execPath,
          [join(SF_FOLDER, 'sf.mjs'), ...words, '--json'],
          {
            cwd: home,
            env: {
              ...process.env,
              NODE_OPTIONS: '',
              SYNCLINE_SF_HOME: home,
              SF_ACCESS_TOKEN: STANDING_TOKEN,
            },
          },
          (error, stdout) => {
            if (error) reject(new Error(`sf ${words.join(' ')}: ${stdout}`, { cause: error }));
            else resolve(replySchema.parse(JSON.parse(stdout)).result);
          },
        );
      });
    const file = async (name: string, lines: readonly string[]) => {
      const path = join(home, name);
      await writeFile(path, `${lines.join('\n')}\n`);
      return path;
    };

    beforeAll(async () => {
      salesforce = await startSalesforce();
      home = await mkdtemp(join(tmpdir(), 'sf-cli-'));
      await sf(
        'org',
        'login',
        'access-token',
        '--instance-url',
        salesforce.url,
        '--no-prompt',
        '--alias',
        'sandbox',
      );
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

    test('creates, updates and queries a record', async () => {
      const values = "LastName=Cli Company='Command Line' Email=cli@client.example";
      const created = await sf('data', 'create', 'record', '-o', 'sandbox', '-s', 'Lead', '-v', values);
      const { id } = createdSchema.parse(created);
      await sf('data', 'update', 'record', '-o', 'sandbox', '-s', 'Lead', '-i', id, '-v', 'Title=Buyer');
      const soql = "SELECT Id, Title, Owner.Name FROM Lead WHERE Email = 'cli@client.example'";
      expect(await sf('data', 'query', '-o', 'sandbox', '-q', soql)).toMatchObject({
        totalSize: 1,
        records: [{ Id: id, Title: 'Buyer', Owner: { Name: 'Alex Admin' } }],
      });
    });

    test('imports in bulk', async () => {
      const csv = await file('import.csv', ['LastName,Company', 'One,Bulk', 'Two,Bulk']);
      const words = ['-o', 'sandbox', '-s', 'Lead', '-f', csv, '--wait', '1', '--line-ending', 'LF'];
      expect(await sf('data', 'import', 'bulk', ...words)).toMatchObject({
        processedRecords: 2,
        successfulRecords: 2,
      });
    });

    test('upserts in bulk by external id', async () => {
      const csv = await file('upsert.csv', ['ActiveCampaign_ID__c,LastName,Company', '77,Three,Bulk']);
      const words = ['-o', 'sandbox', '-s', 'Lead', '-f', csv, '-i', 'ActiveCampaign_ID__c', '--wait', '1'];
      expect(await sf('data', 'upsert', 'bulk', ...words)).toMatchObject({
        jobInfo: { state: 'JobComplete', numberRecordsProcessed: 1, numberRecordsFailed: 0 },
      });
    });

    test('describes an object', async () => {
      expect(await sf('sobject', 'describe', '-o', 'sandbox', '-s', 'Contact')).toMatchObject({
        name: 'Contact',
        keyPrefix: '003',
      });
    });
  });
} else {
  test.skip('the Salesforce CLI works against the sandbox (not installed: run `node scripts/sf/sf.mjs --version` once)', () => {});
}
