import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import getPairs from '@salesforce/apex/SetupController.getPairs';
import { fields, mapping, pair, refusedPair } from 'samples';
import { act, apexError, button, find, findAll, property, record, settle, show, textOf } from 'testing';
import MappingTable from '../mappingTable';

const { salesforce, platform } = fields();
const rows = mapping('Lead', [
  ['Email', 'email'],
  ['Budget__c', 'field:1'],
]).fields;

async function table(properties: object = {}): Promise<HTMLElement> {
  const shown = show(MappingTable, {
    objectName: 'Lead',
    salesforceFields: salesforce.Lead,
    platformFields: platform.contact,
    required: ['email'],
    rows,
    ...properties,
  });
  await settle();
  return shown;
}

describe('the rows of a mapping', () => {
  beforeEach(() => {
    jest.mocked(getPairs).mockResolvedValue({
      pairs: [
        pair('Email', 'email'),
        pair('Budget__c', 'field:1', { direction: 'outbound', lossy: true, reason: 'Formulas go one way.' }),
        refusedPair('FirstName', 'field:1', 'A name is no size.'),
      ],
    });
  });

  it('asks once which fields go with those that are mapped', async () => {
    await table();
    expect(jest.mocked(getPairs).mock.calls).toEqual([
      [{ objectName: 'Lead', platformFields: 'email,field:1' }],
    ]);
  });

  it('names standard fields and lets custom ones be chosen', async () => {
    const shown = await table();
    expect(findAll(shown, 'strong').map(({ textContent }) => textContent)).toEqual(['Email']);
    expect(findAll(shown, '[data-side="platform"]')).toHaveLength(1);
    await expect(shown).toBeAccessible();
  });

  it('has badges for pairs that go one way or lose values, and the note', async () => {
    const shown = await table();
    const badges = findAll(shown, 'lightning-badge').map((badge) => property(badge, 'label'));
    expect(badges).toEqual(['To ActiveCampaign only', 'Some values stay behind']);
    expect(textOf(shown)).toContain('Formulas go one way.');
  });

  it('hands the reason of a refused pair to the dropdown', async () => {
    const shown = await table();
    const options = property(findAll(shown, '[data-side="salesforce"]')[1] ?? shown, 'options');
    expect(options).toContainEqual(
      expect.objectContaining({ value: 'FirstName', refusal: 'A name is no size.' }),
    );
  });

  it('pairs a field up as the verdict says', async () => {
    const shown = await table({ rows: mapping('Lead', [['', 'field:1']]).fields });
    const changes = record(shown, 'edit');
    act(find(shown, '[data-side="salesforce"]'), 'pick', 'Budget__c');
    expect(changes).toEqual([
      [expect.objectContaining({ salesforce: 'Budget__c', platform: 'field:1', direction: 'outbound' })],
    ]);
  });

  it('adds a row, and begins it anew when its ActiveCampaign field changes', async () => {
    const shown = await table();
    const changes = record(shown, 'edit');
    act(button(shown, 'Add mapping'), 'click');
    act(find(shown, '[data-side="platform"]'), 'pick', 'field:2');
    expect(changes).toEqual([
      [...rows, expect.objectContaining({ salesforce: '', platform: '' })],
      [rows[0], expect.objectContaining({ salesforce: '', platform: 'field:2' })],
    ]);
  });

  it('removes a row, but not one that must stay', async () => {
    const shown = await table();
    const changes = record(shown, 'edit');
    const [remove, ...others] = findAll(shown, 'button');
    expect(others).toHaveLength(0);
    expect(remove?.getAttribute('aria-label')).toBe('Remove mapping of Size');
    remove?.click();
    expect(changes).toEqual([[rows[0]]]);
  });

  it('keeps the Salesforce field closed until it is known what fits', async () => {
    jest.mocked(getPairs).mockReturnValue(new Promise(() => undefined));
    const shown = await table();
    const closed = findAll(shown, '[data-side="salesforce"]').map((picker) => property(picker, 'disabled'));
    expect(closed).toEqual([true, true]);
  });

  it('asks about a field that was added later', async () => {
    const shown = await table();
    Object.assign(shown, { rows: [...rows, ...mapping('Lead', [['', 'field:2']]).fields] });
    await settle();
    expect(getPairs).toHaveBeenLastCalledWith({ objectName: 'Lead', platformFields: 'field:2' });
  });

  it('shows what is wrong with a row beside it', async () => {
    const message = 'This pair is not supported.';
    const problem = { code: 'pair_unsupported', severity: 'error', message };
    const shown = await table({ problems: [{ ...problem, salesforce: 'Budget__c', platform: 'field:1' }] });
    expect(findAll(shown, 'li')[1]?.querySelector('[role="alert"]')?.textContent).toBe(message);
    await expect(shown).toBeAccessible();
  });

  it('says so when nothing is mapped', async () => {
    const shown = await table({ rows: [] });
    expect(textOf(shown)).toContain('No fields are mapped yet.');
    expect(getPairs).not.toHaveBeenCalled();
  });

  it('says why it cannot ask, and asks again', async () => {
    jest.mocked(getPairs).mockRejectedValueOnce(apexError('X', 'Not now.'));
    const shown = await table();
    expect(textOf(shown)).toContain('Not now.');
    act(find(shown, 'c-error-panel'), 'retry');
    await settle();
    expect(findAll(shown, 'lightning-badge')).toHaveLength(2);
  });
});
