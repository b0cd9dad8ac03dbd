import type { OrgCore } from './core.ts';
import { hashKey } from './hash-index.ts';
import type { DuplicateRule } from './rules.ts';
import type { SObjectDefinition } from './schema.ts';
import type { Row, SaveError, SaveOptions } from './types.ts';

const MESSAGE = 'Use one of these records?';

function matches(core: OrgCore, rule: DuplicateRule, object: string, next: Row): Row[] {
  const table = core.table(object);
  const [first] = rule.matchOn;
  if (table === undefined || first === undefined) return [];
  const candidates = table.find(first, next[first] ?? null) ?? table.rows();
  const found: Row[] = [];
  for (const other of candidates) {
    if (other.Id === next.Id || other['IsDeleted'] === true || other['IsConverted'] === true) continue;
    if (rule.matchOn.every((field) => hashKey(other[field]) === hashKey(next[field]))) found.push(other);
  }
  return found;
}

function matchRecord(object: string, row: Row, rule: DuplicateRule, details: boolean): unknown {
  const shown = details
    ? {
        Name: row['Name'] ?? null,
        ...Object.fromEntries(rule.matchOn.map((field) => [field, row[field] ?? null])),
      }
    : {};
  return {
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: {
      attributes: { type: object, url: `/services/data/v67.0/sobjects/${object}/${row.Id}` },
      Id: row.Id,
      ...shown,
    },
  };
}

/** What the first active duplicate rule that finds a match says, unless the client may save anyway. */
export function duplicateError(
  core: OrgCore,
  schema: SObjectDefinition,
  before: Row | undefined,
  next: Row,
  options: SaveOptions,
): SaveError | undefined {
  for (const rule of core.rules.duplicates) {
    if (!rule.active || rule.object.toLowerCase() !== schema.name.toLowerCase()) continue;
    if (rule.action === 'allow' && options.duplicateRule?.allowSave === true) continue;
    const complete = rule.matchOn.every((field) => hashKey(next[field]) !== null);
    const touched = rule.matchOn.some((field) => hashKey(before?.[field]) !== hashKey(next[field]));
    if (!complete || !touched) continue;
    const results = (rule.against ?? [schema.name]).flatMap((object) => {
      const found = matches(core, rule, object, next);
      if (found.length === 0) return [];
      const details = options.duplicateRule?.includeRecordDetails === true;
      return [
        {
          entityType: object,
          errors: [],
          matchEngine: 'ExactMatchEngine',
          matchRecords: found.map((row) => matchRecord(object, row, rule, details)),
          rule: rule.name,
          size: found.length,
          success: true,
        },
      ];
    });
    if (results.length === 0) continue;
    const duplicateResult = {
      allowSave: rule.action === 'allow',
      duplicateRule: rule.name,
      duplicateRuleEntityType: schema.name,
      errorMessage: MESSAGE,
      matchResults: results,
    };
    return { statusCode: 'DUPLICATES_DETECTED', message: MESSAGE, fields: [], duplicateResult };
  }
  return undefined;
}
