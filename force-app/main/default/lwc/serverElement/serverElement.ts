import { LightningElement } from 'lwc';
import { toFailure, type Failure } from 'c/failure';

/** A component that works with the server, one thing at a time, and shows while it does and what went wrong. */
export default class ServerElement extends LightningElement {
  busy = false;
  failure: Failure | undefined;

  /** Does the work; what it rejects with becomes the failure. @returns whether it went well */
  protected async attempt(work: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.failure = undefined;
    try {
      await work();
      return true;
    } catch (error) {
      this.failure = toFailure(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Tells the parent something, with what belongs to it. */
  protected tell(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
