import { allOf, parseMetadata, textOf, type Element, type SourceFile } from './source.ts';

/** A metadata file with its parsed content. */
export interface MetadataFile extends SourceFile {
  readonly root: Element;
}

/** A name in a file that stands for nothing in the package. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** What a package consists of, by the names that its files use for each other. */
export interface Components {
  readonly files: readonly SourceFile[];
  readonly metadata: readonly MetadataFile[];
  readonly classes: ReadonlySet<string>;
  readonly lwc: ReadonlySet<string>;
  /** `Object.Field__c` */
  readonly fields: ReadonlySet<string>;
  readonly picklistValues: ReadonlyMap<string, ReadonlySet<string>>;
  readonly customObjects: ReadonlySet<string>;
  readonly labels: ReadonlyMap<string, string>;
  /** `Credential-Principal` */
  readonly principals: ReadonlySet<string>;
  /** Names by the suffix of their files: tab, app, flexipage, layout, customPermission, externalCredential, eca. */
  has(suffix: string, name: string): boolean;
}

/** Lists the components of a package. @throws Error for a metadata file that cannot be read */
export function listComponents(files: readonly SourceFile[]): Components {
  const metadata = files
    .filter(({ path }) => path.endsWith('-meta.xml'))
    .map((file) => ({ ...file, root: parseMetadata(file) }));
  const ofType = (suffix: string) => metadata.filter(({ path }) => path.endsWith(`.${suffix}-meta.xml`));
  const names = new Set(metadata.map(({ path }) => baseName(path)));
  const fields = ofType('field').map((file) => ({
    name: `${folderAfter(file.path, 'objects')}.${textOf(file.root, 'fullName') ?? ''}`,
    values: allOf(file.root, 'value').flatMap((value) => textOf(value, 'fullName') ?? []),
  }));
  return {
    files,
    metadata,
    classes: new Set(paths(files, /^classes\/(?:.*\/)?([^/]+)\.cls$/)),
    lwc: new Set(paths(files, /^lwc\/([^/]+)\//)),
    fields: new Set(fields.map(({ name }) => name)),
    picklistValues: new Map(fields.map(({ name, values }) => [name, new Set(values)])),
    customObjects: new Set(ofType('object').map(({ path }) => folderAfter(path, 'objects'))),
    labels: new Map(
      ofType('labels').flatMap(({ root }) =>
        allOf(root, 'labels').map(
          (label) => [textOf(label, 'fullName') ?? '', textOf(label, 'value') ?? ''] as const,
        ),
      ),
    ),
    principals: new Set(
      ofType('externalCredential').flatMap((file) =>
        allOf(file.root, 'externalCredentialParameters')
          .filter((parameter) => textOf(parameter, 'parameterType') === 'NamedPrincipal')
          .map((parameter) => `${nameOf(file.path).name}-${textOf(parameter, 'parameterName') ?? ''}`),
      ),
    ),
    has: (suffix, name) => names.has(`${name}.${suffix}-meta.xml`),
  };
}

/** `tabs/Setup.tab-meta.xml` is the tab "Setup". */
export function nameOf(path: string): { readonly name: string; readonly suffix: string } {
  const [, name = '', suffix = ''] = /^(.*)\.([^.]+)-meta\.xml$/.exec(baseName(path)) ?? [];
  return { name, suffix };
}

/** The folder below a folder: of `objects/Lead/fields/X` after `objects`, that is `Lead`. */
export function folderAfter(path: string, parent: string): string {
  const parts = path.split('/');
  return parts[parts.indexOf(parent) + 1] ?? '';
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? '';
}

function paths(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path }) => pattern.exec(path)?.[1] ?? []);
}
