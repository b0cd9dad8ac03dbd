import { LightningElement, api } from 'lwc';
import type { SetupState } from 'service';
import { isStepDone, setupSteps, type StepId } from 'c/setupSteps';
import { fill } from 'c/text';
import change from '@salesforce/label/c.Action_Change';
import continueLabel from '@salesforce/label/c.Action_Continue';
import done from '@salesforce/label/c.State_Done';
import progress from '@salesforce/label/c.State_StepsDone';
import connectFirst from '@salesforce/label/c.Step_ConnectFirst';

/** The set-up's main page: the four steps, which of them are done, and the way into each (`open` with its id). */
export default class SetupOverview extends LightningElement {
  @api setup: SetupState | undefined;

  labels = { done, connectFirst };

  get steps() {
    return setupSteps.map(({ id, title, help }, index) => {
      const isDone = this.isDone(id);
      const action = isDone ? change : continueLabel;
      return {
        id,
        title,
        help,
        isDone,
        number: index + 1,
        action,
        actionFor: `${action}: ${title}`,
        buttonClass: `slds-button slds-button_${isDone ? 'neutral' : 'brand'}`,
        isClosed: id !== 'connect' && !this.isDone('connect'),
      };
    });
  }

  get progress(): string {
    return fill(progress, this.doneCount, setupSteps.length);
  }

  get percent(): number {
    return (this.doneCount / setupSteps.length) * 100;
  }

  private get doneCount(): number {
    return setupSteps.filter(({ id }) => this.isDone(id)).length;
  }

  private isDone(id: StepId): boolean {
    return isStepDone(this.setup, id);
  }

  handleOpen({ currentTarget }: { currentTarget: HTMLElement }): void {
    this.dispatchEvent(new CustomEvent('open', { detail: currentTarget.dataset['step'] }));
  }
}
