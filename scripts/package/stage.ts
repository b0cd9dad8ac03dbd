import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { readSource } from './source.ts';

export type PackageType = 'Managed' | 'Unlocked';

/** What differs from one publisher of the package to another. */
export interface StageOptions {
  readonly type: PackageType;
  /** Linked to the Dev Hub. Empty: none, as in a scratch org to try things out, or an unlocked package. */
  readonly namespace: string;
  /** Where the sync service is reached, e.g. https://sync.example.com. */
  readonly serviceUrl: string;
}

const placeholder = 'https://syncline.example';

const projectSchema = z.looseObject({
  packageDirectories: z.array(z.looseObject({ path: z.string(), package: z.string().optional() })),
  packageAliases: z.record(z.string(), z.string()).default({}),
});
type Project = z.infer<typeof projectSchema>;

/**
 * Makes a Salesforce project to build one kind of package from, in an empty folder: the sources with the publisher's
 * service URL in place, Lightning components in JavaScript, and a project file with the namespace.
 * @throws Error for options that no package can be made from
 */
export function stage(root: string, target: string, options: StageOptions): void {
  const serviceUrl = checked(options);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of ['force-app', 'config', '.forceignore']) {
    cpSync(join(root, name), join(target, name), { recursive: true });
  }
  for (const { path, text } of readSource(join(target, 'force-app'))) {
    const file = join(target, 'force-app', path);
    if (text.includes(placeholder)) writeFileSync(file, text.replaceAll(placeholder, serviceUrl));
    if (/\/lwc\/.*(?<!\.d)\.ts$/.test(path) && !path.includes('__tests__')) {
      // The platform stores JavaScript. Types are blanked out, so that lines and columns stay what they are.
      writeFileSync(file.replace(/ts$/, 'js'), stripTypeScriptTypes(text));
    }
  }
  const project = readProject(root);
  writeProject(target, {
    ...project,
    namespace: options.namespace,
    packageDirectories: project.packageDirectories.map((directory) => forType(directory, options.type)),
  });
}

/** Takes the ids of packages and versions, which the Salesforce CLI notes in the staged project, back into the own one. */
export function keepAliases(root: string, target: string): void {
  const { packageAliases } = readProject(target);
  const project = readProject(root);
  writeProject(root, { ...project, packageAliases: { ...project.packageAliases, ...packageAliases } });
}

/** The name of the package of a type: one Dev Hub may have both. */
export function packageName(root: string, type: PackageType): string {
  const name = readProject(root).packageDirectories[0]?.package ?? '';
  return type === 'Managed' ? name : `${name} Unlocked`;
}

function checked({ serviceUrl }: StageOptions): string {
  const url = URL.canParse(serviceUrl) ? new URL(serviceUrl) : undefined;
  if (url?.protocol !== 'https:' || url.pathname !== '/') {
    throw new Error(
      'Set SYNCLINE_SERVICE_URL to the address of the sync service, such as https://sync.example.com.',
    );
  }
  return url.origin;
}

function forType(
  directory: Project['packageDirectories'][number],
  type: PackageType,
): Project['packageDirectories'][number] {
  if (type === 'Managed') return directory;
  // Unlocked packages have no such scripts, and need no ancestor to be upgraded.
  const {
    postInstallScript: _install,
    uninstallScript: _uninstall,
    ancestorVersion: _ancestor,
    ...rest
  } = directory;
  return { ...rest, package: `${directory.package ?? ''} Unlocked` };
}

function readProject(folder: string): Project {
  return projectSchema.parse(JSON.parse(readFileSync(join(folder, 'sfdx-project.json'), 'utf8')));
}

function writeProject(folder: string, project: Project): void {
  const path = join(folder, 'sfdx-project.json');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(project, null, 2)}\n`);
}
