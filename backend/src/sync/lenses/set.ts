import { sentence } from '../../words/told.ts';
import type { Canonical, Lens, LensResult, PlatformField, PlatformValue, SalesforceField } from '../types.ts';
import { Choices } from './choices.ts';
import { ok, refused, show } from './result.ts';
import { normaliseText } from './text.ts';
import { clearPlatform, clearSalesforce, notAnOption, pick, withinLength } from './textual.ts';

const BAR = '||';

/**
 * A multi-select picklist (`a;b`) and a list box (`||a||b||`, or a list). Canonical is the sorted set of
 * texts in the list box's spelling; the empty set is null.
 */
export function setLens(salesforce: SalesforceField, platform: PlatformField): Lens {
  const options = new Choices(platform.options);
  const picklist = new Choices(salesforce.picklistValues);

  const canonicalSet = (items: readonly string[]): Canonical => {
    const set = new Set<string>();
    for (const item of items) {
      const text = normaliseText(item, 'one');
      if (text !== '') set.add(options.canonical(text) ?? picklist.canonical(text) ?? text);
    }
    return set.size === 0 ? null : [...set].sort();
  };

  return {
    fromSalesforce(raw) {
      if (raw === null || raw === undefined) return ok(null);
      // Normalised before it is cut: one character of Unicode normalises to a semicolon.
      if (typeof raw === 'string') return ok(canonicalSet(normaliseText(raw, 'one').split(';')));
      return refused(
        'SYNC_VALUE_INVALID',
        sentence('{value} in “{field}” is not a list of options.', {
          value: show(raw),
          field: salesforce.label,
        }),
      );
    },
    fromPlatform: (raw) => ok(canonicalSet(splitSet(raw ?? null))),

    toSalesforce(value) {
      if (value === null) return clearSalesforce(salesforce);
      if (!Array.isArray(value)) return notSet(value, salesforce);
      const written: string[] = [];
      for (const item of items(value)) {
        const exact = pick(item, picklist, salesforce);
        if (!exact.ok) return exact;
        if (exact.value.includes(';')) {
          return refused(
            'SYNC_VALUE_INVALID',
            sentence('{value} holds a semicolon, which parts the options of “{field}” in Salesforce.', {
              value: show(item),
              field: salesforce.label,
            }),
          );
        }
        written.push(exact.value);
      }
      return withinLength(written.join(';'), salesforce);
    },

    toPlatform(value): LensResult<PlatformValue> {
      if (value === null) return clearPlatform(platform);
      if (!Array.isArray(value)) return notSet(value, platform);
      const written: string[] = [];
      for (const item of items(value)) {
        const exact = options.exact(item);
        if (exact === undefined) return notAnOption(item, platform, options);
        if (exact.includes(BAR) || exact.startsWith('|') || exact.endsWith('|')) {
          return refused(
            'SYNC_VALUE_INVALID',
            sentence('{value} holds a bar, which parts the options of “{field}” on the platform.', {
              value: show(exact),
              field: platform.label,
            }),
          );
        }
        written.push(exact);
      }
      return ok(BAR + written.join(BAR) + BAR);
    },
  };
}

/** The options named by a raw value: `||a||b||`, a list, or one bare option. */
export function splitSet(raw: PlatformValue): readonly string[] {
  if (raw === null) return [];
  const items = typeof raw === 'string' ? raw.split(BAR) : raw;
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** `Array.isArray` forgets the element type of a readonly array. */
function items(value: readonly string[]): readonly string[] {
  return value;
}

function notSet(value: Canonical, field: { readonly label: string }): ReturnType<typeof refused> {
  return refused(
    'SYNC_VALUE_INVALID',
    sentence('“{field}” takes a list of options, not {value}.', { field: field.label, value: show(value) }),
  );
}
