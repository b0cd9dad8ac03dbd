import { LightningElement, api, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { getFieldValue, getRecord, notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';
import TITLE from '@salesforce/schema/Lead.Title';
import retry from '@salesforce/label/c.Action_Retry';

/** Uses what the shell gives components, one thing for each button. */
export default class Probe extends NavigationMixin(LightningElement) {
  @api recordId;

  label = retry;

  @wire(getRecord, { recordId: '$recordId', fields: [TITLE] })
  record;

  get title() {
    return getFieldValue(this.record?.data, TITLE);
  }

  handleToast() {
    this.dispatchEvent(
      new ShowToastEvent({
        title: 'Saved',
        message: 'See {0}.',
        messageData: ['the lead'],
        variant: 'success',
      }),
    );
  }

  handleNavigate() {
    this[NavigationMixin.Navigate]({
      type: 'standard__objectPage',
      attributes: { objectApiName: 'Contact', actionName: 'list' },
    });
  }

  async handleUpdate() {
    await updateRecord({ fields: { Id: this.recordId, Title: 'Countess' } });
  }

  async handleNotify() {
    await notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
  }
}
