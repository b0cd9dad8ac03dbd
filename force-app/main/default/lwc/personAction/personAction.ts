import { api } from 'lwc';
import type { OfferItem } from 'c/offerList';
import ServerElement from 'c/serverElement';
import addToAutomation from '@salesforce/apex/RecordController.addToAutomation';
import sendCampaign from '@salesforce/apex/RecordController.sendCampaign';
import add from '@salesforce/label/c.Action_Add';
import addLabel from '@salesforce/label/c.Automation_AddToAutomation';
import added from '@salesforce/label/c.Automation_Added';
import again from '@salesforce/label/c.Automation_Again';
import cancel from '@salesforce/label/c.Action_Cancel';
import choose from '@salesforce/label/c.Automation_Choose';
import none from '@salesforce/label/c.Offer_None';
import repeat from '@salesforce/label/c.Automation_RepeatConfirm';
import send from '@salesforce/label/c.Action_Send';
import sendLabel from '@salesforce/label/c.Automation_SendCampaign';
import sent from '@salesforce/label/c.Automation_Sent';
import working from '@salesforce/label/c.Automation_Working';

type Kind = 'campaign' | 'automation';

const texts: Readonly<
  Record<Kind, { readonly label: string; readonly action: string; readonly done: string }>
> = {
  campaign: { label: sendLabel, action: send, done: sent },
  automation: { label: addLabel, action: add, done: added },
};

const REPEAT = 'SYNC_REPEAT_UNCONFIRMED';

/** Sends one campaign to a person, or adds them to one automation; a repeat within a minute asks first. */
export default class PersonAction extends ServerElement {
  @api recordId = '';
  @api kind: Kind = 'campaign';
  @api items: readonly OfferItem[] = [];

  labels = { again, cancel, choose, none, repeat, working };
  chosen = '';
  isDone = false;

  get texts() {
    return texts[this.kind];
  }

  get options() {
    return this.items.map(({ id, name }) => ({ value: id, label: name }));
  }

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  get isBlocked(): boolean {
    return this.busy || this.chosen === '';
  }

  get isRepeat(): boolean {
    return this.failure?.code === REPEAT;
  }

  get shownFailure() {
    return this.isRepeat ? undefined : this.failure;
  }

  handleChoice({ detail }: CustomEvent<{ value: string }>): void {
    this.chosen = detail.value;
    this.handleCancel();
  }

  handleCancel(): void {
    this.failure = undefined;
    this.isDone = false;
  }

  async handleAct(): Promise<void> {
    await this.act(false);
  }

  async handleAgain(): Promise<void> {
    await this.act(true);
  }

  private async act(confirmed: boolean): Promise<void> {
    this.isDone = false;
    this.isDone = await this.attempt(async () => {
      const { recordId, chosen } = this;
      if (this.kind === 'campaign') await sendCampaign({ recordId, campaignId: chosen, confirmed });
      else await addToAutomation({ recordId, automationId: chosen, confirmed });
    });
  }
}
