import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rollup';
import { ICON } from './sources.ts';

const LIBRARY = /^lightning\/iconSvgTemplates(Utility|Standard|Action|Custom|Doctype)(Rtl)?$/;

/** The icons that the base components draw by themselves. */
export function ownIcons(baseComponents: string): string[] {
  return readdirSync(baseComponents, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:js|html)$/.test(name) && !/iconSvgTemplates|__/.test(name))
    .flatMap((name) => readFileSync(join(baseComponents, name), 'utf8').match(ICON) ?? []);
}

/**
 * Stands in for the libraries of all 1,700 icons, with those alone that are named somewhere: reading all of them takes
 * most of a minute.
 * @param baseComponents the folder of the base components' modules, `…/src`.
 * @param icons such as `utility:check`.
 */
export function chosenIcons(baseComponents: string, icons: ReadonlySet<string>): Plugin {
  const virtual = '\0icons:';
  return {
    name: 'chosen-icons',
    resolveId(specifier) {
      return LIBRARY.test(specifier) ? virtual + specifier : null;
    },
    load(id) {
      if (!id.startsWith(virtual)) return null;
      const [, category = '', rightToLeft] = LIBRARY.exec(id.slice(virtual.length)) ?? [];
      // No language of the package is written from right to left.
      if (rightToLeft !== undefined) return 'export default {};';
      const name = category.toLowerCase();
      const templates = join(baseComponents, `lightning/iconSvgTemplates${category}`, 'buildTemplates', name);
      const known = [...icons]
        .filter((icon) => icon.startsWith(`${name}:`))
        .map((icon) => icon.slice(name.length + 1))
        .filter((icon) => existsSync(join(templates, `${icon}.html`)));
      const imports = known.map(
        (icon) => `import ${name}_${icon} from ${JSON.stringify(join(templates, `${icon}.html`))};`,
      );
      return `${imports.join('\n')}\nexport default { ${known.map((icon) => `${name}_${icon}`).join(', ')} };`;
    },
  };
}
