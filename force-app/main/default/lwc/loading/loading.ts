import { LightningElement, api } from 'lwc';
import { fill } from 'c/text';
import loading from '@salesforce/label/c.State_Loading';
import seconds from '@salesforce/label/c.State_Seconds';

/** From then on people want to know that it still goes on. */
const PATIENCE_SECONDS = 2;

/** That something is being waited for; after two seconds also for how long. */
export default class Loading extends LightningElement {
  /** What is being done. */
  @api text = loading;

  elapsed = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    this.timer = setInterval(() => {
      this.elapsed += 1;
    }, 1000);
  }

  override disconnectedCallback(): void {
    clearInterval(this.timer);
  }

  get duration(): string {
    return this.elapsed > PATIENCE_SECONDS ? fill(seconds, this.elapsed) : '';
  }
}
