import { LightningElement, api } from 'lwc';
import type { RecordField as Field } from 'service';
import { inWords } from 'c/values';
import agreed from '@salesforce/label/c.Record_Agreed';
import choice from '@salesforce/label/c.Record_ByChoice';
import edit from '@salesforce/label/c.Record_ByEdit';
import keepPlatform from '@salesforce/label/c.Record_KeepPlatform';
import keepSalesforce from '@salesforce/label/c.Record_KeepSalesforce';
import lastWriter from '@salesforce/label/c.Record_LastWriter';
import platform from '@salesforce/label/c.Record_Platform';
import policy from '@salesforce/label/c.Record_ByPolicy';
import salesforce from '@salesforce/label/c.Record_Salesforce';

const reasons = { edit, policy, choice } as const;

/** A field in Salesforce, as last agreed, and in ActiveCampaign. Fires `choose` with the winner of a conflict. */
export default class RecordField extends LightningElement {
  /** What the reader calls the field. */
  @api label = '';
  @api field: Field | undefined;
  @api disabled = false;

  labels = { keepPlatform, keepSalesforce };

  get values() {
    return [
      { label: salesforce, value: inWords(this.field?.salesforce) },
      { label: agreed, value: inWords(this.field?.agreed) },
      { label: platform, value: inWords(this.field?.platform) },
    ];
  }

  get writer(): string {
    const writer = this.field?.lastWriter;
    if (!writer) return '';
    const side = writer.side === 'salesforce' ? salesforce : platform;
    return `${lastWriter}: ${side}. ${reasons[writer.reason]}`;
  }

  get writtenAt(): string | null {
    return this.field?.lastWriter?.at ?? null;
  }

  get isConflict(): boolean {
    return this.field !== undefined && this.field.conflictId !== null;
  }

  handleSalesforce(): void {
    this.choose('salesforce');
  }

  handlePlatform(): void {
    this.choose('platform');
  }

  private choose(winner: 'salesforce' | 'platform'): void {
    const conflictId = this.field?.conflictId;
    this.dispatchEvent(new CustomEvent('choose', { detail: { conflictId, winner } }));
  }
}
