import { wire } from 'lwc';
import { getObjectInfo, type ObjectInfoResult } from 'lightning/uiObjectInfoApi';
import type {
  Fields,
  MappingProblem,
  ObjectMapping,
  PlatformField,
  SalesforceField,
  SalesforceObject,
} from 'service';
import { inPackagesWords, inUsersWords } from 'c/fieldWords';
import { bodyOf, isBlank, isComplete } from 'c/mappingDraft';
import type { MappingRow } from 'c/pairing';
import ServerElement from 'c/serverElement';
import type { Page } from 'c/wizard';
import checkMapping from '@salesforce/apex/SetupController.checkMapping';
import getFields from '@salesforce/apex/SetupController.getFields';
import getMappings from '@salesforce/apex/SetupController.getMappings';
import saveMapping from '@salesforce/apex/SetupController.saveMapping';
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

/** Step 2: which fields go together, on five pages. Fires `saved` at its end, `close` on the way back and where nothing has changed. */
export default class StepMapping extends ServerElement {
  labels = { accountToggle, heading, incomplete, noAccounts, off, on, reading, saving };
  pages = pages;
  isIncomplete = false;
  problems: readonly MappingProblem[] = [];
  private position = 0;
  private fields: Fields | undefined;
  private drafts: readonly ObjectMapping[] = [];
  /** What each object's mapping was when it was read. */
  private inForce: readonly ObjectMapping[] = [];

  @wire(getObjectInfo, { objectApiName: '$page.object' })
  objectInfo: ObjectInfoResult = {};

  override connectedCallback(): void {
    void this.handleRead();
  }

  async handleRead(): Promise<void> {
    await this.attempt(async () => {
      const [fields, { mappings }] = await Promise.all([getFields(), getMappings()]);
      this.fields = fields;
      this.drafts = mappings;
      this.inForce = mappings;
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

  /** Whether the page is about accounts, which the ActiveCampaign plan lacks. */
  get hasNoAccounts(): boolean {
    return this.isAccount && !this.hasAccounts;
  }

  get isAccountOn(): boolean {
    return this.draft.enabled;
  }

  get isAccountNameOn(): boolean {
    return this.hasNoAccounts && this.draft.enabled;
  }

  get accountNameField(): string | null {
    return this.draft.accountNameField ?? null;
  }

  /** The contact fields that no other field of a Contact is mapped to. */
  get freeContactFields(): readonly PlatformField[] {
    const contact = this.drafts.find(({ object }) => object === 'Contact');
    return this.contactFields.filter(({ key }) => !contact?.fields.some(({ platform }) => platform === key));
  }

  /** The page with its table, made anew for each page; none where there is nothing to map. */
  get openPages(): readonly MappingPage[] {
    const isOpen = this.isAccount ? this.hasAccounts && this.draft.enabled : true;
    return this.isReady && isOpen ? [this.page] : [];
  }

  get salesforceFields(): readonly SalesforceField[] {
    return inUsersWords(this.fields?.salesforce[this.page.object] ?? [], this.objectInfo);
  }

  /** All of the object: the page's own are among them. */
  get objectPlatformFields(): readonly PlatformField[] {
    return this.isAccount ? inPackagesWords(this.fields?.platform.account ?? []) : this.contactFields;
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

  /** Those that no row of a table shows. */
  get generalProblems(): readonly string[] {
    return this.problems
      .filter(({ salesforce }) => salesforce === null || this.hasNoAccounts)
      .map(({ message }) => message);
  }

  handleRows({ detail }: CustomEvent<readonly MappingRow[]>): void {
    const others = this.draft.fields.filter((row) => !this.isOnPage(row));
    this.change({ ...this.draft, fields: [...others, ...detail] });
  }

  handleToggle({ detail }: CustomEvent<{ checked: boolean }>): void {
    this.change({ ...this.draft, enabled: detail.checked });
  }

  handleAccountName({ detail }: CustomEvent<string>): void {
    this.change({ ...this.draft, accountNameField: detail });
  }

  handleBack(): void {
    if (this.position === 0) this.tell('close');
    else this.goTo(this.position - 1);
  }

  async handleNext(): Promise<void> {
    const draft = { ...this.draft, fields: this.draft.fields.filter((row) => !isBlank(row)) };
    this.change(draft);
    this.isIncomplete = !draft.fields.every(isComplete) || (this.isAccountNameOn && !draft.accountNameField);
    if (this.isIncomplete || !(await this.check(draft))) return;
    if (this.position < pages.length - 1) this.goTo(this.position + 1);
    else await this.finish();
  }

  private async check(draft: ObjectMapping): Promise<boolean> {
    if (!draft.enabled) return true;
    const isChecked = await this.attempt(async () => {
      const mapping = bodyOf(draft, this.hasAccounts);
      ({ problems: this.problems } = await checkMapping({ objectName: draft.object, mapping }));
    });
    return isChecked && this.problems.every(({ severity }) => severity !== 'error');
  }

  /** A mapping that is as it was is not saved again, as all records are read anew after that. */
  private async finish(): Promise<void> {
    const changed = this.drafts.filter((draft) => this.isNew(draft));
    if (changed.length === 0) this.tell('close');
    else if (await this.save(changed)) this.tell('saved');
  }

  private isNew(draft: ObjectMapping): boolean {
    const before = this.inForce.find(({ object }) => object === draft.object);
    return before?.saved !== true || bodyOf(before, this.hasAccounts) !== bodyOf(draft, this.hasAccounts);
  }

  private async save(drafts: readonly ObjectMapping[]): Promise<boolean> {
    return this.attempt(async () => {
      for (const draft of drafts) {
        await saveMapping({ objectName: draft.object, mapping: bodyOf(draft, this.hasAccounts) });
      }
    });
  }

  private goTo(position: number): void {
    this.position = position;
    this.problems = [];
    this.isIncomplete = false;
  }

  private get contactFields(): readonly PlatformField[] {
    return inPackagesWords(this.fields?.platform.contact ?? []);
  }

  private get hasAccounts(): boolean {
    return this.fields?.platform.account !== null;
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
