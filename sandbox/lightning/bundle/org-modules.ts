import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rollup';
import { entryOf, styleOf } from './sources.ts';

const CLIENT = join(import.meta.dirname, '../client');
const VIRTUAL = '\0org:';

/** Modules of the platform that the shell has its own of, and where. */
export const SHELL_MODULES: Readonly<Record<string, string>> = {
  'lightning/platformShowToastEvent': 'toast-event',
  'lightning/navigation': 'navigation',
  'lightning/refresh': 'refresh',
  'lightning/uiObjectInfoApi': 'ui-object-info-api',
  'lightning/uiRecordApi': 'ui-record-api',
};

/** What the org says of itself while its components are built. */
export interface OrgFacts {
  /** The `lwc` folder. */
  readonly folder: string;
  /** Whether there is such a custom label. */
  hasLabel(name: string): boolean;
  /** Whether there is such an object, or such a field of it; a path leads to parents. */
  hasSchema(object: string, path: readonly string[]): boolean;
  /** An `@AuraEnabled` method; undefined where there is none. */
  auraMethod(className: string, methodName: string): { readonly isCacheable: boolean } | undefined;
}

type Kind = 'apex' | 'label' | 'schema';

/** The code of one `@salesforce/…` module. @throws Error for a name that the org does not have */
function codeOf(kind: Kind, name: string, facts: OrgFacts): string {
  const [first = '', ...rest] = name.split('.');
  switch (kind) {
    case 'label':
      if (first !== 'c' || rest.length !== 1 || !facts.hasLabel(rest.join('')))
        throw new Error(`There is no custom label ${name}.`);
      return `import labels from 'sandbox/labels'; export default labels[${JSON.stringify(rest.join(''))}];`;
    case 'schema': {
      if (!facts.hasSchema(first, rest)) throw new Error(`There is no object or field ${name}.`);
      const field = rest.length > 0 ? { fieldApiName: rest.join('.') } : {};
      return `export default ${JSON.stringify({ objectApiName: first, ...field })};`;
    }
    case 'apex': {
      const [methodName = ''] = rest;
      const method = facts.auraMethod(first, methodName);
      if (method === undefined) throw new Error(`There is no @AuraEnabled method ${name}.`);
      return `import { apexMethod } from ${JSON.stringify(join(CLIENT, 'apex.ts'))};
export default apexMethod(${JSON.stringify(name)}, ${method.isCacheable});`;
    }
  }
}

/** Answers the components' imports of each other, of the org and of the shell. */
export function orgModules(facts: OrgFacts): Plugin {
  const virtual = /^@salesforce\/(apex|label|schema)\/(.+)$/;
  return {
    name: 'org-modules',
    resolveId(specifier, importer) {
      const shellModule = SHELL_MODULES[specifier];
      if (shellModule !== undefined) return join(CLIENT, `${shellModule}.ts`);
      if (specifier === '@salesforce/apex') return join(CLIENT, 'apex.ts');
      if (virtual.test(specifier)) return VIRTUAL + specifier;
      if (specifier.startsWith('@salesforce/'))
        throw new Error(`${importer ?? 'A page'} imports "${specifier}", which the sandbox does not have.`);
      if (specifier.startsWith('c/')) {
        const name = specifier.slice(2);
        const entry = entryOf(facts.folder, name);
        // The query gives the element its name.
        if (entry !== undefined) return `${entry}?specifier=${specifier}`;
        const style = styleOf(facts.folder, name);
        if (style === undefined)
          throw new Error(`${importer ?? 'A page'} uses ${specifier}, which does not exist.`);
        return style;
      }
      return importer !== undefined && specifier.startsWith('./') ? besides(specifier, importer) : null;
    },
    load(id) {
      if (!id.startsWith(VIRTUAL)) return null;
      const [, kind, name = ''] = virtual.exec(id.slice(VIRTUAL.length)) ?? [];
      if (kind !== 'apex' && kind !== 'label' && kind !== 'schema') return null;
      return codeOf(kind, name, facts);
    },
  };
}

/** A module next to the importing one that is imported without its extension. */
function besides(specifier: string, importer: string): string | null {
  const [file = ''] = importer.split('?');
  const path = join(file, '..', specifier);
  return (
    ['.ts', '.js'].map((extension) => path + extension).find((candidate) => existsSync(candidate)) ?? null
  );
}
