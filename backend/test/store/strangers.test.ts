import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as budgets from '../../src/store/budgets.ts';
import * as conflicts from '../../src/store/conflicts.ts';
import * as cursors from '../../src/store/cursors.ts';
import * as dryRuns from '../../src/store/dry-runs.ts';
import * as tally from '../../src/store/dry-run-tally.ts';
import * as freed from '../../src/store/freed.ts';
import * as hints from '../../src/store/hints.ts';
import * as hooks from '../../src/store/hooks.ts';
import * as imports from '../../src/store/imports.ts';
import * as links from '../../src/store/links.ts';
import * as outcomes from '../../src/store/outcomes.ts';
import * as owed from '../../src/store/owed.ts';
import * as pairs from '../../src/store/pairs.ts';
import * as actions from '../../src/store/person-actions.ts';
import * as index from '../../src/store/platform-index.ts';
import * as problems from '../../src/store/problems.ts';
import * as requestTags from '../../src/store/request-tags.ts';
import * as retention from '../../src/store/retention.ts';
import * as runs from '../../src/store/runs.ts';
import type { Scope, Tx } from '../../src/store/scope.ts';
import * as settings from '../../src/store/settings.ts';
import { createTestDatabase } from '../support/database.ts';

/**
 * What a tenant gets by another one's ids is what it gets by ids that nobody has, and the other one's rows stay as
 * they are: for every function of the store, whatever ids of the other one it is given.
 */

const { database, asOwner, schema } = await createTestDatabase();
const now = Date.parse('2026-03-02T15:00:00Z');
const dailyClaim = { now, mayCall: () => true, mayAsk: () => false, askEvery: 1 };
const stranger = randomUUID();

/** Ids by which a tenant's rows are found. */
interface Ids {
  readonly scope: Scope;
  readonly linkId: number;
  readonly linkVersion: number;
  readonly conflictId: number;
  readonly runId: string;
  readonly recordId: string;
  readonly personId: string;
  readonly key: string;
  readonly ref: string;
}

const linkOf = ({ recordId, personId }: Ids): links.LinkData => ({
  object: 'Lead',
  salesforceId: recordId,
  platformId: personId,
  state: 'linked',
  stateReason: null,
  agreed: { email: 'ana@acme.example' },
  salesforcePending: null,
  platformPending: null,
  salesforceChangedAt: now,
  platformChangedAt: now,
  salesforceCreatedAt: now,
  salesforceMarks: null,
  salesforceAccountId: '001000000000001AAA',
  platformAccountId: null,
  writeback: { status: 'Synced successfully' },
  fromBackfill: true,
  platformTags: ['tag'],
  outboundDue: now,
  inboundDue: now,
  attempts: 0,
  recentWrites: null,
  problem: { code: 'SYNC_INTERNAL', message: 'x', side: 'salesforce' },
});
const storedLink = (ids: Ids): links.Link => ({ ...linkOf(ids), id: ids.linkId, version: ids.linkVersion });
const conflictOf = ({ linkId }: Ids) => ({
  linkId,
  reason: 'both_changed' as const,
  conflict: {
    field: 'phone',
    base: null,
    salesforce: '1',
    platform: '2',
    policy: 'ask' as const,
    winner: null,
    value: null,
  },
});
const hintOf = ({ recordId }: Ids) =>
  ({ side: 'salesforce', object: 'Lead', recordId, reason: 'look', version: 0 }) as const;
const actionOf = ({ linkId }: Ids) => ({ linkId, kind: 'automation', targetId: '1' }) as const;
const progress = {
  claim: 1,
  backfill: false,
  stage: 'writing_platform',
  counts: {
    observed: { salesforce: 0, platform: 0 },
    created: 0,
    updated: 0,
    linked: 0,
    unchanged: 0,
    skipped: 0,
    failed: 0,
    stopped: 0,
    conflicts: 0,
  },
  calls: { salesforce: 0, platform: 0 },
  pace: { total: null, since: null, done: 0 },
};
const outcomeOf = ({ linkId }: Ids): outcomes.Outcome => ({
  linkId,
  object: 'Lead',
  salesforceId: null,
  platformId: null,
  kind: 'failed',
  code: 'SYNC_INTERNAL',
  message: null,
  written: [],
  issues: [],
});

type Case = (tx: Tx, ids: Ids) => Promise<unknown>;

const cases: Record<string, Case> = {
  claimSlot: (tx, { scope }) =>
    budgets.claimSlot(tx, scope, { window: 'requests', lane: 'live', now, interval: 200, liveInRow: 4 }),
  holdAccount: (tx, { scope }) => budgets.holdAccount(tx, scope, now + 60_000),
  readHold: (tx, { scope }) => budgets.readHold(tx, scope, 'requests'),
  claimDaily: (tx, { scope }) => budgets.claimDaily(tx, scope, dailyClaim),
  readDaily: (tx, { scope }) => budgets.readDaily(tx, scope, now),
  noteDaily: (tx, { scope }) => budgets.noteDaily(tx, scope, { used: 1, limit: 2, now }),
  noteRate: (tx, { scope }) => budgets.noteRate(tx, scope, 'requests', 1),
  readBudgets: (tx, { scope }) => budgets.readBudgets(tx, scope),
  recordConflicts: (tx, ids) =>
    conflicts.recordConflicts(
      tx,
      ids.scope,
      ids.runId,
      [{ ...conflictOf(ids), conflict: { ...conflictOf(ids).conflict, salesforce: '3' } }],
      now,
    ),
  chosenConflicts: (tx, { scope, linkId }) => conflicts.chosenConflicts(tx, scope, [linkId]),
  makeChosenDue: (tx, { scope }) =>
    conflicts.makeChosenDue(tx, scope, {
      direction: 'outbound',
      objects: ['Lead', 'Contact', 'Account'],
      now: now + 1,
    }),
  settleConflicts: (tx, { scope, linkId }) =>
    conflicts.settleConflicts(tx, scope, [linkId], { Lead: [], Contact: [] }, now),
  dropConflicts: (tx, { scope }) => conflicts.dropConflicts(tx, scope, 'Lead', now),
  reopenConflicts: (tx, { scope, linkId }) =>
    conflicts.reopenConflicts(tx, scope, [{ linkId, field: 'phone' }]),
  chooseConflict: (tx, { scope, conflictId }) =>
    conflicts.chooseConflict(tx, scope.tenantId, conflictId, { winner: 'platform', by: 'x' }),
  listConflicts: (tx, { scope }) => conflicts.listConflicts(tx, scope, { limit: 10 }),
  readConflict: (tx, { scope, conflictId }) => conflicts.readConflict(tx, scope, conflictId),
  countOpenConflicts: (tx, { scope }) => conflicts.countOpenConflicts(tx, scope),
  readCursor: (tx, { scope }) => cursors.readCursor(tx, scope, 'Lead'),
  moveCursor: (tx, { scope }) =>
    cursors.moveCursor(tx, scope, 'Lead', { position: { readTo: 9 }, generation: '9' }, 0),
  addHints: (tx, ids) => hints.addHints(tx, ids.scope, [hintOf(ids)], now - 1),
  putOffHints: (tx, ids) => hints.putOffHints(tx, ids.scope, [hintOf(ids)], now - 1),
  dueHints: (tx, { scope }) => hints.dueHints(tx, scope, 'salesforce', now, 10),
  hintsAtContacts: (tx, { scope, personId }) => hints.hintsAtContacts(tx, scope, [personId], now),
  clearHints: (tx, ids) => hints.clearHints(tx, ids.scope, [hintOf(ids)]),
  countHints: (tx, { scope }) => hints.countHints(tx, scope, 'salesforce', now),
  lockHook: (tx, { scope }) => hooks.lockHook(tx, scope),
  saveHook: (tx, { scope }) => hooks.saveHook(tx, scope, `stolen ${scope.connectionId}`),
  noteRegistration: (tx, { scope }) => hooks.noteRegistration(tx, scope, '99'),
  readHook: (tx, { scope }) => hooks.readHook(tx, scope),
  expectImports: (tx, { scope, ref }) => imports.expectImports(tx, scope.tenantId, [ref]),
  completeImport: (tx, { scope, ref }) => imports.completeImport(tx, scope.tenantId, ref, now),
  completedImports: (tx, { scope, ref }) => imports.completedImports(tx, scope.tenantId, [ref]),
  linksBySalesforceIds: (tx, { scope, recordId }) =>
    links.linksBySalesforceIds(tx, scope, 'Lead', [recordId]),
  linksByPlatformIds: (tx, { scope, personId }) => links.linksByPlatformIds(tx, scope, 'contact', [personId]),
  liveLinks: (tx, { scope, personId }) => links.liveLinks(tx, scope, 'contact', [personId]),
  linksByIds: (tx, { scope, linkId }) => links.linksByIds(tx, scope, [linkId]),
  dueLinks: (tx, { scope }) =>
    links.dueLinks(tx, scope, { direction: 'outbound', kind: 'contact', dueBy: now, limit: 10 }),
  // Ids are counted up over all tenants: how many were added is all that counts here.
  numberLinks: async (tx, ids) => (await links.numberLinks(tx, [linkOf(ids)])).length,
  saveLinks: async (tx, ids) => {
    const added = await links.numberLinks(tx, [linkOf(ids)]);
    return (await links.saveLinks(tx, ids.scope, [{ ...storedLink(ids), state: 'stopped' }, ...added])).size;
  },
  linksToWriteBack: (tx, { scope }) => owed.linksToWriteBack(tx, scope, 'Lead', 0, 10),
  markWrittenBack: (tx, { scope, linkId }) =>
    owed.markWrittenBack(tx, scope, [
      { id: linkId, writeback: { status: 'Synced successfully' }, marks: null },
    ]),
  blockedLinks: (tx, { scope }) => freed.blockedLinks(tx, scope, ['SYNC_EMAIL_REPEATED'], 0, 10),
  tryAgain: (tx, { scope, linkId }) => freed.tryAgain(tx, scope, [linkId], now + 7),
  noteRequestTags: (tx, { scope }) =>
    requestTags.noteRequestTags(tx, scope, [{ platformId: '1', reason: 'create_lead', tagId: '2' }]),
  linksToTag: (tx, { scope }) => owed.linksToTag(tx, scope, 10),
  markTagged: (tx, { scope, linkId }) => owed.markTagged(tx, scope, [linkId], 'tag'),
  unlinkedAccountIds: (tx, { scope }) => links.unlinkedAccountIds(tx, scope, 10),
  makeDue: (tx, { scope, linkId }) => links.makeDue(tx, scope, [linkId], now + 5),
  countDue: (tx, { scope }) => links.countDue(tx, scope, 'outbound', now),
  summariseLinks: (tx, { scope }) => links.summariseLinks(tx, scope),
  dropEnded: (tx, { scope, linkId }) => links.dropEnded(tx, scope, [linkId]),
  dropCandidates: (tx, { scope }) => links.dropCandidates(tx, scope, 'Lead', null),
  unchangedLinks: (tx, { scope, linkId: id, linkVersion: version }) =>
    links.unchangedLinks(tx, scope, [{ id, version }]),
  highestVersion: (tx) => links.highestVersion(tx),
  supersedeLeads: (tx, { scope, linkId }) => links.supersedeLeads(tx, scope, [linkId]),
  addOutcomes: (tx, ids) => outcomes.addOutcomes(tx, ids.scope.tenantId, ids.runId, [outcomeOf(ids)], now),
  listOutcomes: (tx, { scope, runId }) => outcomes.listOutcomes(tx, scope.tenantId, runId, { limit: 10 }),
  platformConnection: (tx, { scope }) => pairs.platformConnection(tx, scope.connectionId),
  claimAction: (tx, ids) => actions.claimAction(tx, ids.scope, actionOf(ids), now + 9, now + 8),
  releaseAction: (tx, ids) => actions.releaseAction(tx, ids.scope, actionOf(ids), now),
  indexPlatform: (tx, { scope, personId }) =>
    index.indexPlatform(tx, scope, 'contact', [{ platformId: personId, key: 'stolen' }]),
  lookUpPlatform: (tx, { scope, key }) => index.lookUpPlatform(tx, scope, 'contact', [key]),
  forgetPlatform: (tx, { scope, personId }) => index.forgetPlatform(tx, scope, 'contact', [personId]),
  highestPlatformId: (tx, { scope }) => index.highestPlatformId(tx, scope, 'contact'),
  problemLinkIds: (tx, { scope }) => problems.problemLinkIds(tx, scope, { limit: 10 }),
  queueRun: (tx, { scope, runId }) =>
    runs.queueRun(tx, scope, { id: runId, direction: 'outbound', trigger: 'manual', now }),
  startRun: (tx, { scope, runId }) =>
    runs.startRun(tx, scope.tenantId, runId, { now: now + 1, deadBefore: now + 1 }),
  workedBeside: (tx, { scope, runId }) => runs.workedBeside(tx, scope, runId),
  beatRun: (tx, { scope, runId }) => runs.beatRun(tx, scope.tenantId, runId, progress, now + 1),
  giveBackRun: (tx, { scope, runId }) => runs.giveBackRun(tx, scope.tenantId, runId, progress, now + 1),
  endRun: (tx, { scope, runId }) =>
    runs.endRun(tx, scope.tenantId, runId, { state: 'failed', error: null, progress, now }),
  openRuns: async (tx, { scope }) => {
    const { directions, resumable } = await runs.openRuns(tx, scope, now + 1);
    return [...directions, ...resumable];
  },
  readRun: (tx, { scope, runId }) => runs.readRun(tx, scope.tenantId, runId),
  listRuns: (tx, { scope }) => runs.listRuns(tx, scope.tenantId, { limit: 10 }),
  lastStart: (tx, { scope }) => runs.lastStart(tx, scope, 'outbound'),
  callsSince: (tx, { scope }) => runs.callsSince(tx, scope, 0),
  runsByHour: (tx, { scope }) => runs.runsByHour(tx, scope, 0),
  readMappings: (tx, { scope }) => settings.readMappings(tx, scope),
  saveMapping: (tx, { scope }) =>
    settings.saveMapping(tx, scope, { object: 'Lead', enabled: false, fields: [] }),
  readSelections: (tx, { scope }) => settings.readSelections(tx, scope),
  saveSelection: (tx, { scope }) => settings.saveSelection(tx, scope, 'Lead', { mode: 'none' }),
  readSchedules: (tx, { scope }) => settings.readSchedules(tx, scope),
  saveSchedule: (tx, { scope }) =>
    settings.saveSchedule(tx, scope, {
      direction: 'outbound',
      schedule: null,
      timeZone: 'UTC',
      paused: true,
    }),
  copyLinks: (tx, { scope, ref }) => links.copyLinks(tx, scope, ref),
  queueDryRun: (tx, { scope, ref }) => dryRuns.queueDryRun(tx, scope, { id: ref, now }),
  readDryRun: (tx, { scope, ref }) => dryRuns.readDryRun(tx, scope.tenantId, ref),
  copyForDryRun: (tx, { scope, ref }) => dryRuns.copyForDryRun(tx, scope, ref),
  advanceDryRun: (tx, { scope, ref }) => dryRuns.advanceDryRun(tx, scope.tenantId, ref, 'done'),
  saveDrySamples: (tx, { scope, ref }) => dryRuns.saveDrySamples(tx, scope.tenantId, ref, []),
  sweepDryRuns: (tx, { scope }) => dryRuns.sweepDryRuns(tx, scope),
  tallyDryRun: (tx, { scope, runId }) => tally.tallyDryRun(tx, scope.tenantId, runId, 'outbound'),
  skippedLinks: (tx, { scope, runId }) => tally.skippedLinks(tx, scope.tenantId, runId, 'outbound', 5),
  clearTallied: (tx, { scope, runId }) => tally.clearTallied(tx, scope.tenantId, runId, 'outbound'),
  deleteOldOutcomes: (tx, { scope }) => retention.deleteOldOutcomes(tx, scope, now * 2, 10),
  deleteOldRuns: (tx, { scope }) =>
    retention.deleteOldRuns(tx, scope, { before: now * 2, idleBefore: now * 2 }, 10),
  deleteSettledConflicts: (tx, { scope }) => retention.deleteSettledConflicts(tx, scope, now * 2, 10),
  deleteOldDryRuns: (tx, { scope }) => retention.deleteOldDryRuns(tx, scope, now * 2, 10),
  noteNotice: (tx, { scope }) => settings.noteNotice(tx, scope.tenantId, now),
  readAutomationOffer: (tx, { scope }) => settings.readAutomationOffer(tx, scope),
  saveAutomationOffer: (tx, { scope }) =>
    settings.saveAutomationOffer(tx, scope, { enabled: false, campaignIds: null, automationIds: null }),
};

/** Of all tenants by their nature, answering ids or yes and no; by a secret that only its holder knows; or no SQL. */
const elsewhere = [
  'connectedPairs',
  'inHook',
  'runsWait',
  'scheduleOf',
  'toMillis',
  'toIso',
  'fromRow',
  'isUnstored',
  'toRow',
];
/** Who reads and writes without a tenant, or hands one over once Salesforce has proven whose it is. */
const filesWithout = ['database', 'migrate', 'handover', 'data-keys', 'statistics', 'time'];
/** Their functions are tried in tenancy.test.ts, which counts them. */
const filesElsewhere = [
  'audit',
  'connections',
  'oauth-attempts',
  'secrets',
  'setup-sessions',
  'tenants',
  'tokens',
];

let owner: Ids;
beforeAll(async () => {
  const scope = { tenantId: randomUUID(), connectionId: randomUUID() };
  for (const [tenantId, org] of [
    [scope.tenantId, '00D000000000001EAA'],
    [stranger, '00D000000000002EAA'],
  ])
    await asOwner('INSERT INTO tenant (tenant_id, org_id, instance_url) VALUES ($1, $2, $3)', [
      tenantId,
      org,
      'https://acme.example',
    ]);
  await asOwner(
    `INSERT INTO connection (tenant_id, id, platform, state, account, base_url, auth_method)
     VALUES ($1, $2, 'activecampaign', 'connected', 'a', 'https://acme.example', 'api_key')`,
    [scope.tenantId, scope.connectionId],
  );
  const unnumbered: Ids = {
    scope,
    linkId: 0,
    linkVersion: 0,
    conflictId: 0,
    runId: randomUUID(),
    recordId: '00Q000000000001AAA',
    personId: '17',
    key: 'ana@acme.example',
    ref: randomUUID(),
  };
  owner = await database.withTenant(scope.tenantId, async (tx) => {
    const added = await links.numberLinks(tx, [
      linkOf(unnumbered),
      {
        ...linkOf({ ...unnumbered, recordId: '00Q000000000002AAA' }),
        state: 'candidate',
        platformId: null,
      },
    ]);
    const saved = await links.saveLinks(tx, scope, added);
    const linkId = added[0]?.id ?? 0;
    const numbered = { ...unnumbered, linkId, linkVersion: saved.get(linkId) ?? 0 };
    await conflicts.recordConflicts(tx, scope, null, [conflictOf(numbered)], now);
    const [conflict] = await conflicts.listConflicts(tx, scope, { limit: 1 });
    const ids = { ...numbered, conflictId: conflict?.id ?? 0 };
    await budgets.noteRate(tx, scope, 'requests', 7);
    await budgets.noteDaily(tx, scope, { used: 5, limit: 10, now });
    await budgets.claimDaily(tx, scope, dailyClaim);
    await cursors.moveCursor(tx, scope, 'Lead', { position: { readTo: 1 }, generation: '1' }, null);
    const look = { side: 'platform', object: 'contact', recordId: ids.personId, reason: 'look' } as const;
    await hints.addHints(tx, scope, [hintOf(ids), look], now);
    await hooks.saveHook(tx, scope, 'secret of the owner');
    await imports.expectImports(tx, scope.tenantId, [ids.ref]);
    await actions.claimAction(tx, scope, actionOf(ids), now, null);
    await index.indexPlatform(tx, scope, 'contact', [{ platformId: ids.personId, key: ids.key }]);
    await runs.queueRun(tx, scope, { id: ids.runId, direction: 'outbound', trigger: 'manual', now });
    await runs.startRun(tx, scope.tenantId, ids.runId, { now, deadBefore: now });
    await outcomes.addOutcomes(tx, scope.tenantId, ids.runId, [outcomeOf(ids)], now);
    await dryRuns.queueDryRun(tx, scope, { id: ids.ref, now });
    await settings.saveMapping(tx, scope, { object: 'Lead', enabled: true, fields: [] });
    await settings.saveSelection(tx, scope, 'Lead', { mode: 'flagged' });
    await settings.saveSchedule(tx, scope, {
      direction: 'outbound',
      schedule: { kind: 'continuous' },
      timeZone: 'UTC',
      paused: false,
    });
    await settings.saveAutomationOffer(tx, scope, {
      enabled: true,
      campaignIds: ['1'],
      automationIds: ['1'],
    });
    return ids;
  });
});

/** Ids as those of the owner, but nobody's. */
function nobodys(): Ids {
  return {
    scope: { tenantId: randomUUID(), connectionId: randomUUID() },
    linkId: 900_000_001,
    linkVersion: 900_000_001,
    conflictId: 900_000_001,
    runId: randomUUID(),
    recordId: '00Q000000000999AAA',
    personId: '999',
    key: 'nobody@acme.example',
    ref: randomUUID(),
  };
}

async function tenantTables(): Promise<string[]> {
  const tables = await asOwner<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = $1 AND column_name = 'tenant_id' ORDER BY 1`,
    [schema],
  );
  return tables.map(({ name }) => name);
}

async function everythingOf(tenantId: string, tables: readonly string[]): Promise<string> {
  const rows: unknown[] = [];
  for (const name of tables)
    rows.push(
      await asOwner(`SELECT '${name}', to_jsonb(t) FROM ${name} t WHERE tenant_id = $1 ORDER BY t::text`, [
        tenantId,
      ]),
    );
  return JSON.stringify(rows);
}

/** What the stranger is answered, with the ids that it asked with taken out; what it stored of its own is removed. */
async function answered(run: Case, ids: Ids, tables: readonly string[]): Promise<string> {
  const answer = await database
    .withTenant(stranger, (tx) => run(tx, ids))
    .catch((error: unknown) => ({ refused: (error as { code?: string }).code ?? String(error) })); // what pg throws
  for (const name of tables.filter((table) => table !== 'tenant'))
    await asOwner(`DELETE FROM ${name} WHERE tenant_id = $1`, [stranger]);
  const text = JSON.stringify(answer, (_key, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value,
  );
  return [ids.scope.tenantId, ids.scope.connectionId, ids.runId].reduce(
    (rest, id) => rest.replaceAll(id, 'asked with'),
    text ?? 'nothing',
  );
}

test('every function of the store is tried here or in tenancy.test.ts', async () => {
  const folder = join(import.meta.dirname, '..', '..', 'src', 'store');
  const skipped = new Set([...filesWithout, ...filesElsewhere].map((name) => `${name}.ts`));
  const exported: string[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && !skipped.has(name))) {
    const module = (await import(join(folder, file))) as Record<string, unknown>; // a module's exports
    exported.push(...Object.keys(module).filter((name) => typeof module[name] === 'function'));
  }
  expect([...Object.keys(cases), ...elsewhere].sort()).toEqual(exported.sort());
});

describe('nothing is told or changed by', () => {
  test.each(Object.entries(cases))('%s', async (_name, run) => {
    const tables = await tenantTables();
    const before = await everythingOf(owner.scope.tenantId, tables);
    await fc.assert(
      fc.asyncProperty(
        // As which tenant it claims to ask, and which of the other ids are the owner's.
        fc.record({
          tenantId: fc.boolean(),
          connectionId: fc.boolean(),
          rest: fc.boolean(),
        }),
        async (isOwners) => {
          const none = nobodys();
          const claimed = isOwners.tenantId ? owner.scope.tenantId : stranger;
          const rest = isOwners.rest ? owner : none;
          const connectionId = (isOwners.connectionId ? owner : none).scope.connectionId;
          const asked = await answered(run, { ...rest, scope: { tenantId: claimed, connectionId } }, tables);
          const unknown = isOwners.tenantId ? none.scope.tenantId : stranger;
          const compared = { ...none, scope: { ...none.scope, tenantId: unknown } };
          expect(asked).toBe(await answered(run, compared, tables));
          expect(await everythingOf(owner.scope.tenantId, tables)).toBe(before);
        },
      ),
      // All eight combinations and more: each costs some statements.
      {
        numRuns: 8,
        examples: [
          [{ tenantId: true, connectionId: true, rest: true }],
          [{ tenantId: false, connectionId: true, rest: true }],
        ],
      },
    );
  });
});

test('the owner itself is answered by what is asked here', async () => {
  // Or else the stranger's empty hands would prove nothing.
  const empty = new Set(['[]', 'null', '0', 'false', 'nothing', '{}']);
  const silent: string[] = [];
  for (const name of Object.keys(cases).filter((key) =>
    /^(read|list|count|links|due|lookUp|open)/.test(key),
  )) {
    const answer = await database.withTenant(owner.scope.tenantId, async (tx) => cases[name]?.(tx, owner));
    const text = JSON.stringify(answer, (_key, value: unknown) =>
      value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value,
    );
    if (empty.has(text ?? 'nothing')) silent.push(name);
  }
  expect(silent).toEqual(['readHold']);
});
