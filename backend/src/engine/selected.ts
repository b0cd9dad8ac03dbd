import { matchesSelection } from '../sync/selection.ts';
import type { RunContext } from './context.ts';
import type { ReadRecord } from './salesforce-records.ts';
import { selectionNames } from './marks.ts';
import type { ObjectSettings } from './sync-settings.ts';

/** Tells which records without a link are among those that the admin chose to sync, by the time that it is now. */
export function selector(
  { selection, fields }: ObjectSettings,
  { settings: { timeZone }, clock, names }: RunContext,
): (record: ReadRecord) => boolean {
  const today = {
    now: new Date(clock.now()).toISOString(),
    ...(timeZone === null ? {} : { timeZone }),
    ...selectionNames(names),
  };
  return (record) => matchesSelection(selection, fields, record.fields, today);
}
