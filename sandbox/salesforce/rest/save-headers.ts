import type { SaveOptions } from '../org/types.ts';
import type { Call } from './call.ts';

/** `name=value; name=value` of a Salesforce header, names in lower case. */
export function headerOptions(header: string | undefined): Readonly<Record<string, string>> {
  const pairs = (header ?? '').split(/[;,]/).map((part) => part.split('=', 2).map((side) => side.trim()));
  return Object.fromEntries(pairs.map(([name, value]) => [(name ?? '').toLowerCase(), value ?? '']));
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}

/** An HTTP date header in milliseconds, or undefined where absent or unreadable. */
export function dateHeader(call: Call, name: string): number | undefined {
  const time = Date.parse(call.headers[name] ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** What `Sforce-Auto-Assign` and `Sforce-Duplicate-Rule-Header` say about a save. */
export function saveOptions(call: Call): SaveOptions {
  const duplicates = call.headers['sforce-duplicate-rule-header'];
  const said = headerOptions(duplicates);
  return {
    autoAssign: call.headers['sforce-auto-assign']?.toLowerCase() !== 'false',
    ...(duplicates === undefined
      ? {}
      : {
          duplicateRule: {
            allowSave: isTrue(said['allowsave']),
            includeRecordDetails: isTrue(said['includerecorddetails']),
          },
        }),
  };
}
