import { LightningElement, api } from 'lwc';
import { fill } from 'c/text';
import back from '@salesforce/label/c.Action_Back';
import finish from '@salesforce/label/c.Action_Finish';
import next from '@salesforce/label/c.Action_Next';
import position from '@salesforce/label/c.State_StepOf';

/** A page of a step. */
export interface Page {
  readonly id: string;
  readonly label: string;
}

/** The frame of a step with several pages: where one is, and the ways on and back (`next`, `back`). */
export default class Wizard extends LightningElement {
  /** The step's name. */
  @api heading = '';
  @api pages: readonly Page[] = [];
  /** Id of the page that is shown. */
  @api current = '';
  @api nextDisabled = false;

  labels = { back };
  private focused = '';

  /** Screen readers are told of a new page by its title. */
  override renderedCallback(): void {
    if (this.focused === this.current) return;
    this.focused = this.current;
    const titles = this.template?.querySelectorAll<HTMLElement>('[tabindex]');
    titles?.item(titles.length - 1).focus();
  }

  get index(): number {
    return this.pages.findIndex(({ id }) => id === this.current);
  }

  get pageTitle(): string {
    return this.pages[this.index]?.label ?? '';
  }

  get position(): string {
    return fill(position, this.index + 1, this.pages.length);
  }

  get hasPages(): boolean {
    return this.pages.length > 1;
  }

  get nextLabel(): string {
    return this.index === this.pages.length - 1 ? finish : next;
  }

  handleBack(): void {
    this.dispatchEvent(new CustomEvent('back'));
  }

  handleNext(): void {
    this.dispatchEvent(new CustomEvent('next'));
  }
}
