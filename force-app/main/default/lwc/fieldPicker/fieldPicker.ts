import { LightningElement, api } from 'lwc';
import { fill } from 'c/text';
import found from '@salesforce/label/c.Picker_Found';

/** What can be picked. */
export interface PickerOption {
  readonly value: string;
  readonly label: string;
  /** What kind of thing it is, in a word. */
  readonly hint: string;
  /** Why it cannot be picked; null where it can. */
  readonly refusal: string | null;
}

/** A dropdown that is searched by typing (the combobox pattern of the ARIA practices). Fires `pick` with the value. */
export default class FieldPicker extends LightningElement {
  @api label = '';
  @api placeholder = '';
  @api options: readonly PickerOption[] = [];
  @api value = '';
  @api disabled = false;

  isOpen = false;
  private search: string | undefined;
  private active = -1;

  get text(): string {
    return this.search ?? this.options.find(({ value }) => value === this.value)?.label ?? '';
  }

  get shown() {
    const wanted = (this.search ?? '').trim().toLocaleLowerCase();
    return this.options
      .filter(({ label, value }) => `${label} ${value}`.toLocaleLowerCase().includes(wanted))
      .map((option, index) => ({
        ...option,
        id: `option-${index}`,
        isSelected: option.value === this.value ? 'true' : 'false',
        isDisabled: option.refusal === null ? 'false' : 'true',
        optionClass: `option${index === this.active ? ' active' : ''}${option.refusal === null ? '' : ' refused'}`,
      }));
  }

  get expanded(): string {
    return this.isOpen ? 'true' : 'false';
  }

  get isClosed(): boolean {
    return !this.isOpen;
  }

  get activeId(): string | undefined {
    return this.isOpen ? this.shown[this.active]?.id : undefined;
  }

  get count(): string {
    return this.isOpen ? fill(found, this.shown.length) : '';
  }

  handleOpen(): void {
    if (!this.disabled) this.isOpen = true;
  }

  handleInput({ target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    this.search = target.value;
    this.active = -1;
    this.isOpen = true;
  }

  handleKey(event: KeyboardEvent): void {
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      this.move(key === 'ArrowDown' ? 1 : -1);
    } else if (key === 'Enter' && this.isOpen) {
      this.pick(this.active);
    } else if (key === 'Escape' && this.isOpen) {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Before the field loses the focus, which closes the list. */
  handlePress(event: MouseEvent & { currentTarget: HTMLElement }): void {
    event.preventDefault();
    this.pick(Number(event.currentTarget.dataset['index']));
  }

  close(): void {
    this.isOpen = false;
    this.search = undefined;
    this.active = -1;
  }

  private move(step: number): void {
    if (!this.isOpen) this.handleOpen();
    const { length } = this.shown;
    if (length > 0) this.active = (Math.max(this.active, step > 0 ? -1 : 0) + step + length) % length;
  }

  private pick(index: number): void {
    const option = this.shown[index];
    if (option === undefined || option.refusal !== null) return;
    this.close();
    this.dispatchEvent(new CustomEvent('pick', { detail: option.value }));
  }

  /** The active option stays in sight. */
  override renderedCallback(): void {
    this.template?.querySelector('.active')?.scrollIntoView?.({ block: 'nearest' });
  }
}
