import { matchesSelection } from '../sync/selection.ts';
import type { RunContext } from './context.ts';
import type { ReadRecord } from './salesforce-records.ts';
import { selectionNames } from './marks.ts';
import type { ObjectSettings } from './sync-settings.ts';

/** Whether a record without a link is one that the admin chose to sync. */
export function isSelected(settings: ObjectSettings, record: ReadRecord, context: RunContext): boolean {
  const { timeZone } = context.settings;
  return matchesSelection(settings.selection, settings.fields, record.fields, {
    now: new Date(context.clock.now()).toISOString(),
    ...(timeZone === null ? {} : { timeZone }),
    ...selectionNames(context.names),
  });
}
