import { expect, test } from '@jest/globals';
import { compileMapping, judgePair } from '../../src/sync/pairs.ts';
import { planPair } from '../../src/sync/plan.ts';
import { readPlatform, readSalesforce, writePlatform, writeSalesforce } from '../../src/sync/read.ts';
import type {
  CompiledMapping,
  FieldConflict,
  FieldMapping,
  PlatformValue,
  Policy,
  Values,
} from '../../src/sync/types.ts';
import { options, platformSamples, salesforceSamples } from './fields.ts';
import { fc } from './properties.ts';

/** One row for every kind of pair: both records in their own forms, edited at random, must come to agree. */
const pairs = [
  [salesforceSamples.text, platformSamples.text],
  [salesforceSamples.picklist, platformSamples.dropdown],
  [salesforceSamples.currency, platformSamples.currency],
  [salesforceSamples.number, platformSamples.hidden],
  [salesforceSamples.date, platformSamples.date],
  [salesforceSamples.checkbox, platformSamples.checkbox],
  [salesforceSamples.multiselect, platformSamples.listbox],
  [salesforceSamples.longTextarea, platformSamples.textarea],
] as const;

interface World {
  readonly salesforce: Readonly<Record<string, unknown>>;
  readonly platform: Readonly<Record<string, PlatformValue>>;
  readonly agreed: Values | null;
}

interface Round extends World {
  readonly writes: number;
  readonly conflicts: readonly FieldConflict[];
  readonly issues: number;
}

/** What a run does with one linked pair, with vendors that take every write. */
function round(mapping: CompiledMapping, world: World): Round {
  const ours = readSalesforce(mapping, world.salesforce);
  const theirs = readPlatform(mapping, world.platform);
  const plan = planPair(mapping, {
    agreed: world.agreed,
    salesforce: ours.values,
    platform: theirs.values,
    salesforceChangedAt: null,
    platformChangedAt: null,
    resolutions: {},
  });
  const inbound = writeSalesforce(mapping, plan.toSalesforce);
  const outbound = writePlatform(mapping, plan.toPlatform);
  return {
    salesforce: { ...world.salesforce, ...inbound.fields },
    platform: { ...world.platform, ...outbound.fields },
    agreed: { ...world.agreed, ...plan.agree },
    writes: Object.keys(inbound.fields).length + Object.keys(outbound.fields).length,
    conflicts: plan.conflicts,
    issues: [ours, theirs, inbound, outbound].reduce((sum, each) => sum + each.issues.length, 0),
  };
}

const words = fc.oneof(
  fc.constantFrom(
    null,
    '',
    ' a ',
    'A',
    'a',
    'é',
    'e\u0301',
    'x\r\ny',
    'n/a',
    '12',
    '1,234.5',
    '2026-01-31',
    '01/31/2026',
  ),
  fc.constantFrom(...options),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const lists = fc.array(fc.constantFrom(...options, 'HOT', 'warm', 'none such'), { maxLength: 3 });
const salesforceRecord = fc.record({
  Text__c: words,
  Picklist__c: words,
  Currency__c: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  Number__c: fc.option(fc.integer({ min: -1e6, max: 1e6 })),
  Date__c: fc.constantFrom(null, '2026-01-31', '1999-12-31'),
  Checkbox__c: fc.boolean(),
  Multi__c: fc.option(lists.map((items) => items.join(';'))),
  Long__c: words,
});
const platformRecord = fc.record({
  'field:1': words,
  'field:4': words,
  'field:10': words,
  'field:3': words,
  'field:8': words,
  'field:6': fc.constantFrom(null, '', '||true||', 'junk'),
  'field:7': fc.option(
    fc.oneof(
      lists,
      lists.map((items) => `||${items.join('||')}||`),
    ),
  ),
  'field:2': words,
});
const policies = fc.constantFrom<Policy>(
  'salesforce',
  'platform',
  'newest',
  'union',
  'most_restrictive',
  'ask',
);
const mappings = fc
  .array(fc.tuple(policies, fc.boolean()), { minLength: pairs.length, maxLength: pairs.length })
  .map((chosen) => {
    const fields = pairs.map(([salesforce, platform], index): FieldMapping => {
      const [policy, emptyWins] = chosen[index] ?? ['salesforce', false];
      return { salesforce: salesforce.name, platform: platform.key, direction: 'both', policy, emptyWins };
    });
    return compileMapping(
      { object: 'Contact', enabled: false, fields },
      Object.values(salesforceSamples),
      Object.values(platformSamples),
    ).mapping;
  });

test('every kind of pair is in the sample', () => {
  expect(pairs.every(([salesforce, platform]) => judgePair(salesforce, platform, 'Contact').allowed)).toBe(
    true,
  );
});

test('two records edited at random agree after two rounds, and then nothing is written any more', () => {
  let [settled, fields] = [0, 0];
  fc.assert(
    fc.property(
      mappings,
      salesforceRecord,
      platformRecord,
      fc.array(fc.tuple(salesforceRecord, platformRecord, fc.nat(255), fc.nat(255)), { maxLength: 2 }),
      (mapping, salesforce, platform, edits) => {
        let world: World = { salesforce, platform, agreed: null };
        for (const edit of [null, ...edits]) {
          if (edit !== null) world = { ...world, ...edited(world, edit) };
          const first = round(mapping, world);
          const second = round(mapping, first);
          const third = round(mapping, second);
          // A refused write is tried anew each round; nothing else may be written twice.
          expect(second.writes).toBe(0);
          expect(third.writes).toBe(0);
          expect(third.agreed).toEqual(second.agreed);
          settled += expectAgreement(mapping, second);
          fields += mapping.fields.length;
          world = second;
        }
      },
    ),
    { numRuns: 150 },
  );
  expect(settled).toBeGreaterThan(fields / 3);
});

/** Replaces the fields that a mask picks. */
function edited(
  world: World,
  [salesforce, platform, ours, theirs]: readonly [World['salesforce'], World['platform'], number, number],
): Pick<World, 'salesforce' | 'platform'> {
  const picked = <T>(record: Readonly<Record<string, T>>, mask: number): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter((_entry, index) => (mask >> index) % 2 === 1));
  return {
    salesforce: { ...world.salesforce, ...picked(salesforce, ours) },
    platform: { ...world.platform, ...picked(platform, theirs) },
  };
}

/**
 * Every field is equal on both sides and agreed on, or its value was refused, or a person is to choose.
 *
 * @returns How many are agreed on.
 */
function expectAgreement(mapping: CompiledMapping, world: Round): number {
  let agreed = 0;
  for (const field of mapping.fields) {
    const one: CompiledMapping = { ...mapping, fields: [field] };
    const ours = readSalesforce(one, world.salesforce).values[field.platform];
    const theirs = readPlatform(one, world.platform).values[field.platform];
    const left = round(one, world);
    if (left.issues > 0 || left.conflicts.some((conflict) => conflict.winner === null)) continue;
    expect(theirs).toEqual(ours);
    expect(world.agreed?.[field.platform]).toEqual(ours);
    agreed += 1;
  }
  return agreed;
}
