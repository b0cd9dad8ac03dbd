/** A mistake planted in the engine: a piece of a file's text and what stands in its place. */
export interface Mutant {
  readonly name: string;
  /** Below backend/src. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Mistakes that people make in such an engine. Each has to be caught. */
export const mutants: readonly Mutant[] = [
  {
    name: 'cursor without overlap',
    file: 'sync/cursor.ts',
    find: 'if (now - settledTo >= 2 * overlapMilliseconds)',
    replace: 'if (now < 0)',
  },
  {
    name: 'links saved whatever their version',
    file: 'store/links.ts',
    find: 'AND link.id = r.id AND link.version = r.version',
    replace: 'AND link.id = r.id',
  },
  {
    name: 'shadow advanced before the answer',
    file: 'engine/outbound.ts',
    find: "if (!reached.ok) return failedWrite(before, 'outbound', reached.failure, now, issues);",
    replace:
      "if (!reached.ok) return failedWrite(link.platformId === null ? before : withWritten(link, 'platform', allWritten), 'outbound', reached.failure, now, issues);",
  },
  {
    name: 'not due again after a failure',
    file: 'engine/retry.ts',
    find: 'const due = retryable ? now + pauseAfter(attempts) : null;',
    replace: 'const due = null;',
  },
  {
    name: 'addresses compared as they are typed',
    file: 'sync/email.ts',
    find: '.toLowerCase()',
    replace: '',
  },
  {
    name: 'the last record of a page is lost',
    file: 'engine/observe-salesforce.ts',
    find: 'observe(context, settings, records, { asked, fromBackfill: isFirst, takes })',
    replace: 'observe(context, settings, records.slice(0, -1), { asked, fromBackfill: isFirst, takes })',
  },
  {
    name: 'deletions ignored',
    file: 'engine/observe-salesforce.ts',
    find: 'if (record.isDeleted || record.convertedContactId !== null) {',
    replace: 'if (record.convertedContactId !== null) {',
  },
  {
    name: 'conversions ignored',
    file: 'engine/observe-salesforce.ts',
    find: 'if (record.isDeleted || record.convertedContactId !== null) {',
    replace: 'if (record.isDeleted) {',
  },
  {
    name: 'a status that could not be written is owed no more',
    file: 'engine/writeback.ts',
    find: 'if (outcome === undefined || (!outcome.ok && outcome.retryable)) continue;',
    replace: 'if (outcome === undefined) continue;',
  },
  {
    name: 'statuses that are owed from before are never written',
    file: 'engine/steps.ts',
    find: 'await writeBackOwed(context);',
    replace: '',
  },
  {
    name: 'what the platform changed is not merged',
    file: 'engine/evaluate.ts',
    find: 'platform: apply(link.agreed, link.platformPending),',
    replace: 'platform: apply(link.agreed, null),',
  },
  {
    name: 'the wrong side wins',
    file: 'sync/merge.ts',
    find: 'return won(state, policy);',
    replace: "return won(state, policy === 'salesforce' ? 'platform' : 'salesforce');",
  },
  {
    name: 'conflicts decided in silence',
    file: 'sync/plan.ts',
    find: 'if (decision.conflict !== null) {',
    replace: "if (decision.kind === 'parked') {",
  },
  {
    name: 'opt-outs lose',
    file: 'sync/merge.ts',
    find: "return won(state, platform === true ? 'platform' : 'salesforce');",
    replace: "return won(state, platform === true ? 'salesforce' : 'platform');",
  },
  {
    name: 'no fresh look before a write to Salesforce',
    file: 'engine/plan-inbound.ts',
    find: '...withSalesforceSight(link, record, settings.mapping).link,',
    replace: '...link,',
  },
  {
    name: 'the cursor follows the clock of the service',
    file: 'engine/observe-salesforce.ts',
    find: 'until ??= page.serverTime;',
    replace: 'until ??= context.clock.now() + 60_000;',
  },
  {
    name: 'the first contact of a page is lost',
    file: 'engine/observe-platform.ts',
    find: 'await storeContacts(context, tx, page.records, page.asked);',
    replace: 'await storeContacts(context, tx, page.records.slice(1), page.asked);',
  },
  {
    name: 'calls are not paced',
    file: 'engine/governor.ts',
    find: 'if (!(await reach(window, slot))) continue;',
    replace: '',
  },
  {
    name: 'hints renewed meanwhile are cleared',
    file: 'store/hints.ts',
    find: 'AND hint.record_id = r.record_id AND hint.reason = r.reason AND hint.version = r.version',
    replace: 'AND hint.record_id = r.record_id AND hint.reason = r.reason',
  },
  {
    name: 'nobody looks for the person before creating',
    file: 'engine/requests.ts',
    find: 'found.set(request.id, { ...request, salesforceId: record.Id });',
    replace: '',
  },
  {
    name: 'merged records keep the link',
    file: 'engine/lifecycle.ts',
    find: 'const heir = record.convertedContactId ?? record.masterId;',
    replace: 'const heir = record.convertedContactId;',
  },
  {
    name: 'a lost answer is final',
    file: 'salesforce/exchange.ts',
    find: "return error.reason === 'unsent' || (request.replayable && error.reason !== 'too_large');",
    replace: 'return false;',
  },
  {
    name: 'token renewed by everybody',
    file: 'salesforce/tokens.ts',
    find: "if (stored.access.accessToken !== stale) return { kind: 'current' };",
    replace: '',
  },
  {
    name: 'what a worker left is never taken up',
    file: 'store/runs.ts',
    find: '(given_back_at IS NOT NULL OR heartbeat_at < $4)',
    replace: "(given_back_at IS NOT NULL OR heartbeat_at < least($4, '2000-01-01'::timestamptz))",
  },
  {
    name: 'tags are owed no more after a failure',
    file: 'engine/tags.ts',
    find: "if (outcome.kind === 'written') {",
    replace: 'if (true) {',
  },
  {
    name: 'workers go by their own clocks',
    file: 'lib/common-clock.ts',
    find: 'return Math.round(this.#own.now() + this.#ahead);',
    replace: 'return this.#own.now();',
  },
];
