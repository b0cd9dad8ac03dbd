import {
  folderAfter,
  listComponents,
  nameOf,
  type Components,
  type MetadataFile,
  type Problem,
} from './components.ts';
import { allOf, textOf, type Element, type SourceFile } from './source.ts';
import {
  apexProblems,
  closedClassProblems,
  componentProblems,
  openSetupProblems,
  pairProblems,
} from './code-references.ts';

type Rule = (file: MetadataFile, components: Components) => string[];

/** The languages that every label and custom field is translated into. */
const languages = ['es'];

/**
 * Names in a package's files that stand for nothing there, and texts that are not translated. The platform finds them
 * at deployment only, and some not even then: a class without its metadata file is left out without a word.
 */
export function findProblems(files: readonly SourceFile[]): Problem[] {
  const components = listComponents(files);
  return [
    ...components.metadata.flatMap((file) => {
      const rule = rules[nameOf(file.path).suffix];
      return (rule?.(file, components) ?? []).map((message) => ({ path: file.path, message }));
    }),
    ...pairProblems(components),
    ...apexProblems(components),
    ...openSetupProblems(components),
    ...closedClassProblems(components),
    ...componentProblems(components),
    ...languages.flatMap((language) => untranslated(components, language)),
  ];
}

const rules: Readonly<Record<string, Rule | undefined>> = {
  permissionset: ({ root }, components) => [
    ...missing(texts(root, 'applicationVisibilities', 'application'), 'app', (name) =>
      components.has('app', name),
    ),
    ...missing(texts(root, 'classAccesses', 'apexClass'), 'class', (name) => components.classes.has(name)),
    ...missing(texts(root, 'customPermissions', 'name'), 'custom permission', (name) =>
      components.has('customPermission', name),
    ),
    ...missing(texts(root, 'fieldPermissions', 'field').filter(isCustom), 'field', (name) =>
      components.fields.has(name),
    ),
    ...missing(texts(root, 'objectPermissions', 'object').filter(isCustom), 'object', (name) =>
      components.customObjects.has(name),
    ),
    ...missing(texts(root, 'tabSettings', 'tab').filter(isOwnTab), 'tab', (name) =>
      components.has('tab', name),
    ),
    ...missing(
      texts(root, 'externalCredentialPrincipalAccesses', 'externalCredentialPrincipal'),
      'principal of an external credential',
      (name) => components.principals.has(name),
    ),
    ...allOf(root, 'objectPermissions').flatMap(permissionsWithoutTheirs),
  ],
  layout: ({ path, root }, components) => {
    const object = nameOf(path).name.split('-')[0] ?? '';
    return missing(texts(root, 'layoutItems', 'field').filter(isCustom), 'field', (name) =>
      components.fields.has(`${object}.${name}`),
    );
  },
  flexipage: ({ root }, components) => {
    const object = textOf(root, 'sobjectType') ?? '';
    const own = texts(root, 'componentInstance', 'componentName').filter((name) => /^(c:)?[^:]+$/.test(name));
    const fields = texts(root, 'fieldInstance', 'fieldItem').filter(isCustom);
    return [
      ...missing(own, 'component', (name) => components.lwc.has(name.replace(/^c:/, ''))),
      ...missing(fields, 'field', (name) => components.fields.has(name.replace(/^Record\./, `${object}.`))),
    ];
  },
  tab: ({ root }, components) => [
    ...missing(childTexts(root, 'flexiPage'), 'page', (name) => components.has('flexipage', name)),
    ...missing(childTexts(root, 'lwcComponent'), 'component', (name) => components.lwc.has(name)),
  ],
  app: ({ root }, components) => [
    ...missing(childTexts(root, 'tabs').filter(isOwnTab), 'tab', (name) => components.has('tab', name)),
    ...missing(childTexts(root, 'utilityBar'), 'page', (name) => components.has('flexipage', name)),
  ],
  namedCredential: ({ root }, components) =>
    missing(texts(root, 'namedCredentialParameters', 'externalCredential'), 'external credential', (name) =>
      components.has('externalCredential', name),
    ),
  ecaOauth: appExists,
  ecaPlcy: appExists,
  ecaOauthPlcy: appExists,
  translation: ({ root }, components) => [
    ...missing(texts(root, 'customApplications', 'name'), 'app', (name) => components.has('app', name)),
    ...missing(texts(root, 'customTabs', 'name'), 'tab', (name) => components.has('tab', name)),
    ...allOf(root, 'customLabels').flatMap((entry) => {
      const name = textOf(entry, 'name') ?? '';
      const original = components.labels.get(name);
      if (original === undefined) return [`There is no label "${name}".`];
      return placeholders(original) === placeholders(textOf(entry, 'label') ?? '')
        ? []
        : [`The label "${name}" has other placeholders than its original.`];
    }),
  ],
  objectTranslation: ({ path, root }, components) => {
    const object = folderAfter(path, 'objectTranslations').replace(/-\w+$/, '');
    return missing(texts(root, 'layouts', 'layout'), 'layout', (name) =>
      components.has('layout', `${object}-${name}`),
    );
  },
  fieldTranslation: ({ path, root }, components) => {
    const object = folderAfter(path, 'objectTranslations').replace(/-\w+$/, '');
    const field = `${object}.${textOf(root, 'name') ?? ''}`;
    const values = components.picklistValues.get(field) ?? new Set();
    return [
      ...missing([field].filter(isCustom), 'field', (name) => components.fields.has(name)),
      ...missing(texts(root, 'picklistValues', 'masterLabel'), 'value', (name) => values.has(name)),
      ...[...values]
        .filter((value) => !texts(root, 'picklistValues', 'masterLabel').includes(value))
        .map((value) => `The value "${value}" is not translated.`),
    ];
  },
};

/** What each permission on an object needs beside it: the platform refuses a permission set without. */
const needed: Readonly<Record<string, readonly string[]>> = {
  allowCreate: ['allowRead'],
  allowEdit: ['allowRead'],
  allowDelete: ['allowRead', 'allowEdit'],
  viewAllRecords: ['allowRead'],
  modifyAllRecords: ['allowRead', 'allowEdit', 'allowDelete', 'viewAllRecords'],
};

function permissionsWithoutTheirs(entry: Element): string[] {
  const isGranted = (permission: string): boolean => textOf(entry, permission) === 'true';
  return Object.entries(needed)
    .filter(([permission]) => isGranted(permission))
    .flatMap(([permission, others]) =>
      others
        .filter((other) => !isGranted(other))
        .map((other) => `${permission} of ${textOf(entry, 'object') ?? ''} needs ${other}.`),
    );
}

function appExists({ root }: MetadataFile, components: Components): string[] {
  return missing(childTexts(root, 'externalClientApplication'), 'External Client App', (name) =>
    components.has('eca', name),
  );
}

function untranslated(components: Components, language: string): Problem[] {
  const path = `translations/${language}.translation-meta.xml`;
  const file = components.metadata.find((candidate) => candidate.path === path);
  const labels = file === undefined ? [] : texts(file.root, 'customLabels', 'name');
  // What settings hold is seen by nobody but the package.
  const fields = [...components.fields].filter((name) => !name.split('.')[0]?.endsWith('__c'));
  return [
    ...[...components.labels.keys()]
      .filter((name) => !labels.includes(name))
      .map((name) => ({ path, message: `The label "${name}" is not translated.` })),
    ...fields
      .map((name) => name.split('.'))
      .map(([object, name]) => `objectTranslations/${object}-${language}/${name}.fieldTranslation-meta.xml`)
      .filter((wanted) => !components.metadata.some((candidate) => candidate.path === wanted))
      .map((wanted) => ({ path: wanted, message: 'The translation of this field is missing.' })),
  ];
}

function missing(names: readonly string[], what: string, exists: (name: string) => boolean): string[] {
  return names.filter((name) => !exists(name)).map((name) => `There is no ${what} "${name}".`);
}

/** The texts of a child element in every element of a name. */
function texts(root: MetadataFile['root'], element: string, child: string): string[] {
  return allOf(root, element).flatMap((found) => textOf(found, child) ?? []);
}

function childTexts(root: MetadataFile['root'], name: string): string[] {
  return root.children.filter((child) => child.name === name).map((child) => child.text);
}

/** Standard objects and fields are the platform's matter. */
function isCustom(name: string): boolean {
  return name.endsWith('__c');
}

function isOwnTab(name: string): boolean {
  return !name.startsWith('standard-');
}

function placeholders(text: string): string {
  return [...new Set(text.match(/\{\d+\}/g))].toSorted().join();
}
