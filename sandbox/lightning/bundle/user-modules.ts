import type { Plugin } from 'rollup';

/** What the page says about the user, under the name that `client/context.ts` declares. */
const CONTEXT = 'globalThis.sandboxContext';

const VALUES: Readonly<Record<string, string>> = {
  '@salesforce/i18n/lang': 'language',
  '@salesforce/i18n/locale': 'locale',
  '@salesforce/i18n/timeZone': 'timeZone',
  '@salesforce/user/Id': 'userId',
};
const CUSTOM_PERMISSION = /^@salesforce\/customPermission\/(?:\w+__)?(\w+)$/;
const VIRTUAL = '\0user:';

/** Modules whose value is the user's: one bundle serves all of them, so that they read it from the page. */
export function userModules(): Plugin {
  return {
    name: 'user-modules',
    resolveId(specifier) {
      return specifier in VALUES || CUSTOM_PERMISSION.test(specifier) ? VIRTUAL + specifier : null;
    },
    load(id) {
      if (!id.startsWith(VIRTUAL)) return null;
      const specifier = id.slice(VIRTUAL.length);
      const [, permission] = CUSTOM_PERMISSION.exec(specifier) ?? [];
      // As on the platform: true where the user has it, undefined where not.
      return permission === undefined
        ? `export default ${CONTEXT}.${VALUES[specifier] ?? ''};`
        : `export default ${CONTEXT}.permissions.includes(${JSON.stringify(permission.toLowerCase())}) || undefined;`;
    },
  };
}
