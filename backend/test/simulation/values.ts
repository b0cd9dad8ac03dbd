import type { Tenant } from './tenant.ts';

/** A person's address; with a serial, a later one of theirs. Every value names the customer whose it is. */
export function emailOf({ name }: Pick<Tenant, 'name'>, person: number, serial?: number): string {
  return `p${person}${serial === undefined ? '' : `+${serial}`}@${name}.example`;
}

/** A value that only this step writes. */
export function valueOf({ name }: Pick<Tenant, 'name'>, field: string, serial: number): string {
  return `${name} ${field} ${serial}`;
}
