import { DateTime } from 'luxon';
import { sentence, type Sentence } from '../words/told.ts';
import { matchesRule, type Today } from './selection/match.ts';
import { resolveRule, type ResolvedRule, type SelectionRule } from './selection/rules.ts';
import { ruleToSoql } from './selection/soql.ts';
import type { SettingsProblem } from './problems.ts';
import type { SalesforceField } from './types.ts';

export type { SelectionOperator, SelectionRule } from './selection/rules.ts';

/** Which Salesforce records without a link enter the sync. */
export type Selection =
  | { readonly mode: 'none' }
  /** Those created at or after a time, ISO 8601 with zone. */
  | { readonly mode: 'created'; readonly since: string }
  /** Those whose sync status was set to the waiting value. */
  | { readonly mode: 'flagged' }
  | { readonly mode: 'criteria'; readonly match: 'all' | 'any'; readonly rules: readonly SelectionRule[] };

export type SelectionProblem = Omit<SettingsProblem, 'object'>;

/** The package's status field in the org, with its namespace, and the value that flags a record. */
export interface FlagNames {
  readonly syncStatus: string;
  readonly waitingValue: string;
}

export type CompiledSelection =
  | {
      readonly ok: true;
      /** A SOQL condition; null selects nothing, so there is nothing to ask. */
      readonly where: string | null;
    }
  | { readonly ok: false; readonly problems: readonly SelectionProblem[] };

/** A selection made sure of: both the SOQL and the test in memory come from this one form. */
type Resolved =
  | { readonly mode: 'none' }
  | { readonly mode: 'rules'; readonly match: 'all' | 'any'; readonly rules: readonly ResolvedRule[] };

type Resolution =
  | { readonly ok: true; readonly selection: Resolved }
  | { readonly ok: false; readonly problems: readonly SelectionProblem[] };

/**
 * The selection as the condition of a SOQL WHERE clause. Only described, filterable fields are named and every
 * value is written by its type, so that no text of a rule can become syntax (SOQL and SOSL Reference: Quoted
 * String Escape Sequences, Comparison Operators, Date Formats and Date Literals).
 */
export function compileSelection(
  selection: Selection,
  fields: readonly SalesforceField[],
  names: FlagNames,
): CompiledSelection {
  const resolved = resolve(selection, fields, names);
  if (!resolved.ok) return resolved;
  if (resolved.selection.mode === 'none') return { ok: true, where: null };
  const { match, rules } = resolved.selection;
  const conditions = rules.map(ruleToSoql);
  const [only] = conditions;
  return {
    ok: true,
    where:
      conditions.length === 1 && only !== undefined
        ? only
        : conditions.map((condition) => `(${condition})`).join(match === 'all' ? ' AND ' : ' OR '),
  };
}

/**
 * Whether a record would be found by the compiled selection, decided in memory with Salesforce's comparisons:
 * text whatever its case, null as empty. A selection that cannot be compiled selects nothing.
 */
export function matchesSelection(
  selection: Selection,
  fields: readonly SalesforceField[],
  record: Readonly<Record<string, unknown>>,
  context: FlagNames & Today,
): boolean {
  const resolved = resolve(selection, fields, context);
  if (!resolved.ok || resolved.selection.mode === 'none') return false;
  const { match, rules } = resolved.selection;
  return match === 'all'
    ? rules.every((rule) => matchesRule(rule, record, context))
    : rules.some((rule) => matchesRule(rule, record, context));
}

/** Whether a rule counts days from today, which begins at the midnight of the user who asks. */
export function countsDays(selections: readonly Selection[]): boolean {
  return selections.some(
    (selection) =>
      selection.mode === 'criteria' &&
      selection.rules.some(({ operator }) => operator === 'last_n_days' || operator === 'next_n_days'),
  );
}

/** The last resolution of each selection, so that records can be tested one by one at no cost. */
const resolutions = new WeakMap<
  Selection,
  { fields: readonly SalesforceField[]; names: FlagNames; resolution: Resolution }
>();

function resolve(selection: Selection, fields: readonly SalesforceField[], names: FlagNames): Resolution {
  const known = resolutions.get(selection);
  if (
    known?.fields === fields &&
    known.names.syncStatus === names.syncStatus &&
    known.names.waitingValue === names.waitingValue
  ) {
    return known.resolution;
  }
  const resolution = resolveAnew(selection, fields, names);
  resolutions.set(selection, { fields, names, resolution });
  return resolution;
}

function resolveAnew(selection: Selection, fields: readonly SalesforceField[], names: FlagNames): Resolution {
  switch (selection.mode) {
    case 'none':
      return { ok: true, selection: { mode: 'none' } };
    case 'created':
      return resolveRules('all', [sinceRule(selection.since)], fields);
    case 'flagged':
      return resolveRules(
        'all',
        [{ field: names.syncStatus, operator: 'equals', value: names.waitingValue }],
        fields,
      );
    case 'criteria':
      return selection.rules.length === 0
        ? refuse(
            'selection_invalid',
            null,
            sentence('Add at least one rule, or choose another way to select.'),
          )
        : resolveRules(selection.match, selection.rules, fields);
  }
}

function resolveRules(
  match: 'all' | 'any',
  rules: readonly SelectionRule[],
  fields: readonly SalesforceField[],
): Resolution {
  const resolved: ResolvedRule[] = [];
  const problems: SelectionProblem[] = [];
  for (const rule of rules) {
    const resolution = resolveRule(rule, fields);
    if (resolution.ok) resolved.push(resolution.rule);
    else problems.push(problem('selection_rule_invalid', rule.field, resolution.message));
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, selection: { mode: 'rules', match, rules: resolved } };
}

/** Salesforce tells when a record was created to the second only: one of the very second counts as created since. */
function sinceRule(since: string): SelectionRule {
  const second = DateTime.fromISO(since, { zone: 'utc' }).startOf('second').toISO();
  return { field: 'CreatedDate', operator: 'greater_or_equal', value: second ?? since };
}

function refuse(code: SelectionProblem['code'], field: string | null, message: Sentence): Resolution {
  return { ok: false, problems: [problem(code, field, message)] };
}

function problem(code: SelectionProblem['code'], field: string | null, message: Sentence): SelectionProblem {
  return { code, severity: 'error', salesforce: field, platform: null, message };
}
