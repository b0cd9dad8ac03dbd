import { registerHooks } from 'node:module';
import { mutants } from './mutants.ts';

/** Has a file of the service loaded with a mistake in it. The file itself stays as it is. @throws Error when the mistake no longer fits the file */
export function mutate(name: string): void {
  const mutant = mutants.find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`There is no mutant "${name}".`);
  const url = new URL(`../../src/${mutant.file}`, import.meta.url).href;
  registerHooks({
    load(address, context, next) {
      const loaded = next(address, context);
      if (address !== url) return loaded;
      const source = Buffer.from(loaded.source as Uint8Array).toString(); // a module from a file comes as bytes
      if (source.split(mutant.find).length !== 2) {
        throw new Error(`The text of mutant "${name}" does not stand once in ${mutant.file}.`);
      }
      return { ...loaded, source: source.replace(mutant.find, () => mutant.replace) };
    },
  });
}
