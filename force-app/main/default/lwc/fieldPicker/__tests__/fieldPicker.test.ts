import { describe, expect, it } from '@jest/globals';
import { find, findAll, record, settle, show } from 'testing';
import FieldPicker from '../fieldPicker';

const options = [
  { value: 'FirstName', label: 'First name', hint: 'string', refusal: null },
  { value: 'LastName', label: 'Last name', hint: 'string', refusal: null },
  { value: 'IsOld__c', label: 'Is old', hint: 'boolean', refusal: 'A checkbox takes no text.' },
];

function open(value = ''): HTMLElement {
  const picker = show(FieldPicker, { label: 'Salesforce field', placeholder: 'Select', options, value });
  find(picker, 'input').click();
  return picker;
}

async function press(picker: HTMLElement, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    find(picker, 'input').dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    );
    await settle();
  }
}

async function type(picker: HTMLElement, text: string): Promise<void> {
  const input = find<HTMLInputElement>(picker, 'input');
  input.value = text;
  input.dispatchEvent(new CustomEvent('input'));
  await settle();
}

const labels = (picker: HTMLElement): (string | undefined)[] =>
  findAll(picker, 'li').map((option) => option.querySelector('span')?.textContent ?? undefined);

describe('a dropdown that is searched', () => {
  it('is accessible, closed and open', async () => {
    await expect(show(FieldPicker, { label: 'Field', options })).toBeAccessible();
    const picker = open();
    await settle();
    expect(find(picker, 'input').getAttribute('aria-expanded')).toBe('true');
    await expect(picker).toBeAccessible();
  });

  it('shows the label of what is chosen', () => {
    const picker = show(FieldPicker, { options, value: 'LastName' });
    expect(find<HTMLInputElement>(picker, 'input').value).toBe('Last name');
  });

  it('finds options by label and by name, and says how many', async () => {
    const picker = open();
    await type(picker, 'LASTN');
    expect(labels(picker)).toEqual(['Last name']);
    expect(find(picker, '[role="status"]').textContent).toBe('1 found');
    await type(picker, 'name');
    expect(labels(picker)).toEqual(['First name', 'Last name']);
  });

  it('is used with the keyboard alone', async () => {
    const picker = open();
    const picked = record(picker, 'pick');
    await press(picker, 'ArrowDown', 'ArrowDown');
    const active = find(picker, 'input').getAttribute('aria-activedescendant');
    expect(find(picker, '.active').id).toBe(active);
    await press(picker, 'Enter');
    expect(picked).toEqual(['LastName']);
    expect(find(picker, 'input').getAttribute('aria-expanded')).toBe('false');
  });

  it('goes round at its ends', async () => {
    const picker = open();
    const picked = record(picker, 'pick');
    await press(picker, 'ArrowUp', 'ArrowDown', 'Enter');
    expect(picked).toEqual(['FirstName']);
  });

  it('picks nothing with Escape and shows what was chosen before', async () => {
    const picker = open('LastName');
    const picked = record(picker, 'pick');
    await type(picker, 'first');
    await press(picker, 'Escape');
    expect(picked).toEqual([]);
    expect(find<HTMLInputElement>(picker, 'input').value).toBe('Last name');
  });

  it('is used with the mouse', async () => {
    const picker = open();
    await settle();
    const picked = record(picker, 'pick');
    find(picker, '[data-value="FirstName"]').dispatchEvent(new MouseEvent('mousedown'));
    expect(picked).toEqual(['FirstName']);
  });

  it('says why an option is refused and does not let it be picked', async () => {
    const picker = open();
    await settle();
    const picked = record(picker, 'pick');
    const refused = find(picker, '[data-value="IsOld__c"]');
    expect(refused.textContent).toContain('A checkbox takes no text.');
    expect(refused.getAttribute('aria-disabled')).toBe('true');
    refused.dispatchEvent(new MouseEvent('mousedown'));
    await press(picker, 'ArrowUp', 'Enter');
    expect(picked).toEqual([]);
  });

  it('closes when the focus leaves it', async () => {
    const picker = open();
    await settle();
    find(picker, 'input').dispatchEvent(new CustomEvent('blur'));
    await settle();
    expect(find(picker, 'ul').hidden).toBe(true);
  });

  it('does not open while it is closed to the user', async () => {
    const picker = show(FieldPicker, { options, disabled: true });
    await press(picker, 'ArrowDown');
    expect(find(picker, 'ul').hidden).toBe(true);
  });
});
