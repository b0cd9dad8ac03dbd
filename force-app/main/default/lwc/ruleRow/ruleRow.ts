import { LightningElement, api } from 'lwc';
import type { SalesforceField, SelectionRule } from 'service';
import { fill } from 'c/text';
import type { PickerOption } from 'c/fieldPicker';
import { typeWord } from 'c/fieldWords';
import { kindOfValue, operatorLabels, toText, toValue } from 'c/rules';
import falseLabel from '@salesforce/label/c.Value_No';
import field from '@salesforce/label/c.Rule_Field';
import listHelp from '@salesforce/label/c.Rule_ListHelp';
import operator from '@salesforce/label/c.Rule_Operator';
import remove from '@salesforce/label/c.Rule_Remove';
import select from '@salesforce/label/c.Mapping_SelectSalesforceField';
import trueLabel from '@salesforce/label/c.Value_Yes';
import value from '@salesforce/label/c.Rule_Value';

/** One rule: field, operator, value. Fires `edit` with the rule and `remove`. */
export default class RuleRow extends LightningElement {
  @api rule: SelectionRule = { field: '', operator: 'equals', value: null };
  /** Fields that rules can be about. */
  @api fields: readonly SalesforceField[] = [];

  labels = { field, listHelp, operator, remove, select, value };

  get fieldOptions(): PickerOption[] {
    return this.fields.map(({ name, label, type }) => ({
      value: name,
      label,
      hint: typeWord(type),
      refusal: null,
    }));
  }

  get operatorOptions() {
    return (this.field?.operators ?? []).map((name) => ({ value: name, label: operatorLabels[name] }));
  }

  get isUnchosen(): boolean {
    return this.field === undefined;
  }

  get choices() {
    if (this.field === undefined || kindOfValue(this.rule.operator) !== 'one') return [];
    if (this.field.type === 'boolean') {
      return [
        { value: 'true', label: trueLabel },
        { value: 'false', label: falseLabel },
      ];
    }
    const isEquality = this.rule.operator === 'equals' || this.rule.operator === 'not_equals';
    return isEquality ? this.field.picklistValues.map((each) => ({ value: each, label: each })) : [];
  }

  get hasChoices(): boolean {
    return this.choices.length > 0;
  }

  get hasInput(): boolean {
    return !this.hasChoices && kindOfValue(this.rule.operator) !== 'none';
  }

  get inputType(): string {
    return kindOfValue(this.rule.operator) === 'days' ? 'number' : 'text';
  }

  get inputHelp(): string {
    return kindOfValue(this.rule.operator) === 'list' ? listHelp : '';
  }

  get text(): string {
    return toText(this.rule.value);
  }

  get removeLabel(): string {
    return fill(remove, this.field?.label ?? '');
  }

  handleField({ detail }: CustomEvent<string>): void {
    const [first = 'equals'] = this.fields.find(({ name }) => name === detail)?.operators ?? [];
    this.change({ field: detail, operator: first, value: null });
  }

  handleOperator({ detail }: CustomEvent<{ value: SelectionRule['operator'] }>): void {
    const isAlike = kindOfValue(detail.value) === kindOfValue(this.rule.operator);
    this.change({ ...this.rule, operator: detail.value, value: isAlike ? this.rule.value : null });
  }

  handleValue({ detail }: CustomEvent<{ value: string }>): void {
    this.change({ ...this.rule, value: toValue(detail.value, this.rule.operator) });
  }

  handleRemove(): void {
    this.dispatchEvent(new CustomEvent('remove'));
  }

  private get field(): SalesforceField | undefined {
    return this.fields.find(({ name }) => name === this.rule.field);
  }

  private change(rule: SelectionRule): void {
    this.dispatchEvent(new CustomEvent('edit', { detail: rule }));
  }
}
