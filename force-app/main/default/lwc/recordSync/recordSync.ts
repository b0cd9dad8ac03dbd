import { api, wire } from 'lwc';
import {
  getObjectInfo,
  getPicklistValues,
  type ObjectInfoResult,
  type PicklistValuesResult,
} from 'lightning/uiObjectInfoApi';
import { getRecord as followRecord, type RecordResult } from 'lightning/uiRecordApi';
import type { SyncedRecord } from 'service';
import RecordElement from 'c/recordElement';
import chooseConflict from '@salesforce/apex/RecordController.chooseConflict';
import getRecord from '@salesforce/apex/RecordController.getRecord';
import syncNow from '@salesforce/apex/RecordController.syncNow';
import chosen from '@salesforce/label/c.Record_Chosen';
import notSynced from '@salesforce/label/c.Record_NotSynced';
import reading from '@salesforce/label/c.State_Loading';
import refresh from '@salesforce/label/c.Action_Refresh';
import started from '@salesforce/label/c.Record_SyncStarted';
import sync from '@salesforce/label/c.Action_SyncNow';
import title from '@salesforce/label/c.Record_Title';
import STATUS from '@salesforce/schema/Lead.ActiveCampaign_Sync_Status__c';

/** A field that every edit of a record changes. */
const MODIFIED = 'LastModifiedDate';
/** The record type that every object has; it has all values of a picklist. */
const MASTER_RECORD_TYPE = '012000000000000AAA';

/** How the sync of this record stands: in words, field by field, with what a person can do about it. */
export default class RecordSync extends RecordElement<SyncedRecord> {
  /** The object of the page's record, which the page sets. */
  @api objectApiName = '';

  labels = { notSynced, reading, refresh, sync, heading: title };
  masterRecordType = MASTER_RECORD_TYPE;
  /** What came of what the user did last. */
  notice = '';
  private modified: unknown;

  /** The org's own words for fields and statuses, in the user's language. */
  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  objectInfo: ObjectInfoResult = {};

  @wire(getPicklistValues, { recordTypeId: '$masterRecordType', fieldApiName: '$statusField' })
  statuses: PicklistValuesResult = {};

  get record(): SyncedRecord | undefined {
    return this.answer;
  }

  get status(): string {
    const status = this.record?.status ?? '';
    return this.statuses.data?.values.find(({ value }) => value === status)?.label ?? status;
  }

  get statusField(): typeof STATUS | undefined {
    return this.objectApiName === '' ? undefined : { ...STATUS, objectApiName: this.objectApiName };
  }

  get followedFields(): readonly string[] | undefined {
    return this.objectApiName === '' ? undefined : [`${this.objectApiName}.${MODIFIED}`];
  }

  get fields() {
    return (this.record?.fields ?? []).map((field) => ({
      key: field.platformField,
      label:
        this.objectInfo.data?.fields[field.salesforceField]?.label ??
        field.salesforceLabel ??
        field.salesforceField,
      field,
    }));
  }

  /** An edit on the page shows here without a refresh. */
  @wire(followRecord, { recordId: '$recordId', fields: '$followedFields' })
  handleRecord({ data }: RecordResult): void {
    if (data === undefined) return;
    const isEdited = this.modified !== undefined;
    const modified = data.fields[MODIFIED]?.value;
    if (modified === this.modified) return;
    this.modified = modified;
    if (isEdited) void this.handleRead();
  }

  async handleSync(): Promise<void> {
    const isStarted = await this.attempt(async () => {
      await syncNow({ recordId: this.recordId });
    });
    this.notice = isStarted ? started : '';
  }

  async handleChoose({
    detail,
  }: CustomEvent<{ conflictId: number; winner: 'salesforce' | 'platform' }>): Promise<void> {
    const isChosen = await this.attempt(async () => {
      await chooseConflict({ recordId: this.recordId, ...detail });
    });
    if (!isChosen) return;
    await this.handleRead();
    this.notice = chosen;
  }

  protected override read(recordId: string): Promise<SyncedRecord> {
    this.notice = '';
    return getRecord({ recordId });
  }

  protected override forget(): void {
    super.forget();
    this.modified = undefined;
  }
}
