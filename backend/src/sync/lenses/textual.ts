import { sentence } from '../../words/told.ts';
import { isChoice } from '../kinds.ts';
import type { Canonical, Lens, LensResult, PlatformField, PlatformValue, SalesforceField } from '../types.ts';
import { Choices } from './choices.ts';
import { ok, refused, show } from './result.ts';
import { readText } from './text.ts';

/** The canonical text of a raw one, null for one that means nothing, or why it has none. */
export type ReadCanonical = (raw: string, field: { readonly label: string }) => LensResult<string | null>;

/** The form in which Salesforce takes a canonical text. */
export type WriteSalesforce = (value: string) => LensResult<string | number>;

/**
 * A lens for every pair whose canonical form is one text: it adds emptiness, options, lengths and required
 * fields to the kind's own reading and writing.
 */
export function textualLens(
  salesforce: SalesforceField,
  platform: PlatformField,
  kind: { readonly read: ReadCanonical; readonly writeSalesforce: WriteSalesforce },
): Lens {
  const readOption = (option: string): string | null => {
    const read = kind.read(option, platform);
    return read.ok ? read.value : null;
  };
  const platformChoices = isChoice(platform) ? new Choices(platform.options, readOption) : null;
  const picklist = isPicklist(salesforce) ? new Choices(salesforce.picklistValues, readOption) : null;

  const from = (raw: unknown, field: { readonly label: string }): LensResult<Canonical> => {
    const text = readText(raw, field.label);
    if (!text.ok || text.value === null) return text;
    const read = kind.read(text.value, field);
    if (!read.ok || read.value === null) return read;
    return ok(platformChoices?.canonical(read.value) ?? picklist?.canonical(read.value) ?? read.value);
  };

  return {
    fromSalesforce: (raw) => from(raw, salesforce),
    fromPlatform: (raw) => from(raw, platform),

    toSalesforce(value) {
      if (value === null) return clearSalesforce(salesforce);
      if (typeof value !== 'string') return notText(value, salesforce);
      if (picklist !== null) return pick(value, picklist, salesforce);
      return kind.writeSalesforce(value);
    },

    toPlatform(value): LensResult<PlatformValue> {
      if (value === null) return clearPlatform(platform);
      if (typeof value !== 'string') return notText(value, platform);
      if (platformChoices === null) return ok(value);
      const exact = platformChoices.exact(value);
      return exact === undefined ? notAnOption(value, platform, platformChoices) : ok(exact);
    },
  };
}

/** The text, or a refusal when it is longer than the Salesforce field. Nothing is ever cut off. */
export function withinLength(value: string, salesforce: SalesforceField): LensResult<string> {
  if (salesforce.length === 0 || value.length <= salesforce.length) return ok(value);
  return refused(
    'SYNC_VALUE_TOO_LONG',
    sentence('{value} has {length} characters; “{field}” in Salesforce takes {most}.', {
      value: show(value),
      length: value.length,
      field: salesforce.label,
      most: salesforce.length,
    }),
  );
}

export function clearSalesforce(salesforce: SalesforceField): LensResult<null> {
  if (salesforce.nillable) return ok(null);
  return refused(
    'SYNC_VALUE_REQUIRED',
    sentence('“{field}” in Salesforce must not be empty.', { field: salesforce.label }),
  );
}

/** Contacts keep their email address and accounts their name. */
export function clearPlatform(platform: PlatformField): LensResult<null> {
  if (platform.key !== 'email' && platform.key !== 'name') return ok(null);
  return refused(
    'SYNC_VALUE_REQUIRED',
    sentence('“{field}” on the platform must not be empty.', { field: platform.label }),
  );
}

export function isPicklist(salesforce: SalesforceField): boolean {
  return ['picklist', 'combobox', 'multipicklist'].includes(salesforce.type.toLowerCase());
}

export function notAnOption(
  value: string,
  field: { readonly label: string },
  choices: Choices,
): ReturnType<typeof refused> {
  return refused(
    'SYNC_VALUE_NOT_IN_PICKLIST',
    choices.size === 0
      ? sentence('{value} cannot be chosen: “{field}” has no options.', {
          value: show(value),
          field: field.label,
        })
      : sentence('{value} is not an option of “{field}”; it has: {options}.', {
          value: show(value),
          field: field.label,
          options: choices.describe(),
        }),
  );
}

/** The picklist's own spelling of a value; an unrestricted picklist takes new values as well. */
export function pick(value: string, picklist: Choices, salesforce: SalesforceField): LensResult<string> {
  const exact = picklist.exact(value);
  if (exact !== undefined) return ok(exact);
  return salesforce.restrictedPicklist
    ? notAnOption(value, salesforce, picklist)
    : withinLength(value, salesforce);
}

function notText(value: Canonical, field: { readonly label: string }): ReturnType<typeof refused> {
  return refused(
    'SYNC_VALUE_INVALID',
    sentence('“{field}” takes a text, not {value}.', { field: field.label, value: show(value) }),
  );
}
