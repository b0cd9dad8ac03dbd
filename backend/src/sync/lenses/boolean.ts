import { sentence } from '../../words/told.ts';
import type { Lens, LensResult, PlatformField, PlatformValue, SalesforceField } from '../types.ts';
import { ok, refused, show } from './result.ts';
import { splitSet } from './set.ts';

const TICKED = '||true||';

/**
 * A Salesforce checkbox and a check box with the one option `true`: ticked is `||true||`, not ticked is
 * empty. Neither side can tell “no” from “never answered”, so both are false.
 */
export function booleanLens(salesforce: SalesforceField, platform: PlatformField): Lens {
  return {
    fromSalesforce: (raw) => readSalesforce(raw, salesforce),
    fromPlatform: (raw) => readPlatform(raw, platform),
    toSalesforce: (value) =>
      value === null || typeof value === 'boolean' ? ok(value ?? false) : notBoolean(value, salesforce),
    toPlatform: (value) =>
      value === null || typeof value === 'boolean'
        ? ok(value === true ? TICKED : '')
        : notBoolean(value, platform),
  };
}

function readSalesforce(raw: unknown, field: SalesforceField): LensResult<boolean> {
  if (raw === null || raw === undefined || raw === '') return ok(false);
  if (typeof raw === 'boolean') return ok(raw);
  // Bulk API results are text.
  const text = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
  return text === 'true' || text === 'false' ? ok(text === 'true') : notBoolean(raw, field);
}

function readPlatform(raw: PlatformValue | undefined, field: PlatformField): LensResult<boolean> {
  const ticked = splitSet(raw ?? null);
  if (ticked.length === 0) return ok(false);
  return ticked.every((option) => option.toLowerCase() === 'true') ? ok(true) : notBoolean(raw, field);
}

function notBoolean(value: unknown, field: { readonly label: string }): ReturnType<typeof refused> {
  return refused(
    'SYNC_VALUE_INVALID',
    sentence('{value} in “{field}” is neither ticked nor empty.', { value: show(value), field: field.label }),
  );
}
