import type { Offers } from 'service';
import RecordElement from 'c/recordElement';
import getOffers from '@salesforce/apex/RecordController.getOffers';
import off from '@salesforce/label/c.Automation_Off';
import reading from '@salesforce/label/c.Offer_Reading';
import title from '@salesforce/label/c.Automation_Title';

/** Campaigns to send to this lead or contact, and automations to add them to, as the admin offers them. */
export default class CxAutomation extends RecordElement<Offers> {
  labels = { off, reading, heading: title };

  get offers(): Offers | undefined {
    return this.answer;
  }

  get isOn(): boolean {
    return this.offers?.enabled === true;
  }

  get isOff(): boolean {
    return this.offers?.enabled === false;
  }

  protected override read(): Promise<Offers> {
    return getOffers();
  }
}
