import { api } from 'lwc';
import type { Offers } from 'service';
import ServerElement from 'c/serverElement';
import getOffers from '@salesforce/apex/RecordController.getOffers';
import off from '@salesforce/label/c.Automation_Off';
import reading from '@salesforce/label/c.Offer_Reading';
import title from '@salesforce/label/c.Automation_Title';

/** Campaigns to send to this lead or contact, and automations to add them to, as the admin offers them. */
export default class CxAutomation extends ServerElement {
  @api recordId = '';

  labels = { off, reading, heading: title };
  offers: Offers | undefined;

  override connectedCallback(): void {
    void this.handleRead();
  }

  get isOn(): boolean {
    return this.offers?.enabled === true;
  }

  get isOff(): boolean {
    return this.offers?.enabled === false;
  }

  async handleRead(): Promise<void> {
    await this.attempt(async () => {
      this.offers = await getOffers();
    });
  }
}
