import type { OrgCore } from './core.ts';
import type { Condition } from './rules.ts';
import type { SObjectDefinition } from './schema.ts';
import type { FieldSchema, Row, SaveError, UserContext, Value } from './types.ts';
import { misfit } from './values.ts';

function isBlank(value: Value | undefined): value is null | undefined | '' {
  return value === null || value === undefined || value === '';
}

function missingFields(schema: SObjectDefinition, before: Row | undefined, next: Row): SaveError | undefined {
  const missing = schema.fields
    .filter((field) => (before === undefined ? field.requiredOnCreate : !field.nillable && field.updateable))
    .filter((field) => field.type !== 'boolean' && isBlank(next[field.name]))
    // A record that never had the value may be saved without it; one that had it may not lose it.
    .filter((field) => before === undefined || !isBlank(before[field.name]))
    .map((field) => field.name);
  if (missing.length === 0) return undefined;
  const message = `Required fields are missing: [${missing.join(', ')}]`;
  return { statusCode: 'REQUIRED_FIELD_MISSING', message, fields: missing };
}

function badReference(
  core: OrgCore,
  user: UserContext,
  field: FieldSchema,
  id: string,
): SaveError | undefined {
  if (id === user.id) return undefined;
  const table = core.tableOfId(id);
  if (
    table === undefined ||
    !(field.referenceTo.length === 0 || field.referenceTo.includes(table.schema.name))
  ) {
    const message = `${field.label}: id value of incorrect type: ${id}`;
    return { statusCode: 'MALFORMED_ID', message, fields: [field.name] };
  }
  const row = table.get(id);
  if (row === undefined) {
    return {
      statusCode: 'INVALID_CROSS_REFERENCE_KEY',
      message: 'invalid cross reference id',
      fields: [field.name],
    };
  }
  if (row['IsDeleted'] === true) {
    return { statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] };
  }
  if (!core.sharing.sees(user, table.schema.name, row)) {
    return {
      statusCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      message: `insufficient access rights on cross-reference id: ${id}`,
      fields: [],
    };
  }
  return undefined;
}

function duplicateValue(
  core: OrgCore,
  schema: SObjectDefinition,
  field: FieldSchema,
  next: Row,
): SaveError | undefined {
  const value = next[field.name] ?? null;
  const holders = core.table(schema.name)?.find(field.name, value) ?? [];
  for (const other of holders) {
    if (other.Id === next.Id || other['IsDeleted'] === true) continue;
    if (field.caseSensitive && other[field.name] !== value) continue;
    const message = `duplicate value found: ${field.name} duplicates value on record with id: ${other.Id.slice(0, 15)}`;
    return { statusCode: 'DUPLICATE_VALUE', message, fields: [] };
  }
  return undefined;
}

/** Field by field: does every value that changed fit, and does what it points at exist? */
function changedValues(
  core: OrgCore,
  user: UserContext,
  schema: SObjectDefinition,
  before: Row | undefined,
  next: Row,
): SaveError[] {
  const errors: SaveError[] = [];
  for (const field of schema.fields) {
    const value = next[field.name];
    if (isBlank(value) || value === before?.[field.name] || field.calculated) continue;
    if (!field.createable && !field.updateable) continue;
    const error =
      misfit(field, value) ??
      (field.type === 'reference' && typeof value === 'string'
        ? badReference(core, user, field, value)
        : undefined) ??
      (field.unique ? duplicateValue(core, schema, field, next) : undefined);
    if (error !== undefined) errors.push(error);
  }
  return errors;
}

function holds(condition: Condition, field: FieldSchema, before: Row | undefined, next: Row): boolean {
  const value = next[field.name] ?? null;
  const wanted = condition.value ?? null;
  switch (condition.operator) {
    case 'equals':
      return value === wanted;
    case 'notEquals':
      return value !== wanted;
    case 'contains':
      return typeof value === 'string' && value.includes(String(wanted));
    case 'isBlank':
      return isBlank(value);
    case 'notBlank':
      return !isBlank(value);
    case 'greaterThan':
      return value !== null && wanted !== null && value > wanted;
    case 'lessThan':
      return value !== null && wanted !== null && value < wanted;
    case 'changed':
      return before !== undefined && (before[field.name] ?? null) !== value;
  }
}

function brokenRules(
  core: OrgCore,
  schema: SObjectDefinition,
  before: Row | undefined,
  next: Row,
): SaveError[] {
  return core.rules.validation
    .filter((rule) => rule.active && rule.object.toLowerCase() === schema.name.toLowerCase())
    .filter((rule) =>
      rule.when.every((condition) => {
        const field = schema.field(condition.field);
        return field !== undefined && holds(condition, field, before, next);
      }),
    )
    .map((rule) => ({
      statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: rule.message,
      fields: rule.field === undefined ? [] : [schema.field(rule.field)?.name ?? rule.field],
    }));
}

/** Another transaction's hold on the record or on a parent that saving it locks as well. */
export function lockError(core: OrgCore, row: Row, parents: readonly Value[]): SaveError | undefined {
  const ids = [row.Id, ...parents.filter((value): value is string => typeof value === 'string')];
  const locked = ids.find((id) => core.rules.isLocked(id));
  if (locked === undefined) return undefined;
  const message = `unable to obtain exclusive access to this record or 1 records: ${locked}`;
  return { statusCode: 'UNABLE_TO_LOCK_ROW', message, fields: [] };
}

/** A person belongs to a campaign once. */
function secondMembership(core: OrgCore, schema: SObjectDefinition, next: Row): SaveError | undefined {
  if (schema.name !== 'CampaignMember') return undefined;
  const field = typeof next['ContactId'] === 'string' ? 'ContactId' : 'LeadId';
  for (const other of core.table(schema.name)?.find(field, next[field] ?? null) ?? []) {
    if (other.Id === next.Id || other['IsDeleted'] === true) continue;
    if (other['CampaignId'] !== next['CampaignId']) continue;
    return { statusCode: 'DUPLICATE_VALUE', message: 'Already a campaign member.', fields: [] };
  }
  return undefined;
}

/** Everything that can refuse a row on its own: required values, fit, references, uniqueness, validation rules. */
export function check(
  core: OrgCore,
  user: UserContext,
  schema: SObjectDefinition,
  before: Row | undefined,
  next: Row,
): SaveError[] {
  const missing = missingFields(schema, before, next);
  if (missing !== undefined) return [missing];
  const errors = changedValues(core, user, schema, before, next);
  if (errors.length > 0) return errors;
  const second = secondMembership(core, schema, next);
  return second === undefined ? brokenRules(core, schema, before, next) : [second];
}
