import type { Fields, MappingProblem, ObjectMapping, PlatformField, SalesforceObject } from 'service';
import type { MappingRow } from 'c/pairing';
import ServerElement from 'c/serverElement';
import type { Page } from 'c/wizard';
import checkMapping from '@salesforce/apex/MappingController.checkMapping';
import getFields from '@salesforce/apex/MappingController.getFields';
import getMappings from '@salesforce/apex/MappingController.getMappings';
import saveMapping from '@salesforce/apex/MappingController.saveMapping';
import account from '@salesforce/label/c.Mapping_Account';
import accountToggle from '@salesforce/label/c.Mapping_AccountToggle';
import customContact from '@salesforce/label/c.Mapping_CustomContact';
import customLead from '@salesforce/label/c.Mapping_CustomLead';
import heading from '@salesforce/label/c.Step_Mapping';
import incomplete from '@salesforce/label/c.Mapping_Incomplete';
import noAccounts from '@salesforce/label/c.Mapping_NoAccounts';
import off from '@salesforce/label/c.State_Off';
import on from '@salesforce/label/c.State_On';
import reading from '@salesforce/label/c.Mapping_Reading';
import saving from '@salesforce/label/c.State_Saving';
import standardContact from '@salesforce/label/c.Mapping_StandardContact';
import standardLead from '@salesforce/label/c.Mapping_StandardLead';

interface MappingPage extends Page {
  readonly object: SalesforceObject;
  /** Whether the page is about this ActiveCampaign field. */
  readonly holds: (field: PlatformField) => boolean;
}

const isCustom = ({ custom }: PlatformField): boolean => custom;
const isStandard = (field: PlatformField): boolean => !isCustom(field);

const pages: readonly [MappingPage, ...MappingPage[]] = [
  { id: 'standardLead', label: standardLead, object: 'Lead', holds: isStandard },
  { id: 'customLead', label: customLead, object: 'Lead', holds: isCustom },
  { id: 'standardContact', label: standardContact, object: 'Contact', holds: isStandard },
  { id: 'customContact', label: customContact, object: 'Contact', holds: isCustom },
  { id: 'account', label: account, object: 'Account', holds: () => true },
];

/** Step 2: which fields go together, on five pages. Fires `saved` at its end and `close` on the way back. */
export default class StepMapping extends ServerElement {
  labels = { accountToggle, heading, incomplete, noAccounts, off, on, reading, saving };
  pages = pages;
  isIncomplete = false;
  problems: readonly MappingProblem[] = [];
  private position = 0;
  private fields: Fields | undefined;
  private drafts: readonly ObjectMapping[] = [];

  override connectedCallback(): void {
    void this.handleRead();
  }

  async handleRead(): Promise<void> {
    await this.attempt(async () => {
      const [fields, { mappings }] = await Promise.all([getFields(), getMappings()]);
      this.fields = fields;
      this.drafts = mappings;
    });
  }

  get page(): MappingPage {
    return pages[this.position] ?? pages[0];
  }

  get isReady(): boolean {
    return this.fields !== undefined && this.drafts.length > 0;
  }

  get busyText(): string {
    return this.isReady ? saving : reading;
  }

  get isBlocked(): boolean {
    return this.busy || !this.isReady;
  }

  get isAccount(): boolean {
    return this.page.object === 'Account';
  }

  get hasNoAccounts(): boolean {
    return this.isAccount && this.fields?.platform.account === null;
  }

  get isAccountOn(): boolean {
    return !this.hasNoAccounts && this.draft.enabled;
  }

  /** The page with its table, made anew for each page; none where there is nothing to map. */
  get openPages(): readonly MappingPage[] {
    return this.isReady && (!this.isAccount || this.isAccountOn) ? [this.page] : [];
  }

  get salesforceFields(): Fields['salesforce']['Lead'] {
    return this.fields?.salesforce[this.page.object] ?? [];
  }

  /** All of the object: the page's own are among them. */
  get objectPlatformFields(): readonly PlatformField[] {
    return (this.isAccount ? this.fields?.platform.account : this.fields?.platform.contact) ?? [];
  }

  get platformFields(): readonly PlatformField[] {
    return this.objectPlatformFields.filter(this.page.holds);
  }

  /** ActiveCampaign knows people by their address and accounts by their name. */
  get required(): readonly string[] {
    return [this.isAccount ? 'name' : 'email'];
  }

  get rows(): readonly MappingRow[] {
    return this.draft.fields.filter((row) => this.isOnPage(row));
  }

  get completeRows(): readonly MappingRow[] {
    return this.draft.fields.filter(isComplete);
  }

  get generalProblems(): readonly string[] {
    return this.problems.filter(({ salesforce }) => salesforce === null).map(({ message }) => message);
  }

  handleRows({ detail }: CustomEvent<readonly MappingRow[]>): void {
    const others = this.draft.fields.filter((row) => !this.isOnPage(row));
    this.change({ ...this.draft, fields: [...others, ...detail] });
  }

  handleToggle({ detail }: CustomEvent<{ checked: boolean }>): void {
    this.change({ ...this.draft, enabled: detail.checked });
  }

  handleBack(): void {
    if (this.position === 0) this.tell('close');
    else this.goTo(this.position - 1);
  }

  async handleNext(): Promise<void> {
    const draft = { ...this.draft, fields: this.draft.fields.filter((row) => !isBlank(row)) };
    this.change(draft);
    this.isIncomplete = !draft.fields.every(isComplete);
    if (this.isIncomplete || !(await this.check(draft))) return;
    if (this.position < pages.length - 1) this.goTo(this.position + 1);
    else if (await this.save()) this.tell('saved');
  }

  private async check({ object, enabled, fields }: ObjectMapping): Promise<boolean> {
    if (!enabled) return true;
    const isChecked = await this.attempt(async () => {
      const mapping = JSON.stringify({ enabled, fields });
      ({ problems: this.problems } = await checkMapping({ objectName: object, mapping }));
    });
    return isChecked && this.problems.every(({ severity }) => severity !== 'error');
  }

  private async save(): Promise<boolean> {
    return this.attempt(async () => {
      for (const { object, enabled, fields } of this.drafts) {
        await saveMapping({ objectName: object, mapping: JSON.stringify({ enabled, fields }) });
      }
    });
  }

  private goTo(position: number): void {
    this.position = position;
    this.problems = [];
    this.isIncomplete = false;
  }

  private get draft(): ObjectMapping {
    const { object } = this.page;
    const nothing = { object, enabled: false, saved: false, fields: [], problems: [] };
    return this.drafts.find((draft) => draft.object === object) ?? nothing;
  }

  private change(draft: ObjectMapping): void {
    this.problems = [];
    this.drafts = this.drafts.map((other) => (other.object === draft.object ? draft : other));
  }

  /** A row without an ActiveCampaign field is being filled in on the page that is open. */
  private isOnPage({ platform }: MappingRow): boolean {
    return platform === '' || this.platformFields.some(({ key }) => key === platform);
  }
}

function isComplete({ salesforce, platform }: MappingRow): boolean {
  return salesforce !== '' && platform !== '';
}

function isBlank({ salesforce, platform }: MappingRow): boolean {
  return salesforce === '' && platform === '';
}
