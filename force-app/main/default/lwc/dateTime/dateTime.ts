import { LightningElement, api } from 'lwc';

/** A time in the reader's language and time zone; nothing where there is none. */
export default class DateTime extends LightningElement {
  /** ISO 8601, or null. */
  @api value: string | null = null;
}
