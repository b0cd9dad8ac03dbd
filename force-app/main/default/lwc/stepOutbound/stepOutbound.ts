import { wire } from 'lwc';
import { getObjectInfo, type ObjectInfoResult } from 'lightning/uiObjectInfoApi';
import type { Fields, Person, SalesforceField, Selection } from 'service';
import { inUsersWords } from 'c/fieldWords';
import { isComplete } from 'c/rules';
import ServerElement from 'c/serverElement';
import type { Page } from 'c/wizard';
import getFields from '@salesforce/apex/SetupController.getFields';
import getSelections from '@salesforce/apex/SetupController.getSelections';
import saveSelection from '@salesforce/apex/SetupController.saveSelection';
import contacts from '@salesforce/label/c.Selection_Contacts';
import heading from '@salesforce/label/c.Step_Outbound';
import leads from '@salesforce/label/c.Selection_Leads';
import reading from '@salesforce/label/c.Selection_Reading';
import saving from '@salesforce/label/c.State_Saving';
import scheduling from '@salesforce/label/c.Schedule_Title';

interface OutboundPage extends Page {
  /** Whose selection it is; null: the schedule. */
  readonly object: Person | null;
}

const pages: readonly [OutboundPage, ...OutboundPage[]] = [
  { id: 'leads', label: leads, object: 'Lead' },
  { id: 'contacts', label: contacts, object: 'Contact' },
  { id: 'schedule', label: scheduling, object: null },
];

/** Step 3: which leads and contacts are synced, saved page by page, and how often. Fires `close`. */
export default class StepOutbound extends ServerElement {
  labels = { heading };
  pages = pages;
  private position = 0;
  private isScheduled = false;
  private fields: Fields | undefined;
  private drafts: Readonly<Partial<Record<Person, Selection>>> = {};

  @wire(getObjectInfo, { objectApiName: '$selectedObject' })
  objectInfo: ObjectInfoResult = {};

  override connectedCallback(): void {
    void this.handleRead();
  }

  async handleRead(): Promise<void> {
    await this.attempt(async () => {
      const [fields, { selections }] = await Promise.all([getFields(), getSelections()]);
      this.drafts = Object.fromEntries(selections.map(({ object, selection }) => [object, selection]));
      this.fields = fields;
    });
  }

  get page(): OutboundPage {
    return pages[this.position] ?? pages[0];
  }

  /** The page with its selection, made anew for each page; none where there is nothing to select. */
  get openPages() {
    const { id, object } = this.page;
    if (object === null || this.fields === undefined) return [];
    const fields: readonly SalesforceField[] = inUsersWords(this.fields.salesforce[object], this.objectInfo);
    return [{ id, object, fields, selection: this.draft }];
  }

  get selectedObject(): string {
    return this.page.object ?? '';
  }

  get isSchedule(): boolean {
    return this.page.object === null;
  }

  get busyText(): string {
    return this.fields === undefined ? reading : saving;
  }

  get isBlocked(): boolean {
    if (this.isSchedule) return !this.isScheduled;
    return this.busy || this.fields === undefined || !isComplete(this.draft);
  }

  handleSelection({ detail }: CustomEvent<Selection>): void {
    const { object } = this.page;
    if (object !== null) this.drafts = { ...this.drafts, [object]: detail };
  }

  handleScheduled({ detail }: CustomEvent<boolean>): void {
    this.isScheduled = detail;
  }

  handleBack(): void {
    if (this.position === 0) this.tell('close');
    else this.position -= 1;
  }

  async handleNext(): Promise<void> {
    const { object } = this.page;
    if (object === null) this.tell('close');
    else if (await this.save(object)) this.position += 1;
  }

  private async save(object: Person): Promise<boolean> {
    return this.attempt(async () => {
      const saved = await saveSelection({ objectName: object, selection: JSON.stringify(this.draft) });
      this.drafts = { ...this.drafts, [object]: saved };
    });
  }

  private get draft(): Selection {
    const { object } = this.page;
    return (object === null ? undefined : this.drafts[object]) ?? { mode: 'none' };
  }
}
