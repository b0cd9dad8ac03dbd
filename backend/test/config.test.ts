import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConfigError, loadConfig, variables } from '../src/config.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const least = { DATABASE_URL: 'postgres://user@127.0.0.1/db', MASTER_KEY: key };
const production = { ...least, NODE_ENV: 'production', PUBLIC_URL: 'https://sync.example.com' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'syncline-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

const problemsOf = (environment: NodeJS.ProcessEnv): string => {
  try {
    loadConfig(environment, folder);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return String(error);
  }
};

test('what is not set has the documented default', () => {
  expect(loadConfig(least, folder)).toMatchObject({
    environment: 'development',
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://127.0.0.1:3000',
    database: { schema: 'syncline' },
    sync: { intervalMinutes: 10, batchThreshold: 100 },
    salesforce: { app: undefined, passwordLogin: false },
    sandbox: undefined,
  });
});

test('an empty variable counts as one that is not set', () => {
  expect(loadConfig({ ...least, PORT_SERVICE: '' }, folder).port).toBe(3000);
});

test('every problem is named at once', () => {
  const problems = problemsOf({ PORT_SERVICE: '99999', SYNC_BATCH_THRESHOLD: 'many', MASTER_KEY: 'short' });
  for (const name of ['DATABASE_URL', 'PORT_SERVICE', 'SYNC_BATCH_THRESHOLD', 'MASTER_KEY']) {
    expect(problems).toContain(name);
  }
});

test('the message of a bad secret does not repeat it', () => {
  expect(problemsOf({ ...least, MASTER_KEY: 'not-a-real-key' })).not.toContain('not-a-real-key');
});

test('every variable stands in the documentation', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');
  expect(variables.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

describe('master keys', () => {
  test('may be several, the first of which seals', () => {
    const other = Buffer.alloc(32, 8).toString('base64');
    const { masterKeys } = loadConfig({ ...least, MASTER_KEY: `2026:${other},2025:${key}` }, folder);
    expect(masterKeys.map(({ id }) => id)).toEqual(['2026', '2025']);
    expect(masterKeys[1]?.key.toString('base64')).toBe(key);
  });

  test.each([
    ['of another length', Buffer.alloc(16).toString('base64')],
    ['of the same id', `a:${key},a:${key}`],
    ['with an odd id', `a b:${key}`],
  ])('%s are refused', (_name, value) => {
    expect(problemsOf({ ...least, MASTER_KEY: value })).toContain('MASTER_KEY');
  });

  test('are made and kept by development alone, readable by its user alone', async () => {
    const { DATABASE_URL } = least;
    const first = loadConfig({ DATABASE_URL }, folder).masterKeys[0].key;
    expect(loadConfig({ DATABASE_URL }, folder).masterKeys[0].key).toEqual(first);
    const file = join(folder, 'master-key');
    expect(Buffer.from(await readFile(file, 'utf8'), 'base64')).toEqual(first);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });
});

describe('production', () => {
  test('starts with a key and an https address', () => {
    expect(loadConfig(production, folder).environment).toBe('production');
  });

  test.each([
    ['without a master key', { MASTER_KEY: '' }, 'MASTER_KEY'],
    ['reached by http', { PUBLIC_URL: 'http://sync.example.com' }, 'PUBLIC_URL'],
    ['with the sandbox', { SANDBOX: 'true' }, 'SANDBOX'],
    ['with password logins', { SALESFORCE_PASSWORD_LOGIN: 'true' }, 'SALESFORCE_PASSWORD_LOGIN'],
  ])('does not start %s', (_name, change, variable) => {
    expect(problemsOf({ ...production, ...change })).toContain(variable);
  });
});
