import { explain } from '../lib/errors.ts';
import type { QueryPage } from '../salesforce/types.ts';
import { compileMapping } from '../sync/pairs.ts';
import { compileSelection, type Selection } from '../sync/selection.ts';
import type {
  CompiledField,
  ObjectMapping,
  PlatformField,
  PlatformValue,
  SalesforceField,
} from '../sync/types.ts';
import { sentence, type Told } from '../words/told.ts';
import { emailProblem } from './candidates.ts';
import { packageFields, selectionNames } from './marks.ts';
import { readRecord, type ReadRecord } from './salesforce-records.ts';
import type { OpenVendors } from './vendors.ts';

/** One value on its way through a mapping row. */
export interface PreviewValue {
  readonly salesforceField: string;
  readonly salesforceValue: string | number | boolean | null;
  readonly platformField: string;
  /** What the platform would hold; null where that is nothing, or the row takes values from the platform only. */
  readonly platformValue: PlatformValue;
  readonly problem: {
    readonly code: string;
    readonly message: Told;
    readonly meaning: string;
    readonly remedy: string;
  } | null;
}

export interface PreviewRecord {
  readonly salesforceId: string;
  readonly name: string | null;
  readonly values: PreviewValue[];
}

const sampleSize = 10;

/**
 * Real records as a mapping would send them, up to ten: those that the selection picks, else any, the last changed
 * first. Reads Salesforce once or twice and writes nothing. A row that cannot be used says so on each record.
 * @throws SyncError of the read
 */
export async function previewMapping(
  { salesforce, packageNamespace }: OpenVendors,
  wanted: ObjectMapping,
  live: { readonly salesforce: readonly SalesforceField[]; readonly platform: readonly PlatformField[] },
  selection: Selection = { mode: 'none' },
): Promise<PreviewRecord[]> {
  const names = packageFields(packageNamespace);
  const { mapping, problems } = compileMapping(wanted, live.salesforce, live.platform);
  const columns = new Set(['Id', 'Name', ...mapping.fields.map((field) => field.salesforce)]);
  const sample = (condition: string | null): Promise<QueryPage> => {
    const open = wanted.object === 'Lead' ? ['IsConverted = false'] : [];
    const all = [...open, ...(condition === null ? [] : [`(${condition})`])];
    const where = all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`;
    return salesforce.query(
      `SELECT ${[...columns].join(', ')} FROM ${wanted.object}${where} ORDER BY LastModifiedDate DESC LIMIT ${sampleSize}`,
    );
  };
  const selected = compileSelection(selection, live.salesforce, selectionNames(names));
  const where = selected.ok ? selected.where : null;
  const picked = where === null ? null : await sample(where);
  const { records } = picked !== null && picked.records.length > 0 ? picked : await sample(null);
  const usable = new Map(mapping.fields.map((field) => [field.platform, field]));
  const refusals = new Map(problems.map((problem) => [problem.platform, problem.message]));
  return records.map((record) => {
    const read = readRecord(wanted.object, record, names);
    const addressless = wanted.object === 'Account' ? null : emailProblem(mapping, read.fields);
    return {
      salesforceId: record.Id,
      name: typeof record.Name === 'string' ? record.Name : null,
      values: wanted.fields.map(({ salesforce: salesforceField, platform: platformField }) => {
        const field = usable.get(platformField);
        if (field === undefined || field.salesforce.toLowerCase() !== salesforceField.toLowerCase()) {
          const message = refusals.get(platformField) ?? sentence('This row cannot be used.');
          return {
            ...{ salesforceField, platformField, salesforceValue: null, platformValue: null },
            problem: tell('SYNC_MAPPING_INVALID', message),
          };
        }
        const value = send(field, read);
        return platformField === 'email' && addressless !== null
          ? { ...value, platformValue: null, problem: tell(addressless.code, addressless.message) }
          : value;
      }),
    };
  });
}

/** A value through one row, as an outbound batch sends it. */
function send(field: CompiledField, { fields }: ReadRecord): PreviewValue {
  const raw = fields[field.salesforce];
  const shown = {
    salesforceField: field.salesforce,
    salesforceValue: isPlain(raw) ? raw : null,
    platformField: field.platform,
  };
  if (field.direction === 'inbound') return { ...shown, platformValue: null, problem: null };
  const canonical = field.lens.fromSalesforce(raw ?? null);
  const sent = canonical.ok ? field.lens.toPlatform(canonical.value) : canonical;
  return sent.ok
    ? { ...shown, platformValue: sent.value, problem: null }
    : { ...shown, platformValue: null, problem: tell(sent.code, sent.message) };
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function tell(code: string, message: Told): PreviewValue['problem'] {
  const { meaning, remedy } = explain(code);
  return { code, message, meaning, remedy };
}
