import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stage } from '../../package/stage.ts';

const root = join(import.meta.dirname, '../../..');
const sources = join(root, 'force-app/main/default');
const cli = join(root, 'scripts/sf');
const isInstalled = existsSync(join(cli, 'node_modules/@salesforce/cli/bin/run.js'));

if (isInstalled) {
  describe.each(['Managed', 'Unlocked'] as const)('the sources of the package, %s', (type) => {
    let folder: string;
    const converted = (...path: string[]): string => join(folder, 'project/converted', ...path);

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'syncline-convert-'));
      const namespace = type === 'Managed' ? 'example' : '';
      const project = join(folder, 'project');
      stage(root, project, { type, namespace, serviceUrl: 'https://sync.example.com' });
      const words = 'project convert source --source-dir force-app --output-dir converted'.split(' ');
      execFileSync(process.execPath, [join(cli, 'sf.mjs'), ...words], {
        cwd: project,
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          NODE_ENV: 'production',
          SYNCLINE_SF_HOME: join(folder, 'home'),
        },
      });
    }, 60_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('are taken by the Salesforce CLI, each class and component among them', () => {
      const manifest = readFileSync(converted('package.xml'), 'utf8');
      const classes = readdirSync(sources + '/classes', { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.cls'))
        .map((path) => path.replace(/^.*\//, '').replace(/\.cls$/, ''));
      const bundles = readdirSync(join(sources, 'lwc'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
      const members = [...manifest.matchAll(/<members>(.*?)<\/members>/g)].map(([, name]) => name);
      expect(members).toEqual(expect.arrayContaining([...classes, ...bundles]));
    });

    test('become components in JavaScript alone', () => {
      const inSource = readdirSync(join(sources, 'lwc'), { recursive: true, encoding: 'utf8' });
      const modules = inSource.filter((path) => /\.ts$/.test(path) && !path.includes('__tests__'));
      const files = readdirSync(converted('lwc'), { recursive: true, encoding: 'utf8' });
      expect(files.filter((path) => path.endsWith('.ts'))).toEqual([]);
      expect(files).toEqual(expect.arrayContaining(modules.map((path) => path.replace(/ts$/, 'js'))));
    });
  });
} else {
  test.skip('the package’s sources: the Salesforce CLI is not installed, `npm run test:clients` installs it', () => {});
}
