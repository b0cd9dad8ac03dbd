import { LightningElement, api } from 'lwc';
import { write } from 'c/text';

/** A code of the error catalogue, explained, with how many records have it. */
interface CountedCause {
  readonly code: string;
  readonly meaning: string;
  readonly remedy: string;
  readonly count: number;
}

/** Why records are not in step: how many, what it means, what helps. Nothing where there are no causes. */
export default class CauseList extends LightningElement {
  @api heading = '';
  @api causes: readonly CountedCause[] = [];

  get lines() {
    return this.causes.map(({ code, meaning, remedy, count }) => ({
      code,
      text: `${write(count)}: ${meaning} ${remedy}`,
    }));
  }

  get hasLines(): boolean {
    return this.causes.length > 0;
  }
}
