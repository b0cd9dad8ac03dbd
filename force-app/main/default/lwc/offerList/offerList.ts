import { LightningElement, api } from 'lwc';
import none from '@salesforce/label/c.Offer_None';
import search from '@salesforce/label/c.Offer_Search';

/** What can be offered on record pages. */
export interface OfferItem {
  readonly id: string;
  readonly name: string;
}

/** Campaigns or automations, of which some are chosen. Fires `edit` with the ids of those. */
export default class OfferList extends LightningElement {
  @api label = '';
  @api items: readonly OfferItem[] = [];
  @api chosen: readonly string[] = [];

  labels = { none, search };
  private wanted = '';

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  get options() {
    return this.items
      .filter(({ name }) => name.toLocaleLowerCase().includes(this.wanted))
      .map(({ id, name }) => ({ value: id, label: name }));
  }

  get shownChoice(): string[] {
    return this.options.map(({ value }) => value).filter((id) => this.chosen.includes(id));
  }

  handleSearch({ detail }: CustomEvent<{ value: string }>): void {
    this.wanted = detail.value.trim().toLocaleLowerCase();
  }

  /** What the search hides stays as it was. */
  handleChange({ detail }: CustomEvent<{ value: readonly string[] }>): void {
    const shown = this.options.map(({ value }) => value);
    const hidden = this.chosen.filter((id) => !shown.includes(id));
    this.dispatchEvent(new CustomEvent('edit', { detail: [...hidden, ...detail.value] }));
  }
}
