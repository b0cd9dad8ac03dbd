import { LightningElement, api } from 'lwc';
import type { CriteriaSelection, Person, SalesforceField, Selection } from 'service';
import { everybodyWithAnAddress } from 'c/rules';
import createdContacts from '@salesforce/label/c.Selection_CreatedContacts';
import createdLeads from '@salesforce/label/c.Selection_CreatedLeads';
import criteriaContacts from '@salesforce/label/c.Selection_CriteriaContacts';
import criteriaLeads from '@salesforce/label/c.Selection_CriteriaLeads';
import emailNeeded from '@salesforce/label/c.Selection_EmailNeeded';
import flaggedContacts from '@salesforce/label/c.Selection_FlaggedContacts';
import flaggedHelp from '@salesforce/label/c.Selection_FlaggedHelp';
import flaggedLeads from '@salesforce/label/c.Selection_FlaggedLeads';
import modeContacts from '@salesforce/label/c.Selection_ModeContacts';
import modeLeads from '@salesforce/label/c.Selection_ModeLeads';
import noContacts from '@salesforce/label/c.Selection_NoContacts';
import noLeads from '@salesforce/label/c.Selection_NoLeads';

type Mode = Selection['mode'];

const texts: Readonly<Record<Person, Readonly<Record<Mode | 'label', string>>>> = {
  Lead: {
    label: modeLeads,
    none: noLeads,
    created: createdLeads,
    flagged: flaggedLeads,
    criteria: criteriaLeads,
  },
  Contact: {
    label: modeContacts,
    none: noContacts,
    created: createdContacts,
    flagged: flaggedContacts,
    criteria: criteriaContacts,
  },
};

const modes: readonly Mode[] = ['none', 'created', 'flagged', 'criteria'];

/** What each choice begins with; rules begin with everybody who can be synced. */
const beginnings: Readonly<Record<Mode, Selection>> = {
  none: { mode: 'none' },
  created: { mode: 'created' },
  flagged: { mode: 'flagged' },
  criteria: everybodyWithAnAddress,
};

/** Which records of an object are synced: one of four ways, rules where they are chosen. Fires `edit`. */
export default class SelectionEditor extends LightningElement {
  @api objectName: Person = 'Lead';
  @api selection: Selection = { mode: 'none' };
  @api fields: readonly SalesforceField[] = [];

  labels = { emailNeeded, flaggedHelp };

  get modeLabel(): string {
    return texts[this.objectName].label;
  }

  get modes() {
    return modes.map((mode) => ({ value: mode, label: texts[this.objectName][mode] }));
  }

  get isFlagged(): boolean {
    return this.selection.mode === 'flagged';
  }

  get isCriteria(): boolean {
    return this.selection.mode === 'criteria';
  }

  get isUsed(): boolean {
    return this.selection.mode !== 'none';
  }

  handleMode({ detail }: CustomEvent<{ value: Mode }>): void {
    this.change(beginnings[detail.value]);
  }

  handleRules({ detail }: CustomEvent<CriteriaSelection>): void {
    this.change(detail);
  }

  private change(selection: Selection): void {
    this.dispatchEvent(new CustomEvent('edit', { detail: selection }));
  }
}
