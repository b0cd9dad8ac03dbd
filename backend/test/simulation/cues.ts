import type { VendorCall } from './network.ts';

/** The calls of a run that something may wait for. */
export type CueCall =
  /** What changed is asked for. */
  | 'changes'
  /** Records are read once more, just before they are written or because something pointed to them. */
  | 'look'
  /** Values are written. */
  | 'write'
  /** The package's fields alone are written. */
  | 'status';

/** A moment of the service's own doing: when it makes such a call, after so many others of the kind. */
export interface Cue {
  readonly vendor: 'salesforce' | 'platform';
  readonly call: CueCall;
  readonly skip: number;
  /** Before the vendor carries it out, or after. */
  readonly moment: 'before' | 'after';
}

/** Whether a call is one of those that the cue means. */
export function isCalled({ vendor, call: kind }: Cue, call: VendorCall): boolean {
  return call.vendor === vendor && kindOf(call) === kind;
}

function kindOf({ vendor, method, path, body = '' }: VendorCall): CueCall | null {
  const route = decodeURIComponent(path);
  if (vendor === 'platform') {
    if (method === 'GET') {
      if (route.includes('/contacts?ids[]')) return 'look';
      return route.includes('updated_after') ? 'changes' : null;
    }
    return /\/contacts|\/contact\/sync|\/import\/bulk/.test(route) ? 'write' : null;
  }
  if (route.includes('/queryAll?')) return 'changes';
  if (/POST .*\/composite\/sobjects\/\w+$/.test(`${method} ${route}`)) return 'look';
  if (method === 'PATCH')
    return /"(Email|LastName|FirstName|Phone|Title|Company)":/.test(body) ? 'write' : 'status';
  return null;
}
