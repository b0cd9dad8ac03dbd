import { planPair } from '../../backend/src/sync/plan.ts';
import { compileMapping } from '../../backend/src/sync/mapping.ts';
import { readPlatform, readSalesforce } from '../../backend/src/sync/read.ts';
import type {
  CompiledMapping,
  FieldMapping,
  PairState,
  PlatformField,
  PlatformValue,
  SalesforceField,
  Values,
} from '../../backend/src/sync/types.ts';
import { inEnglish } from '../../backend/src/words/told.ts';
import type { TableData } from './report.ts';

/** Mapped fields of a record, by Salesforce type; two of them are choices with several values. */
const FIELD_TYPES = [
  ...Array.from({ length: 11 }, () => 'string' as const),
  'email',
  'phone',
  'picklist',
  'multipicklist',
  'double',
  'currency',
  'date',
  'date',
  'boolean',
] as const;

/** Enough that caches of the processor do not hold them all. */
const PAIRS = 20_000;

/** Of a hundred pairs, one after the other: what happened to them since they agreed. */
const MIX = { salesforce: 4, platform: 3, bothAlike: 1, bothDifferently: 1, neverAgreed: 1 } as const;

interface RawPair {
  readonly state: PairState;
  readonly record: Readonly<Record<string, unknown>>;
  readonly contact: Readonly<Record<string, PlatformValue>>;
}

/** The planner by itself, on one thread: no vendor, no database. Times are the processor's, whatever else runs beside. */
export function planner(seconds: number): TableData {
  const mapping = twentyFields();
  const pairs = Array.from({ length: PAIRS }, (_, index) => pair(mapping, index));
  const plan = () => {
    let writes = 0;
    for (const { state } of pairs) {
      const { toPlatform, toSalesforce } = planPair(mapping, state);
      for (const _key in toPlatform) writes += 1;
      for (const _key in toSalesforce) writes += 1;
    }
    return writes;
  };
  const readAndPlan = () => {
    let writes = 0;
    for (const { state, record, contact } of pairs) {
      const salesforce = readSalesforce(mapping, record).values;
      const platform = readPlatform(mapping, contact).values;
      for (const _key in planPair(mapping, { ...state, salesforce, platform }).toPlatform) writes += 1;
    }
    return writes;
  };
  const rows = [
    ['plan: compare both sides with the shadow, field by field', plan] as const,
    ['read both sides through their lenses, then plan', readAndPlan] as const,
  ].map(([name, work]) => {
    const { perSecond, writes } = repeat(work, seconds);
    return [
      name,
      String(mapping.fields.length),
      Math.round(perSecond).toLocaleString('en'),
      `${(1e6 / perSecond).toFixed(2)} µs`,
      writes.toLocaleString('en'),
    ];
  });
  return {
    head: ['measured', 'fields', 'records/s', 'per record', 'fields written per 20,000 records'],
    rows,
  };
}

/** Runs it for so many seconds of processor time, after a warm-up of a quarter of it. */
function repeat(work: () => number, seconds: number): { perSecond: number; writes: number } {
  const during = (limit: number) => {
    const start = process.cpuUsage();
    let [rounds, writes, spent] = [0, 0, 0];
    for (; spent < limit; rounds += 1) {
      writes = work();
      const { user, system } = process.cpuUsage(start);
      spent = (user + system) / 1e6;
    }
    return { perSecond: (rounds * PAIRS) / spent, writes };
  };
  during(seconds / 4);
  return during(seconds);
}

function twentyFields(): CompiledMapping {
  const salesforce = FIELD_TYPES.map((type, index): SalesforceField => {
    const name = type === 'email' ? 'Email' : `Field${index}__c`;
    const isNumber = type === 'double' || type === 'currency';
    return {
      name,
      label: name,
      type,
      length: type === 'string' ? 255 : 0,
      precision: isNumber ? 12 : 0,
      scale: isNumber ? 2 : 0,
      nillable: type !== 'boolean',
      createable: true,
      updateable: true,
      calculated: false,
      custom: name.endsWith('__c'),
      filterable: true,
      restrictedPicklist: false,
      picklistValues: type.includes('picklist') ? ['Hot', 'Warm', 'Cold'] : [],
    };
  });
  const platform = FIELD_TYPES.map((type, index): PlatformField => ({
    key: type === 'email' ? 'email' : `field:${index}`,
    label: type,
    type: PLATFORM_TYPES[type],
    options: type.includes('picklist') ? ['Hot', 'Warm', 'Cold'] : type === 'boolean' ? ['true'] : [],
    custom: type !== 'email',
  }));
  const fields = salesforce.map(({ name }, index): FieldMapping => ({
    salesforce: name,
    platform: platform[index]?.key ?? '',
    direction: 'both',
    policy: 'salesforce',
    emptyWins: false,
  }));
  const compiled = compileMapping({ object: 'Lead', enabled: true, fields }, salesforce, platform);
  if (compiled.mapping.fields.length !== FIELD_TYPES.length)
    throw new Error(`Of the mapping's fields some cannot be used: ${JSON.stringify(compiled.problems)}`);
  return compiled.mapping;
}

const PLATFORM_TYPES = {
  string: 'text',
  email: 'email',
  phone: 'text',
  picklist: 'dropdown',
  multipicklist: 'listbox',
  double: 'text',
  currency: 'text',
  date: 'date',
  boolean: 'checkbox',
} as const satisfies Record<(typeof FIELD_TYPES)[number], PlatformField['type']>;

function rawRecord(index: number): Record<string, unknown> {
  return Object.fromEntries(
    FIELD_TYPES.map((type, field) => [
      type === 'email' ? 'Email' : `Field${field}__c`,
      salesforceValue(type, index, field),
    ]),
  );
}

function salesforceValue(type: (typeof FIELD_TYPES)[number], index: number, field: number): unknown {
  if ((index + field) % 5 === 0 && type !== 'boolean' && type !== 'email') return null;
  switch (type) {
    case 'email':
      return `person${index}@example.com`;
    case 'phone':
      return `+49 30 ${index}`;
    case 'picklist':
      return 'Warm';
    case 'multipicklist':
      return 'Hot;Cold';
    case 'double':
    case 'currency':
      return index + 0.5;
    case 'date':
      return `2026-0${1 + (index % 9)}-1${field % 9}`;
    case 'boolean':
      return index % 2 === 0;
    case 'string':
      return `Value ${field} of record ${index}`;
  }
}

/** Values that share nothing in memory, as two vendors' answers and a database row do not. */
function apart<T>(values: T): T {
  return JSON.parse(JSON.stringify(values)) as T; // the same but for undefined, which nothing here holds
}

function pair(mapping: CompiledMapping, index: number): RawPair {
  const record = rawRecord(index);
  const { values: agreed } = readSalesforce(mapping, record);
  const contact: Record<string, PlatformValue> = {};
  for (const field of mapping.fields) {
    const written = field.lens.toPlatform(agreed[field.platform] ?? null);
    if (!written.ok) throw new Error(`${field.platform}: ${inEnglish(written.message)}`);
    contact[field.platform] = written.value;
  }
  const changed = (side: string) => ({ 'field:3': `${side} changed record ${index}` });
  const [salesforce, platform] = changes(index, changed);
  const state: PairState = {
    agreed: happened(index) === 'neverAgreed' ? null : apart(agreed),
    salesforce: apart({ ...agreed, ...salesforce }),
    platform: apart({ ...agreed, ...platform }),
    salesforceChangedAt: index,
    platformChangedAt: index,
    resolutions: {},
  };
  return { state, record: apart(record), contact: apart(contact) };
}

function happened(index: number): keyof typeof MIX | 'nothing' {
  let place = index % 100;
  for (const kind of ['salesforce', 'platform', 'bothAlike', 'bothDifferently', 'neverAgreed'] as const) {
    if (place < MIX[kind]) return kind;
    place -= MIX[kind];
  }
  return 'nothing';
}

function changes(index: number, changed: (side: string) => Values): [Values, Values] {
  switch (happened(index)) {
    case 'salesforce':
      return [changed('Salesforce'), {}];
    case 'platform':
      return [{}, changed('the platform')];
    case 'bothAlike':
      return [changed('everybody'), changed('everybody')];
    case 'bothDifferently':
      return [changed('Salesforce'), changed('the platform')];
    case 'neverAgreed':
    case 'nothing':
      return [{}, {}];
  }
}
