import { canonicalEquals } from './merge.ts';
import type {
  Canonical,
  CompiledField,
  CompiledMapping,
  FieldIssue,
  LensResult,
  PlatformValue,
  Side,
  Values,
} from './types.ts';

/** Canonical values by platform field key, and the fields whose value the lens refused (absent from values). */
export interface ReadResult {
  readonly values: Values;
  readonly issues: readonly FieldIssue[];
}

/** Raw values by the side's own field name, and the fields that cannot be written there (absent from fields). */
export interface WriteResult<T> {
  readonly fields: Readonly<Record<string, T>>;
  readonly issues: readonly FieldIssue[];
}

export type SalesforceWriteValue = string | number | boolean | null;

const NO_ISSUES: readonly FieldIssue[] = Object.freeze([]);

/**
 * A Salesforce record's mapped values. Null is empty; a field that the record does not carry (not queried, or
 * hidden from the user) is unknown and absent from the values.
 */
export function readSalesforce(
  mapping: CompiledMapping,
  record: Readonly<Record<string, unknown>>,
): ReadResult {
  const values: Record<string, Canonical> = {};
  const issues: FieldIssue[] = [];
  for (const field of mapping.fields) {
    const raw = record[field.salesforce];
    if (raw === undefined) continue;
    collect(values, issues, field.platform, 'salesforce', field, field.lens.fromSalesforce(raw));
  }
  return { values, issues: issues.length === 0 ? NO_ISSUES : issues };
}

/**
 * A platform record's mapped values. A custom field (`field:…`) that the record does not carry is empty, as
 * platforms keep no row for an empty custom value; any other key that is missing is unknown and absent.
 */
export function readPlatform(
  mapping: CompiledMapping,
  raw: Readonly<Record<string, PlatformValue>>,
): ReadResult {
  const values: Record<string, Canonical> = {};
  const issues: FieldIssue[] = [];
  for (const field of mapping.fields) {
    const value = raw[field.platform];
    if (value === undefined && !field.platform.startsWith('field:')) continue;
    collect(values, issues, field.platform, 'platform', field, field.lens.fromPlatform(value));
  }
  return { values, issues: issues.length === 0 ? NO_ISSUES : issues };
}

/** Canonical values as a Salesforce row, keyed by Salesforce field name. Values without a mapping are left out. */
export function writeSalesforce(mapping: CompiledMapping, values: Values): WriteResult<SalesforceWriteValue> {
  const fields: Record<string, SalesforceWriteValue> = {};
  const issues: FieldIssue[] = [];
  for (const field of mapping.fields) {
    const value = values[field.platform];
    if (value === undefined) continue;
    collect(fields, issues, field.salesforce, 'salesforce', field, field.lens.toSalesforce(value));
  }
  return { fields, issues: issues.length === 0 ? NO_ISSUES : issues };
}

/** Canonical values as platform values, keyed by platform field. Values without a mapping are left out. */
export function writePlatform(mapping: CompiledMapping, values: Values): WriteResult<PlatformValue> {
  const fields: Record<string, PlatformValue> = {};
  const issues: FieldIssue[] = [];
  for (const field of mapping.fields) {
    const value = values[field.platform];
    if (value === undefined) continue;
    collect(fields, issues, field.platform, 'platform', field, field.lens.toPlatform(value));
  }
  return { fields, issues: issues.length === 0 ? NO_ISSUES : issues };
}

/** The values that are not as agreed; null when all are. Fields that `values` lacks are unknown and left out. */
export function diff(values: Values, agreed: Values | null): Values | null {
  let changed: Record<string, Canonical> | null = null;
  for (const key in values) {
    const value = values[key];
    if (value === undefined || canonicalEquals(value, agreed?.[key])) continue;
    changed ??= {};
    changed[key] = value;
  }
  return changed;
}

/** The agreed values with the pending ones in their place: the inverse of {@link diff}. */
export function apply(agreed: Values | null, pending: Values | null): Values {
  if (pending === null) return agreed ?? {};
  return { ...agreed, ...pending };
}

function collect<T>(
  target: Record<string, T>,
  issues: FieldIssue[],
  key: string,
  side: Side,
  field: CompiledField,
  result: LensResult<T>,
): void {
  if (result.ok) target[key] = result.value;
  else issues.push({ code: result.code, field: field.platform, side, message: result.message });
}
