import { LightningElement, api } from 'lwc';
import type { CriteriaSelection, SalesforceField, SelectionRule } from 'service';
import addRule from '@salesforce/label/c.Action_AddRule';
import matchAll from '@salesforce/label/c.Selection_MatchAll';
import matchAny from '@salesforce/label/c.Selection_MatchAny';
import matchLabel from '@salesforce/label/c.Selection_Match';

type RowEvent<Detail> = CustomEvent<Detail> & { currentTarget: HTMLElement };

/** The most rules that a selection can have. */
const MOST_RULES = 50;

/** Rules by which records are chosen. Fires `edit` with the selection. */
export default class RuleBuilder extends LightningElement {
  @api selection: CriteriaSelection = { mode: 'criteria', match: 'all', rules: [] };
  @api fields: readonly SalesforceField[] = [];

  labels = { addRule, match: matchLabel };
  matches = [
    { value: 'all', label: matchAll },
    { value: 'any', label: matchAny },
  ];

  get rows() {
    return this.selection.rules.map((rule, index) => ({ rule, index }));
  }

  get searchable(): readonly SalesforceField[] {
    return this.fields.filter(({ operators }) => operators.length > 0);
  }

  get isFull(): boolean {
    return this.selection.rules.length >= MOST_RULES;
  }

  handleMatch({ detail }: CustomEvent<{ value: CriteriaSelection['match'] }>): void {
    this.change({ ...this.selection, match: detail.value });
  }

  handleAdd(): void {
    this.changeRules([...this.selection.rules, { field: '', operator: 'equals', value: null }]);
  }

  handleRule({ currentTarget, detail }: RowEvent<SelectionRule>): void {
    this.changeRules(this.selection.rules.with(indexOf(currentTarget), detail));
  }

  handleRemove({ currentTarget }: { currentTarget: HTMLElement }): void {
    this.changeRules(this.selection.rules.toSpliced(indexOf(currentTarget), 1));
  }

  private changeRules(rules: CriteriaSelection['rules']): void {
    this.change({ ...this.selection, rules });
  }

  private change(selection: CriteriaSelection): void {
    this.dispatchEvent(new CustomEvent('edit', { detail: selection }));
  }
}

function indexOf(element: HTMLElement): number {
  return Number(element.dataset['index']);
}
