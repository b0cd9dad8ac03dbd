import type { Components, Problem } from './components.ts';
import { allOf, textOf, type SourceFile } from './source.ts';

/** Apex files without their metadata file, which a deployment leaves out silently, and the other way round. */
export function pairProblems({ files }: Components): Problem[] {
  const paths = new Set(files.map(({ path }) => path));
  return files.flatMap(({ path }) => {
    if (/\.(cls|trigger)$/.test(path) && !paths.has(`${path}-meta.xml`)) {
      return [{ path, message: 'Its metadata file is missing.' }];
    }
    if (/\.(cls|trigger)-meta\.xml$/.test(path) && !paths.has(path.replace(/-meta\.xml$/, ''))) {
      return [{ path, message: 'It has no code.' }];
    }
    return [];
  });
}

/** Labels that Apex names and that are not there. */
export function apexProblems(components: Components): Problem[] {
  return components.files
    .filter(({ path }) => /\.(cls|trigger)$/.test(path))
    .flatMap((file) =>
      matches(withoutComments(file), /\bLabel\.([A-Za-z]\w*)/g)
        .filter(([name = '']) => !components.labels.has(name))
        .map(([name = '']) => ({ path: file.path, message: `There is no label "${name}".` })),
    );
}

/** Methods of the set-up that a component may call and that do not first ask whether the user may set up. */
export function openSetupProblems(components: Components): Problem[] {
  return components.files
    .filter(({ path }) => /^classes\/setup\/\w+Controller\.cls$/.test(path))
    .flatMap((file) =>
      matches(
        withoutComments(file),
        /@AuraEnabled[^;{]*?\b(\w+)\([^)]*\)\s*\{(?!\s*SetupAccess\.require\(\);)/g,
      ).map(([name = '']) => ({ path: file.path, message: `The method "${name}" is open to everybody.` })),
    );
}

/** Classes with methods for components or flows that no permission set opens to anybody. */
export function closedClassProblems(components: Components): Problem[] {
  const opened = new Set(
    components.metadata
      .filter(({ path }) => path.endsWith('.permissionset-meta.xml'))
      .flatMap(({ root }) => allOf(root, 'classAccesses').map((access) => textOf(access, 'apexClass'))),
  );
  return components.files
    .filter(
      (file) =>
        /^classes\/(?!tests\/).*\.cls$/.test(file.path) &&
        /@(AuraEnabled|InvocableMethod)\b[^;]*?\bstatic\b/i.test(withoutComments(file)) &&
        !opened.has(classOf(file)),
    )
    .map(({ path }) => ({ path, message: 'No permission set gives access to this class.' }));
}

/** What Lightning components import of the package and is not there. */
export function componentProblems(components: Components): Problem[] {
  const apex = new Map(
    components.files
      .filter(({ path }) => path.endsWith('.cls'))
      .map((file) => [classOf(file), withoutComments(file)]),
  );
  const exists: Readonly<Record<string, (name: string) => boolean>> = {
    label: (name) => components.labels.has(name.replace(/^c\./, '')),
    customPermission: (name) => components.has('customPermission', name),
    schema: (name) =>
      !name.endsWith('__c') || components.fields.has(name) || components.customObjects.has(name),
    apex: (name) => {
      const [className = '', method = ''] = name.split('.');
      return new RegExp(`@AuraEnabled[^;{]*\\b${method}\\s*\\(`, 'i').test(apex.get(className) ?? '');
    },
  };
  return components.files
    .filter(({ path }) => /^lwc\/.*\.(ts|js)$/.test(path) && !path.includes('__tests__'))
    .flatMap((file) =>
      matches(file.text, /from\s+['"]@salesforce\/(label|customPermission|schema|apex)\/([\w.]+)['"]/g)
        .filter(([kind = '', name = '']) => exists[kind]?.(name) === false)
        .map(([kind = '', name = '']) => ({ path: file.path, message: `There is no ${kind} "${name}".` })),
    );
}

function classOf({ path }: SourceFile): string {
  return path.split('/').at(-1)?.replace('.cls', '') ?? '';
}

function matches(text: string, pattern: RegExp): string[][] {
  return [...text.matchAll(pattern)].map((match) => match.slice(1));
}

function withoutComments({ text }: SourceFile): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
}
