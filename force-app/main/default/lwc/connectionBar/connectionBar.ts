import { LightningElement, api } from 'lwc';
import type { Failure } from 'c/failure';
import connected from '@salesforce/label/c.State_Connected';
import error from '@salesforce/label/c.State_Error';
import notConnected from '@salesforce/label/c.State_NotConnected';

type BarState = 'connected' | 'error' | 'none';

const words: Readonly<Record<BarState, string>> = { connected, error, none: notConnected };

/** How a connection stands: black not connected, green connected, red with the reason. */
export default class ConnectionBar extends LightningElement {
  @api state: BarState = 'none';
  /** Whose account it is, while it is connected. */
  @api account = '';
  @api failure: Failure | undefined;

  get words(): string {
    return words[this.state];
  }

  get barClass(): string {
    return `bar ${this.state}`;
  }

  get hasAccount(): boolean {
    return this.state === 'connected';
  }
}
