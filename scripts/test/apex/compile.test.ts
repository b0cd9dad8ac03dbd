import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';

const tools = join(import.meta.dirname, '../../apex/tools');
const source = join(import.meta.dirname, '../../../force-app/main/default');
const folder = await mkdtemp(join(tmpdir(), 'syncline-semantics-'));
afterAll(() => rm(folder, { recursive: true }));

const isInstalled = existsSync(join(tools, 'node_modules', '.syncline-install'));
const hasJava = spawnSync('java', ['-version']).status === 0;
const whereToolsAre = isInstalled && hasJava ? describe : describe.skip;

/** What the check says of the package with one more class. */
async function check(body: string): Promise<{ status: number | null; told: string }> {
  await cp(source, folder, { recursive: true });
  const planted = join(folder, 'classes/Planted.cls');
  await writeFile(
    planted,
    `public with sharing class Planted {\n  public static void run() {\n    ${body}\n  }\n}\n`,
  );
  await cp(join(source, 'classes/api/PackageNamespace.cls-meta.xml'), `${planted}-meta.xml`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(tools, 'compile.mjs'), folder], {
    encoding: 'utf8',
  });
  return { status, told: stdout + stderr };
}

whereToolsAre('the compiler check of the package’s Apex (npm run check:apex installs it)', () => {
  test('finds a field that an extended standard object does not have', async () => {
    const { status, told } = await check("new Lead().Compny = 'Acme';");
    expect(told).toContain('Compny');
    expect(status).not.toBe(0);
  });

  test('finds a method that the platform does not have, and a value of the wrong type', async () => {
    const { status, told } = await check("new HttpRequest().setMethodd('GET'); Integer count = 'one';");
    expect(told).toMatch(/setMethodd/);
    expect(told).toMatch(/Incompatible types|String/);
    expect(status).not.toBe(0);
  });
});
