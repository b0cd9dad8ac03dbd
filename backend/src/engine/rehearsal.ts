import { listConflicts } from '../store/conflicts.ts';
import {
  advanceDryRun,
  copyForDryRun,
  saveDrySamples,
  type DryRun,
  type DryRunPhase,
  type DryRunSample,
} from '../store/dry-runs.ts';
import { clearTallied, skippedLinks, tallyDryRun } from '../store/dry-run-tally.ts';
import { linksByIds, type Link } from '../store/links.ts';
import type { Scope, Tx } from '../store/scope.ts';
import type { Canonical, Direction } from '../sync/types.ts';
import type { Result } from './acknowledge.ts';
import { beat, enterStage, inTenant, type RunContext } from './context.ts';
import { knownValues } from './evaluate.ts';
import { rowsOf, summariseRecord, type FieldRow } from './record-view.ts';
import { act, observe } from './steps.ts';

/** Samples of each kind and direction; of skipped records, of each reason. */
const samplesOfKind = 5;
const samplesOfReason = 2;
const conflictsLookedAt = 100;

/**
 * What a dry run needs beside an ordinary run's context. It is an ordinary run in all but two things: the engine's
 * tables are a copy, under a connection id of its own, and writes reach no vendor but count as done.
 */
export class Rehearsal {
  /** The connection of which it tells. */
  readonly of: Scope;
  readonly id: string;
  phase: DryRunPhase;
  readonly #samples: DryRunSample[];

  constructor(tenantId: string, { id, connectionId, phase, samples }: DryRun) {
    this.of = { tenantId, connectionId };
    this.id = id;
    this.phase = phase;
    this.#samples = [...samples];
  }

  /** Whether writes are being pretended, so that what vendors say is no longer how things stand. */
  get isActing(): boolean {
    return this.phase === 'outbound' || this.phase === 'inbound';
  }

  /** Keeps a few of the writes as samples, in the transaction that acknowledges them. */
  async keep(tx: Tx, context: RunContext, results: readonly Result[]): Promise<void> {
    const before = this.#samples.length;
    for (const { outcome, after, seen } of results) {
      if (seen === undefined) continue;
      const kind = outcome.kind === 'created' ? 'create' : 'update';
      if (outcome.written.length === 0 || !this.#wants(kind)) continue;
      const side = this.#direction === 'outbound' ? 'platform' : 'salesforce';
      const [from, to] = [knownValues(seen)[side], knownValues(after)[side]];
      this.#samples.push({
        ...about(after),
        direction: this.#direction,
        kind,
        platformId: seen.platformId,
        salesforceId: seen.salesforceId,
        fields: rowsOfLink(context, after)
          .filter((row) => outcome.written.includes(row.platform))
          .map((row) => changed(row, from[row.platform] ?? null, to[row.platform] ?? null)),
        code: outcome.code,
      });
    }
    if (this.#samples.length > before) await this.#save(tx);
  }

  /** Keeps a few of the records that are left out or disputed, once a direction is done. */
  async keepLeftOut(tx: Tx, context: RunContext): Promise<void> {
    const direction = this.#direction;
    const skipped = await skippedLinks(tx, this.of.tenantId, this.id, direction, samplesOfReason);
    const side = direction === 'outbound' ? 'salesforce' : 'platform';
    const conflicts = (await listConflicts(tx, context.scope, { limit: conflictsLookedAt }))
      .filter(({ winner, state }) =>
        winner === null ? state !== 'settled' : winner === side || winner === 'both',
      )
      .slice(0, samplesOfKind);
    const ids = [...skipped, ...conflicts].map(({ linkId }) => linkId);
    const links = new Map((await linksByIds(tx, context.scope, ids)).map((link) => [link.id, link]));
    for (const { linkId, code } of skipped) {
      const link = links.get(linkId);
      if (link === undefined) continue;
      this.#samples.push({ ...about(link), direction, kind: 'skip', fields: [], code });
    }
    for (const { linkId, field, winner, ...sides } of conflicts) {
      const link = links.get(linkId);
      if (link === undefined) continue;
      const other = direction === 'outbound' ? 'platform' : 'salesforce';
      this.#samples.push({
        ...about(link),
        direction,
        kind: 'conflict',
        fields: rowsOfLink(context, link)
          .filter((row) => row.platform === field)
          .map((row) => changed(row, sides[other], sides[side])),
        code: winner === null ? 'SYNC_CONFLICT_WAITING' : null,
      });
    }
    await this.#save(tx);
  }

  get #direction(): Direction {
    return this.phase === 'inbound' ? 'inbound' : 'outbound';
  }

  #wants(kind: DryRunSample['kind']): boolean {
    const direction = this.#direction;
    const kept = this.#samples.filter((sample) => sample.kind === kind && sample.direction === direction);
    return kept.length < samplesOfKind;
  }

  async #save(tx: Tx): Promise<void> {
    await saveDrySamples(tx, this.of.tenantId, this.id, this.#samples);
  }
}

/**
 * A dry run: what the next batches of both directions would do, by doing it on a copy. Each phase ends in the
 * transaction that says so, and both sides are read before the first write is pretended, never after: what they say
 * then would contradict it.
 */
export async function rehearse(context: RunContext, rehearsal: Rehearsal): Promise<void> {
  const { id, of } = rehearsal;
  const advance = (tx: Tx, next: DryRunPhase, done: DryRun['report'] = {}) =>
    advanceDryRun(tx, of.tenantId, id, next, done);
  if (rehearsal.phase === 'copy') {
    await enterStage(context, 'copying');
    await inTenant(context, async (tx) => {
      await copyForDryRun(tx, of, id);
      await advance(tx, 'observe');
    });
    rehearsal.phase = 'observe';
  }
  if (rehearsal.phase === 'observe') {
    await observe(context);
    await inTenant(context, (tx) => advance(tx, 'outbound'));
    rehearsal.phase = 'outbound';
    await beat(context);
  }
  for (const direction of ['outbound', 'inbound'] as const) {
    if (rehearsal.phase !== direction) continue;
    await act(context, direction);
    const next: DryRunPhase = direction === 'outbound' ? 'inbound' : 'done';
    await enterStage(context, 'counting');
    await inTenant(context, async (tx) => {
      await rehearsal.keepLeftOut(tx, context);
      await advance(tx, next, { [direction]: await tallyDryRun(tx, of.tenantId, id, direction) });
      await clearTallied(tx, of.tenantId, id, direction);
    });
    rehearsal.phase = next;
  }
}

function about(link: Link): Pick<DryRunSample, 'object' | 'salesforceId' | 'platformId' | 'name'> {
  const { object, salesforceId, platformId, name } = summariseRecord(link);
  return { object, salesforceId, platformId, name };
}

function rowsOfLink({ settings }: RunContext, { object }: Link): FieldRow[] {
  const compiled = settings.objects.get(object);
  return compiled === undefined ? [] : rowsOf(compiled);
}

function changed(row: FieldRow, from: Canonical, to: Canonical): DryRunSample['fields'][number] {
  return {
    salesforceField: row.salesforce,
    salesforceLabel: row.salesforceLabel,
    platformField: row.platform,
    platformLabel: row.platformLabel,
    from,
    to,
  };
}
