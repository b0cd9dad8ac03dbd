import { LightningElement, api } from 'lwc';
import type { Failure } from 'c/failure';
import code from '@salesforce/label/c.Error_Code';
import details from '@salesforce/label/c.Error_Details';
import retry from '@salesforce/label/c.Action_Retry';

/** What went wrong, what it means and what to do; fires `retry` where trying again can help. */
export default class ErrorPanel extends LightningElement {
  @api failure: Failure | undefined;
  /** Whether to offer another try. */
  @api retryable = false;

  labels = { code, details, retry };

  /** What happened this time, where that says more than what the code means. */
  get detail(): string {
    const { message = '', meaning } = this.failure ?? {};
    return message === meaning ? '' : message;
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
