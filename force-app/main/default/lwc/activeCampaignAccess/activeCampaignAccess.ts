import { api } from 'lwc';
import type { Connection } from 'service';
import ServerElement from 'c/serverElement';
import { barOf } from 'c/connectionState';
import connect from '@salesforce/apex/SetupController.connectActiveCampaign';
import authorize from '@salesforce/label/c.Action_Authorize';
import account from '@salesforce/label/c.Connect_AccountName';
import accountHelp from '@salesforce/label/c.Connect_AccountNameHelp';
import apiKey from '@salesforce/label/c.Connect_ApiKey';
import apiKeyHelp from '@salesforce/label/c.Connect_ApiKeyHelp';
import checking from '@salesforce/label/c.Connect_Checking';

/** Connects the ActiveCampaign account by its name and API key. Fires `changed`. */
export default class ActiveCampaignAccess extends ServerElement {
  @api connection: Connection | undefined;

  labels = { account, accountHelp, apiKey, apiKeyHelp, authorize, checking };
  account = '';
  apiKey = '';

  get bar() {
    return barOf(this.connection, this.failure);
  }

  get isIncomplete(): boolean {
    return this.busy || this.account.trim() === '' || this.apiKey.trim() === '';
  }

  handleAccount({ detail }: CustomEvent<{ value: string }>): void {
    this.account = detail.value;
  }

  handleKey({ detail }: CustomEvent<{ value: string }>): void {
    this.apiKey = detail.value;
  }

  async handleEnter({ key }: KeyboardEvent): Promise<void> {
    if (key === 'Enter' && !this.isIncomplete) await this.handleAuthorize();
  }

  async handleAuthorize(): Promise<void> {
    const isConnected = await this.attempt(async () => {
      await connect({ account: this.account.trim(), apiKey: this.apiKey.trim() });
    });
    if (!isConnected) return;
    // The key is not kept anywhere in the browser once it has served.
    this.apiKey = '';
    this.tell('changed');
  }
}
