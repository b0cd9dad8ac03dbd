import { api } from 'lwc';
import type { SyncedRecord } from 'service';
import type { Failure } from 'c/failure';
import ServerElement from 'c/serverElement';
import chooseConflict from '@salesforce/apex/RecordController.chooseConflict';
import getRecord from '@salesforce/apex/RecordController.getRecord';
import syncNow from '@salesforce/apex/RecordController.syncNow';
import notSynced from '@salesforce/label/c.Record_NotSynced';
import reading from '@salesforce/label/c.State_Loading';
import refresh from '@salesforce/label/c.Action_Refresh';
import started from '@salesforce/label/c.Record_SyncStarted';
import sync from '@salesforce/label/c.Action_SyncNow';
import title from '@salesforce/label/c.Record_Title';

const NOT_SYNCED = 'SYNC_RECORD_NOT_SYNCED';

/** How the sync of this record stands: in words, field by field, with what a person can do about it. */
export default class RecordSync extends ServerElement {
  @api recordId = '';

  labels = { notSynced, reading, refresh, started, sync, heading: title };
  record: SyncedRecord | undefined;
  isStarted = false;

  override connectedCallback(): void {
    void this.handleRead();
  }

  get isNotSynced(): boolean {
    return this.failure?.code === NOT_SYNCED;
  }

  get shownFailure(): Failure | undefined {
    return this.isNotSynced ? undefined : this.failure;
  }

  get fields() {
    return (this.record?.fields ?? []).map((field) => ({ key: field.platformField, field }));
  }

  async handleRead(): Promise<void> {
    await this.attempt(async () => {
      this.record = await getRecord({ recordId: this.recordId });
    });
  }

  async handleSync(): Promise<void> {
    this.isStarted = await this.attempt(async () => {
      await syncNow({ recordId: this.recordId });
    });
  }

  async handleChoose({
    detail,
  }: CustomEvent<{ conflictId: number; winner: 'salesforce' | 'platform' }>): Promise<void> {
    const isChosen = await this.attempt(async () => {
      await chooseConflict({ recordId: this.recordId, ...detail });
    });
    if (isChosen) await this.handleRead();
  }
}
