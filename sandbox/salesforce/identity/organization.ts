import { toId18 } from '../org/ids.ts';

/** The 18-character form of an id that this folder itself writes down. */
export function knownId(id15: string): string {
  const id = toId18(id15);
  if (id === undefined) throw new Error(`${id15} is no Salesforce id.`);
  return id;
}

/** The one org of the sandbox. */
export const ORGANIZATION_ID = '00D000000000001';
export const ORGANIZATION_ID_18 = knownId(ORGANIZATION_ID);
export const ORGANIZATION_NAME = 'Syncline Sandbox';
