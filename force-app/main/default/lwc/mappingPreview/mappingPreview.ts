import { api } from 'lwc';
import type { MappingPreview as Preview, SalesforceField, PlatformField, SalesforceObject } from 'service';
import type { MappingRow } from 'c/pairing';
import ServerElement from 'c/serverElement';
import { inWords } from 'c/values';
import previewMapping from '@salesforce/apex/SetupController.previewMapping';
import none from '@salesforce/label/c.Preview_None';
import platformValue from '@salesforce/label/c.Preview_PlatformValue';
import reading from '@salesforce/label/c.Preview_Reading';
import recordLabel from '@salesforce/label/c.Preview_Record';
import salesforceValue from '@salesforce/label/c.Preview_SalesforceValue';
import show from '@salesforce/label/c.Preview_Show';
import table from '@salesforce/label/c.Preview_Table';
import field from '@salesforce/label/c.Preview_Field';

type Problem = Preview['records'][number]['values'][number]['problem'];

/** Ten real records as a mapping would carry them over, before it is saved. */
export default class MappingPreview extends ServerElement {
  @api objectName: SalesforceObject = 'Lead';
  @api rows: readonly MappingRow[] = [];
  @api salesforceFields: readonly SalesforceField[] = [];
  @api platformFields: readonly PlatformField[] = [];

  labels = {
    field,
    none,
    platformValue,
    reading,
    record: recordLabel,
    salesforceValue,
    show,
    table,
  };
  private preview: Preview | undefined;
  /** The rows that it shows; when others are mapped it shows nothing any more. */
  private previewed = '';

  get isShown(): boolean {
    return this.records.length > 0;
  }

  get isEmpty(): boolean {
    return this.isCurrent && this.records.length === 0;
  }

  get isUnready(): boolean {
    return this.busy || this.rows.length === 0;
  }

  get lines() {
    return this.records.flatMap(({ salesforceId, name, values }) =>
      values.map((value, index) => ({
        key: `${salesforceId} ${value.platformField}`,
        // A record's name stands beside its first field only, as in a printed table.
        name: index === 0 ? (name ?? salesforceId) : '',
        field: `${this.salesforceLabel(value.salesforceField)} → ${this.platformLabel(value.platformField)}`,
        salesforce: inWords(value.salesforceValue),
        platform: inWords(value.platformValue),
        problem: explain(value.problem),
      })),
    );
  }

  async handleShow(): Promise<void> {
    await this.attempt(async () => {
      const mapping = this.mapping;
      this.preview = await previewMapping({ objectName: this.objectName, mapping });
      this.previewed = mapping;
    });
  }

  private get mapping(): string {
    return JSON.stringify({ fields: this.rows });
  }

  private get isCurrent(): boolean {
    return this.previewed === this.mapping;
  }

  private get records(): Preview['records'] {
    return this.isCurrent ? (this.preview?.records ?? []) : [];
  }

  private salesforceLabel(wanted: string): string {
    return this.salesforceFields.find(({ name }) => name === wanted)?.label ?? wanted;
  }

  private platformLabel(wanted: string): string {
    return this.platformFields.find(({ key }) => key === wanted)?.label ?? wanted;
  }
}

/** What is wrong with a value: what that means, what it is this time, and what helps. */
function explain(problem: Problem): string {
  if (problem === null) return '';
  const { meaning, message, remedy } = problem;
  return [meaning, ...(message === meaning ? [] : [message]), remedy].join(' ');
}
