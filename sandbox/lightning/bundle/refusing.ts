import type { Plugin } from 'rollup';

/** Ends the build with a plain sentence where an import is nothing that the sandbox has. It must come last. */
export function refusing(): Plugin {
  return {
    name: 'refusing',
    resolveId(specifier, importer) {
      if (importer === undefined || specifier.startsWith('.') || specifier.startsWith('\0')) return null;
      throw new Error(`${importer} imports "${specifier}", which the sandbox does not have.`);
    },
  };
}
