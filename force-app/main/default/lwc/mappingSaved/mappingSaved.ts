import { LightningElement } from 'lwc';
import continueLabel from '@salesforce/label/c.Action_Continue';
import heading from '@salesforce/label/c.Mapping_Saved';

/** After a change of the mapping: a dry run of it (then `close`), or `later`. */
export default class MappingSaved extends LightningElement {
  labels = { continueLabel, heading };
  hasLooked = false;
  private isFocused = false;

  /** Screen readers are told what the page is about. */
  override renderedCallback(): void {
    if (this.isFocused) return;
    this.isFocused = true;
    this.template?.querySelector<HTMLElement>('[tabindex]')?.focus();
  }

  handleBegun(): void {
    this.hasLooked = true;
  }

  handleLater(): void {
    this.dispatchEvent(new CustomEvent('later'));
  }

  handleContinue(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
