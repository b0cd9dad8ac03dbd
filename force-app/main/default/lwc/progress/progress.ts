import { LightningElement, api } from 'lwc';

/** How much of something is done, as a bar and in words. */
export default class Progress extends LightningElement {
  /** What the bar says, in words. */
  @api text = '';
  /** 0 to 100; null while nobody knows how much there is to do. */
  @api percent: number | null = null;

  get isKnown(): boolean {
    return this.percent !== null;
  }
}
