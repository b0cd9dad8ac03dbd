import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { commands } from '../../package/commands.ts';
import { keepAliases, packageName, stage } from '../../package/stage.ts';

const options = { type: 'Managed', namespace: 'example', serviceUrl: 'https://sync.example.com/' } as const;
const project = {
  packageDirectories: [
    {
      path: 'force-app',
      package: 'Syncline',
      ancestorVersion: 'HIGHEST',
      postInstallScript: 'PackageInstall',
    },
  ],
  namespace: '',
  packageAliases: { Old: '0Ho000000000001' },
};
let folder: string;
let root: string;
let target: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncline-stage-'));
  root = join(folder, 'root');
  target = join(folder, 'target');
  write('sfdx-project.json', JSON.stringify(project));
  write('.forceignore', '');
  write('config/project-scratch-def.json', '{}');
  write('force-app/main/default/namedCredentials/N.xml', '<url>https://syncline.example/path</url>');
  write('force-app/main/default/lwc/a/a.ts', 'export const one: number = 1;');
  write('force-app/main/default/lwc/a/__tests__/a.test.ts', 'const one: number = 1;');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a staged project', () => {
  test('has the publisher’s service URL and namespace', () => {
    stage(root, target, options);

    expect(read('force-app/main/default/namedCredentials/N.xml')).toBe(
      '<url>https://sync.example.com/path</url>',
    );
    expect(JSON.parse(read('sfdx-project.json'))).toMatchObject({
      namespace: 'example',
      ...directoryOf('Syncline'),
    });
  });

  test('has Lightning components in JavaScript, without their tests', () => {
    stage(root, target, options);

    expect(read('force-app/main/default/lwc/a/a.js')).toMatch(/^export const one\s+= 1;$/);
    expect(() => read('force-app/main/default/lwc/a/__tests__/a.test.js')).toThrow();
  });

  test('is one of an unlocked package, which has no scripts, from the same sources', () => {
    stage(root, target, { ...options, type: 'Unlocked', namespace: '' });

    expect(JSON.parse(read('sfdx-project.json'))).toMatchObject({
      namespace: '',
      packageDirectories: [{ path: 'force-app', package: 'Syncline Unlocked' }],
    });
    expect(read('sfdx-project.json')).not.toMatch('postInstallScript');
    expect(packageName(root, 'Unlocked')).toBe('Syncline Unlocked');
  });

  test('gives the ids that the Salesforce CLI noted back', () => {
    stage(root, target, options);
    const staged = JSON.parse(read('sfdx-project.json')) as object;
    writeFileSync(
      join(target, 'sfdx-project.json'),
      JSON.stringify({ ...staged, packageAliases: { New: '04t1' } }),
    );

    keepAliases(root, target);

    expect(JSON.parse(readFileSync(join(root, 'sfdx-project.json'), 'utf8'))).toEqual({
      ...project,
      packageAliases: { Old: '0Ho000000000001', New: '04t1' },
    });
  });

  test.each([
    ['no service', { ...options, serviceUrl: '' }, /SYNCLINE_SERVICE_URL/],
    ['an open connection', { ...options, serviceUrl: 'http://sync.example.com' }, /SYNCLINE_SERVICE_URL/],
  ])('is not made with %s', (_what, wrong, message) => {
    expect(() => stage(root, target, wrong)).toThrow(message);
  });
});

describe('the Salesforce CLI', () => {
  const input = {
    type: 'Managed',
    packageName: 'Syncline',
    namespace: 'example',
    org: '',
    version: '',
  } as const;

  test('is asked for a version with its code coverage', () => {
    expect(commands['version']?.(input)[0]?.join(' ')).toBe(
      'package version create --package Syncline --definition-file config/project-scratch-def.json --code-coverage --installation-key-bypass --wait 60',
    );
  });

  test('installs for admins only, and is told what and where', () => {
    expect(commands['install']?.({ ...input, version: '04t1', org: 'mine' })[0]?.join(' ')).toBe(
      'package install --package 04t1 --target-org mine --security-type AdminsOnly --wait 20 --publish-wait 20 --no-prompt',
    );
    expect(() => commands['install']?.({ ...input, version: '04t1' })).toThrow('Name an org');
    expect(() => commands['promote']?.(input)).toThrow('Name a version');
  });

  test('makes no managed package without a namespace', () => {
    expect(() => commands['create']?.({ ...input, namespace: '' })).toThrow('SYNCLINE_NAMESPACE');
  });

  test('keeps a name of several words in one argument', () => {
    expect(
      commands['create']?.({
        ...input,
        packageName: 'Syncline Unlocked',
        type: 'Unlocked',
        namespace: '',
      })[0],
    ).toEqual([
      'package',
      'create',
      '--name',
      'Syncline Unlocked',
      '--package-type',
      'Unlocked',
      '--path',
      'force-app',
      '--no-namespace',
    ]);
  });
});

function directoryOf(name: string): object {
  return { packageDirectories: [{ ...project.packageDirectories[0], package: name }] };
}

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

function read(path: string): string {
  return readFileSync(join(target, path), 'utf8');
}
