import type { FieldMapping, FieldPair, PlatformField, SalesforceField } from 'service';
import type { PickerOption } from 'c/fieldPicker';
import { typeWord } from 'c/fieldWords';

/** Verdicts on pairs of an object's fields: by the platform field's key, then by the Salesforce field's name. */
export type Pairs = ReadonlyMap<string, ReadonlyMap<string, FieldPair>>;

/** A row of the mapping page; its fields are empty texts until they are chosen. */
export type MappingRow = FieldMapping;

export const emptyRow: MappingRow = {
  salesforce: '',
  platform: '',
  direction: 'both',
  policy: 'salesforce',
  emptyWins: false,
};

/** Pairs as the service lists them, made ready to be looked up. */
export function withPairs(pairs: Pairs, keys: readonly string[], found: readonly FieldPair[]): Pairs {
  const added = keys.map((key) => {
    const own = found.filter(({ platform }) => platform === key);
    return [key, new Map(own.map((pair) => [pair.salesforce, pair]))] as const;
  });
  return new Map([...pairs, ...added]);
}

/** A row with its fields, in the direction and with the policy that suit this pair. */
export function pairUp(salesforce: string, platform: string, pairs: Pairs): MappingRow {
  const pair = pairs.get(platform)?.get(salesforce);
  return {
    ...emptyRow,
    salesforce,
    platform,
    direction: pair?.direction ?? 'both',
    policy: pair?.defaultPolicy ?? 'salesforce',
  };
}

/** The Salesforce fields for a platform field: those that fit it first, the others with the reason why not. */
export function salesforceOptions(
  fields: readonly SalesforceField[],
  verdicts: ReadonlyMap<string, FieldPair> | undefined,
): PickerOption[] {
  const options = fields.map(({ name, label, type }) => {
    const verdict = verdicts?.get(name);
    return {
      value: name,
      label,
      hint: typeWord(type),
      refusal: verdict?.allowed === false ? (verdict.reason ?? '') : null,
    };
  });
  return allowedFirst(options);
}

/** Options by their labels, those that are refused after the others. */
export function allowedFirst(options: readonly PickerOption[]): PickerOption[] {
  return [
    ...sorted(options.filter(({ refusal }) => refusal === null)),
    ...sorted(options.filter(({ refusal }) => refusal !== null)),
  ];
}

/** The platform fields that no row has yet, and the row's own. */
export function platformOptions(
  fields: readonly PlatformField[],
  rows: readonly MappingRow[],
  own: string,
): PickerOption[] {
  return sorted(
    fields
      .filter(({ key }) => key === own || !rows.some(({ platform }) => platform === key))
      .map(({ key, label, type }) => ({ value: key, label, hint: typeWord(type), refusal: null })),
  );
}

function sorted(options: readonly PickerOption[]): PickerOption[] {
  return options.toSorted((a, b) => a.label.localeCompare(b.label));
}
