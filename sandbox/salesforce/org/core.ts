import type { Clock } from '../../common/clock.ts';
import type { Journal } from './journal.ts';
import type { OrgRules } from './rules.ts';
import type { OrgSchema } from './schema.ts';
import type { OrgSharing } from './sharing.ts';
import type { RecordTable } from './table.ts';
import type { Triggers } from './triggers.ts';

/** What the parts of the org's save logic work on. */
export interface OrgCore {
  readonly clock: Clock;
  readonly schema: OrgSchema;
  readonly rules: OrgRules;
  readonly sharing: OrgSharing;
  readonly journal: Journal;
  readonly triggers: Triggers | undefined;
  table(name: string): RecordTable | undefined;
  /** The table whose records have ids like this one. */
  tableOfId(id: string): RecordTable | undefined;
}
