import { call } from './call.ts';
import { recordChanged, onRecordChanged } from './record-changes.ts';
import { Wire, type WireResult } from './wire.ts';

/** A field as `@salesforce/schema` exports it, or `Object.Field` with dots to parents. */
type FieldId = string | { readonly fieldApiName: string; readonly objectApiName: string };

interface FieldValue {
  readonly value: unknown;
  readonly displayValue: string | null;
}

/** A record as the platform's UI API answers it. */
export interface UiRecord {
  readonly apiName: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

interface RecordConfig {
  readonly recordId?: string;
  readonly fields?: FieldId | readonly FieldId[];
  readonly optionalFields?: FieldId | readonly FieldId[];
}

function pathOf(field: FieldId): string {
  return typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;
}

function namesOf(fields: RecordConfig['fields']): string {
  const list =
    fields === undefined ? [] : typeof fields === 'string' || 'fieldApiName' in fields ? [fields] : fields;
  return list.map(pathOf).join(',');
}

/** Wires a record's fields; those that are optional are left out where the user may not see them. */
export class getRecord extends Wire<RecordConfig> {
  readonly #stop: () => void;

  constructor(callback: (result: WireResult) => void) {
    super(callback);
    this.#stop = onRecordChanged((id) => {
      if (this.current?.recordId?.slice(0, 15) === id.slice(0, 15)) void this.refresh();
    });
  }

  override disconnect(): void {
    super.disconnect();
    this.#stop();
  }

  protected override isReady({ recordId, fields, optionalFields }: RecordConfig): boolean {
    return recordId !== undefined && (fields !== undefined || optionalFields !== undefined);
  }

  protected override load({ recordId = '', fields, optionalFields }: RecordConfig): Promise<unknown> {
    const query = new URLSearchParams({ fields: namesOf(fields), optionalFields: namesOf(optionalFields) });
    return call('GET', `/lightning/records/${recordId}?${query.toString()}`);
  }
}

function fieldOf(record: UiRecord | undefined, field: FieldId): FieldValue | undefined {
  const [, ...path] = pathOf(field).split('.');
  let found: FieldValue | undefined;
  let fields = record?.fields;
  for (const name of path) {
    found = fields?.[name];
    fields = isRecord(found?.value) ? found.value.fields : undefined;
  }
  return found;
}

function isRecord(value: unknown): value is UiRecord {
  return typeof value === 'object' && value !== null && 'fields' in value;
}

/** The value of a field in a record that `getRecord` gave; undefined where it was not asked for. */
export function getFieldValue(record: UiRecord | undefined, field: FieldId): unknown {
  return fieldOf(record, field)?.value;
}

/** The same in the user's format. */
export function getFieldDisplayValue(
  record: UiRecord | undefined,
  field: FieldId,
): string | null | undefined {
  return fieldOf(record, field)?.displayValue;
}

/** Saves fields of one record as the user. @throws FetchResponse with what the org refused */
export async function updateRecord(input: {
  readonly fields: Readonly<Record<string, unknown>>;
}): Promise<unknown> {
  const { Id, ...fields } = input.fields;
  const saved = await call('PATCH', `/lightning/records/${String(Id)}`, { fields });
  recordChanged(String(Id));
  return saved;
}

/** Tells everything on the page that shows these records to read them again. */
export async function notifyRecordUpdateAvailable(
  records: readonly { readonly recordId: string }[],
): Promise<void> {
  for (const { recordId } of records) recordChanged(recordId);
}
