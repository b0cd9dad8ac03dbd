import { api } from 'lwc';
import ServerElement from 'c/serverElement';
import disconnect from '@salesforce/apex/SetupController.disconnect';
import cancel from '@salesforce/label/c.Action_Cancel';
import confirm from '@salesforce/label/c.Connect_DisconnectConfirm';
import disconnectLabel from '@salesforce/label/c.Action_Disconnect';
import working from '@salesforce/label/c.Connect_Disconnecting';

/** Ends a connection, after asking. Fires `changed`. */
export default class Disconnect extends ServerElement {
  @api connectionId = '';

  labels = { cancel, confirm, disconnect: disconnectLabel, working };
  isAsking = false;

  handleAsk(): void {
    this.isAsking = true;
  }

  handleCancel(): void {
    this.isAsking = false;
  }

  async handleConfirm(): Promise<void> {
    const isDone = await this.attempt(async () => {
      await disconnect({ connectionId: this.connectionId });
    });
    this.isAsking = false;
    if (isDone) this.tell('changed');
  }
}
