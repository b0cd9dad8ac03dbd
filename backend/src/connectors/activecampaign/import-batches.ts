import type { ContactWrite } from '../connector.ts';
import { toImport } from './contact-json.ts';
import { manifest } from './manifest.ts';

/** One contact on its way through an import. */
export interface ImportItem {
  /** Its place in the caller's list. */
  readonly index: number;
  readonly write: ContactWrite;
  /** Lower case, as the vendor keeps it. */
  readonly email: string;
  /** The contact as the import takes it, built once. */
  readonly json: string;
  readonly bytes: number;
}

/** Room for what stands around the contacts: the callback's address and the brackets. */
const ENVELOPE_BYTES = 4_096;
const MAX_BYTES = manifest.limits.importBytes - 1 - ENVELOPE_BYTES;

export function toImportItem(index: number, write: ContactWrite): ImportItem {
  const json = toImport(write);
  return { index, write, email: write.email.toLowerCase(), json, bytes: Buffer.byteLength(json) + 1 };
}

/** Whether the contact alone is more than one import takes. */
export function isTooLarge({ bytes }: ImportItem): boolean {
  return bytes > MAX_BYTES;
}

/**
 * Batches of up to 250 contacts and 400,000 bytes. The last is not left with a single contact where that can be
 * avoided: such imports have a narrower limit of their own.
 */
export function toBatches(items: readonly ImportItem[]): ImportItem[][] {
  const batches: ImportItem[][] = [];
  let batch: ImportItem[] = [];
  let bytes = 0;
  for (const item of items) {
    if (batch.length >= manifest.limits.importBatch || bytes + item.bytes > MAX_BYTES) {
      batches.push(batch);
      [batch, bytes] = [[], 0];
    }
    batch.push(item);
    bytes += item.bytes;
  }
  if (batch.length > 0) batches.push(batch);
  const companion = batch.length === 1 ? batches.at(-2)?.at(-1) : undefined;
  if (companion && bytes + companion.bytes <= MAX_BYTES) {
    batches.at(-2)?.pop();
    batch.unshift(companion);
  }
  return batches;
}

/** The body of `POST /import/bulk_import`. @param callback where the vendor reports the end to, if anywhere */
export function importBody(
  batch: readonly ImportItem[],
  options: { callback: string | null; excludeAutomations: boolean },
): string {
  const contacts = batch.map(({ json }) => json).join(',');
  const callback =
    options.callback === null
      ? ''
      : `,"callback":${JSON.stringify({ url: options.callback, requestType: 'POST', detailed_results: 'true', params: [], headers: [] })}`;
  return `{"contacts":[${contacts}]${callback},"exclude_automations":${options.excludeAutomations}}`;
}
