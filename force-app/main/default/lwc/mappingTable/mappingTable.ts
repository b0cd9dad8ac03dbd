import { api } from 'lwc';
import type { MappingProblem, PlatformField, SalesforceField, SalesforceObject } from 'service';
import {
  emptyRow,
  pairUp,
  platformOptions,
  salesforceOptions,
  withPairs,
  type MappingRow,
  type Pairs,
} from 'c/pairing';
import ServerElement from 'c/serverElement';
import { fill } from 'c/text';
import getPairs from '@salesforce/apex/SetupController.getPairs';
import addMapping from '@salesforce/label/c.Action_AddMapping';
import removeMapping from '@salesforce/label/c.Action_RemoveMapping';
import removeNamed from '@salesforce/label/c.Mapping_RemoveNamed';
import empty from '@salesforce/label/c.Mapping_Empty';
import lossy from '@salesforce/label/c.Mapping_Lossy';
import oneWay from '@salesforce/label/c.Mapping_OneWay';
import platformField from '@salesforce/label/c.Mapping_ActiveCampaignField';
import reading from '@salesforce/label/c.Mapping_ReadingPairs';
import salesforceField from '@salesforce/label/c.Mapping_SalesforceField';
import selectPlatform from '@salesforce/label/c.Mapping_SelectActiveCampaignField';
import selectSalesforce from '@salesforce/label/c.Mapping_SelectSalesforceField';

type RowEvent<Detail> = CustomEvent<Detail> & { currentTarget: HTMLElement };

/** The rows of a mapping: which ActiveCampaign field goes with which Salesforce field. Fires `edit` with all rows. */
export default class MappingTable extends ServerElement {
  @api objectName: SalesforceObject = 'Lead';
  @api salesforceFields: readonly SalesforceField[] = [];
  @api platformFields: readonly PlatformField[] = [];
  /** What the service finds wrong with rows. */
  @api problems: readonly MappingProblem[] = [];
  /** Keys of ActiveCampaign fields that must stay mapped. */
  @api required: readonly string[] = [];

  @api get rows(): readonly MappingRow[] {
    return this.shownRows;
  }
  set rows(rows: readonly MappingRow[]) {
    this.shownRows = rows;
    void this.readPairs();
  }

  labels = {
    addMapping,
    empty,
    lossy,
    oneWay,
    platformField,
    reading,
    removeMapping,
    salesforceField,
    selectPlatform,
    selectSalesforce,
  };
  private shownRows: readonly MappingRow[] = [];
  private pairs: Pairs = new Map();

  override connectedCallback(): void {
    void this.readPairs();
  }

  get lines() {
    return this.shownRows.map((row, index) => {
      const field = this.platformFields.find(({ key }) => key === row.platform);
      const verdict = this.pairs.get(row.platform)?.get(row.salesforce);
      const label = field?.label ?? row.platform;
      return {
        index,
        key: `${index}-${row.platform}`,
        row,
        label,
        isFixed: field !== undefined && !field.custom,
        platformOptions: platformOptions(this.platformFields, this.shownRows, row.platform),
        salesforceOptions: salesforceOptions(this.salesforceFields, this.pairs.get(row.platform)),
        isWaiting: !this.pairs.has(row.platform),
        isOneWay: verdict?.direction === 'outbound',
        isLossy: verdict?.lossy === true,
        note: verdict?.reason ?? '',
        problems: this.problems
          .filter(({ salesforce, platform }) => salesforce === row.salesforce && platform === row.platform)
          .map(({ message }) => message),
        isRemovable: !this.required.includes(row.platform),
        removeLabel: fill(removeNamed, label),
      };
    });
  }

  get isEmpty(): boolean {
    return this.shownRows.length === 0;
  }

  get isComplete(): boolean {
    return this.platformFields.every(({ key }) => this.shownRows.some(({ platform }) => platform === key));
  }

  handleAdd(): void {
    this.change([...this.shownRows, emptyRow]);
  }

  handleRemove({ currentTarget }: { currentTarget: HTMLElement }): void {
    this.change(this.shownRows.toSpliced(indexOf(currentTarget), 1));
  }

  handlePlatform({ currentTarget, detail }: RowEvent<string>): void {
    this.replace(indexOf(currentTarget), { ...emptyRow, platform: detail });
  }

  handleSalesforce({ currentTarget, detail }: RowEvent<string>): void {
    const index = indexOf(currentTarget);
    this.replace(index, pairUp(detail, this.shownRows[index]?.platform ?? '', this.pairs));
  }

  async handleRetry(): Promise<void> {
    await this.readPairs();
  }

  private replace(index: number, row: MappingRow): void {
    this.change(this.shownRows.with(index, row));
  }

  private change(rows: readonly MappingRow[]): void {
    this.tell('edit', rows);
  }

  private async readPairs(): Promise<void> {
    if (!this.isConnected || this.busy) return;
    const keys = this.shownRows
      .map(({ platform }) => platform)
      .filter((key) => key !== '' && !this.pairs.has(key));
    if (keys.length === 0) return;
    const isRead = await this.attempt(async () => {
      const { pairs } = await getPairs({ objectName: this.objectName, platformFields: keys.join(',') });
      this.pairs = withPairs(this.pairs, keys, pairs);
    });
    // Rows may have been added meanwhile.
    if (isRead) await this.readPairs();
  }
}

function indexOf(element: HTMLElement): number {
  return Number(element.dataset['index']);
}
