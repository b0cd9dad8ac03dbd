import empty from '@salesforce/label/c.Value_Empty';
import no from '@salesforce/label/c.Value_No';
import unknown from '@salesforce/label/c.Value_Unknown';
import yes from '@salesforce/label/c.Value_Yes';

/** A field's value as the service tells it. Undefined: it is not known. */
export type FieldValue = string | number | boolean | readonly string[] | null | undefined;

/** A value as people read it; of a list, its parts with commas. */
export function inWords(value: FieldValue): string {
  if (value === undefined) return unknown;
  if (value === null || value === '') return empty;
  if (typeof value === 'boolean') return value ? yes : no;
  return typeof value === 'object' ? value.join(', ') : String(value);
}
