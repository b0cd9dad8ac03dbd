import { LightningElement, api, wire } from 'lwc';
import { getObjectInfo, type ObjectInfoResult } from 'lightning/uiObjectInfoApi';
import type { DryRunDirection, DryRunSample } from 'service';
import { fill, write } from 'c/text';
import { inWords } from 'c/values';
import arrow from '@salesforce/label/c.DryRun_Change';
import conflict from '@salesforce/label/c.DryRun_Conflict';
import create from '@salesforce/label/c.DryRun_Create';
import reasons from '@salesforce/label/c.DryRun_Reasons';
import samples from '@salesforce/label/c.DryRun_Samples';
import skip from '@salesforce/label/c.DryRun_Skip';
import unchanged from '@salesforce/label/c.DryRun_Unchanged';
import update from '@salesforce/label/c.DryRun_Update';

const kinds: Readonly<Record<DryRunSample['kind'], string>> = { create, update, conflict, skip };

/** What a dry run found out about one direction: counts, reasons and samples. */
export default class DryRunResult extends LightningElement {
  /** Where the data would go. */
  @api heading = '';
  @api result: DryRunDirection | undefined;

  labels = { reasons, samples };

  /** What the org calls its fields, in the user's language. */
  @wire(getObjectInfo, { objectApiName: 'Lead' })
  lead: ObjectInfoResult = {};

  @wire(getObjectInfo, { objectApiName: 'Contact' })
  contact: ObjectInfoResult = {};

  @wire(getObjectInfo, { objectApiName: 'Account' })
  account: ObjectInfoResult = {};

  get counts() {
    const { result } = this;
    if (result === undefined) return [];
    return [
      { label: create, count: result.create },
      { label: update, count: result.update },
      { label: conflict, count: result.conflict },
      { label: skip, count: result.skip },
      { label: unchanged, count: result.unchanged },
    ].map(({ label, count }) => ({ label, count: write(count) }));
  }

  get skips(): DryRunDirection['skips'] {
    return this.result?.skips ?? [];
  }

  get samples() {
    return (this.result?.samples ?? []).map((sample, index) => ({
      key: `${index}`,
      title: `${kinds[sample.kind]}: ${sample.name ?? sample.salesforceId ?? sample.platformId ?? ''}`,
      code: sample.code ?? '',
      fields: sample.fields.map((field) => ({
        key: field.platformField,
        text: fill(arrow, this.labelOf(sample.object, field), inWords(field.from), inWords(field.to)),
      })),
    }));
  }

  get hasSamples(): boolean {
    return this.samples.length > 0;
  }

  private labelOf(
    object: DryRunSample['object'],
    { salesforceField, salesforceLabel }: DryRunSample['fields'][number],
  ): string {
    const { data } = { Lead: this.lead, Contact: this.contact, Account: this.account }[object];
    return data?.fields[salesforceField]?.label ?? salesforceLabel ?? salesforceField;
  }
}
