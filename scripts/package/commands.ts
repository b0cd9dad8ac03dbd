import type { PackageType } from './stage.ts';

/** What the commands need to know, from the command line and the environment. */
export interface CommandInput {
  readonly type: PackageType;
  /** The package's name in the Dev Hub. */
  readonly packageName: string;
  readonly namespace: string;
  /** Alias or user name of the org that the command is about. */
  readonly org: string;
  /** A version's alias or id (04t…). */
  readonly version: string;
}

/** The Salesforce CLI's arguments for each step, in the order in which they are run. @throws Error for what is missing */
export const commands: Readonly<Record<string, ((input: CommandInput) => string[][]) | undefined>> = {
  create: ({ packageName, type, namespace }) => [
    [
      'package create',
      ['--name', packageName, '--package-type', type, '--path', 'force-app'],
      type === 'Managed' ? needNamespace(namespace) : namespace === '' ? ['--no-namespace'] : [],
    ].flatMap(words),
  ],
  version: ({ packageName }) => [
    [
      'package version create',
      ['--package', packageName, '--definition-file', 'config/project-scratch-def.json'],
      ['--code-coverage', '--installation-key-bypass', '--wait', '60'],
    ].flatMap(words),
  ],
  promote: ({ version }) => [
    ['package version promote', ['--package', needed(version, 'a version'), '--no-prompt']].flatMap(words),
  ],
  install: ({ version, org }) => [
    [
      'package install',
      ['--package', needed(version, 'a version'), '--target-org', needed(org, 'an org')],
      ['--security-type', 'AdminsOnly', '--wait', '20', '--publish-wait', '20', '--no-prompt'],
    ].flatMap(words),
  ],
  scratch: ({ org, namespace }) => [
    [
      'org create scratch',
      ['--definition-file', 'config/project-scratch-def.json', '--alias', org || 'syncline'],
      ['--duration-days', '7', '--set-default', '--wait', '20'],
      namespace === '' ? ['--no-namespace'] : [],
    ].flatMap(words),
  ],
  deploy: ({ org }) => [
    [
      'project deploy start',
      ['--source-dir', 'force-app', '--target-org', org || 'syncline', '--wait', '30'],
    ].flatMap(words),
    [
      'org assign permset',
      ['--name', 'ActiveCampaign_Package_Manager', '--name', 'ActiveCampaign_Standard_User'],
      ['--target-org', org || 'syncline'],
    ].flatMap(words),
  ],
};

/** A command's name stands as words, its flags as they are. */
function words(part: string | readonly string[]): readonly string[] {
  return typeof part === 'string' ? part.split(' ') : part;
}

/** A managed package cannot do without; it adds no argument, as the project file says which one. */
function needNamespace(namespace: string): string[] {
  if (namespace !== '') return [];
  throw new Error(
    'A managed package needs a namespace: set SYNCLINE_NAMESPACE to the one linked to the Dev Hub.',
  );
}

function needed(value: string, what: string): string {
  if (value === '') throw new Error(`Name ${what}: see docs/first-org.md.`);
  return value;
}
