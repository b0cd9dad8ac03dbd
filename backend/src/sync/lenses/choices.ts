import { sentence, type Told } from '../../words/told.ts';
import { normaliseText } from './text.ts';

/**
 * The options of a drop-down or picklist, found whatever the letter case. Options that differ in case only
 * count as one, the first.
 */
export class Choices {
  readonly #byKey = new Map<string, { canonical: string; exact: string }>();

  /** @param read - The canonical form of an option's text, null for an option that means nothing. */
  constructor(options: readonly string[], read: (option: string) => string | null = readOption) {
    for (const exact of options) {
      const canonical = read(exact);
      if (canonical === null) continue;
      const key = fold(canonical);
      if (!this.#byKey.has(key)) this.#byKey.set(key, { canonical, exact });
    }
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** The option that means this value, in canonical form. */
  canonical(value: string): string | undefined {
    return this.#byKey.get(fold(value))?.canonical;
  }

  /** The option that means this value, as it must be written. */
  exact(value: string): string | undefined {
    return this.#byKey.get(fold(value))?.exact;
  }

  /** The options as a message may list them. */
  describe(): Told {
    const shown = [...this.#byKey.values()].slice(0, 10).map((option) => option.exact);
    const more = this.size - shown.length;
    const options = shown.join(', ');
    return more > 0 ? sentence('{options} and {count} more', { options, count: more }) : options;
  }
}

function readOption(option: string): string | null {
  return normaliseText(option, 'one') || null;
}

function fold(value: string): string {
  return value.toLowerCase();
}
