import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import checkMapping from '@salesforce/apex/SetupController.checkMapping';
import getAccountNamePairs from '@salesforce/apex/SetupController.getAccountNamePairs';
import getFields from '@salesforce/apex/SetupController.getFields';
import getMappings from '@salesforce/apex/SetupController.getMappings';
import getPairs from '@salesforce/apex/SetupController.getPairs';
import saveMapping from '@salesforce/apex/SetupController.saveMapping';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { fields, mapping } from 'samples';
import { act, apexError, find, findAll, property, provide, record, settle, show, textOf } from 'testing';
import StepMapping from '../stepMapping';

const lead = mapping('Lead', [['Email', 'email']]);
const contact = mapping('Contact', [['Email', 'email']]);
const account = mapping('Account', [['Name', 'name']], { enabled: false });
const problem = {
  code: 'x',
  severity: 'error' as const,
  salesforce: null,
  platform: null,
  message: 'No email.',
};

async function step(): Promise<HTMLElement> {
  const shown = show(StepMapping);
  await settle();
  return shown;
}

async function next(shown: HTMLElement, times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    act(find(shown, 'c-wizard'), 'next');
    await settle();
  }
}

const current = (shown: HTMLElement): unknown => property(find(shown, 'c-wizard'), 'current');

describe('the step of the mapping', () => {
  beforeEach(() => {
    jest.mocked(getFields).mockResolvedValue(fields());
    jest.mocked(getMappings).mockResolvedValue({ mappings: [lead, contact, account] });
    jest.mocked(getPairs).mockResolvedValue({ pairs: [] });
    jest.mocked(checkMapping).mockResolvedValue({ problems: [] });
    jest.mocked(saveMapping).mockResolvedValue(lead);
  });

  it('has five pages, each with its own fields', async () => {
    const shown = await step();
    const seen = [];
    for (const _page of [1, 2, 3, 4]) {
      const table = find(shown, 'c-mapping-table');
      seen.push([current(shown), property(table, 'objectName'), property(table, 'platformFields')]);
      await next(shown);
    }
    const [email, firstName, size, colour] = fields().platform.contact;
    expect(seen).toEqual([
      ['standardLead', 'Lead', [email, firstName]],
      ['customLead', 'Lead', [size, colour]],
      ['standardContact', 'Contact', [email, firstName]],
      ['customContact', 'Contact', [size, colour]],
    ]);
    expect(current(shown)).toBe('account');
    await expect(shown).toBeAccessible();
  });

  it('calls fields as the org does, in the user’s language', async () => {
    const shown = await step();
    await provide(getObjectInfo, { fields: { Email: { label: 'Correo electrónico' } } });
    expect(property(find(shown, 'c-mapping-table'), 'salesforceFields')).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'Email', label: 'Correo electrónico' })]),
    );
  });

  it('saves all objects at its end, accounts switched off as they are', async () => {
    const shown = await step();
    const saves = record(shown, 'saved');
    await next(shown, 5);
    expect(saves).toHaveLength(1);
    const saved = jest.mocked(saveMapping).mock.calls.map(([input]) => [input.objectName, input.mapping]);
    expect(saved.map(([name]) => name)).toEqual(['Lead', 'Contact', 'Account']);
    expect(saved[2]?.[1]).toContain('"enabled":false');
    expect(saved[0]?.[1]).toBe(JSON.stringify({ enabled: true, fields: lead.fields }));
  });

  it('keeps rows of other pages when those of one change', async () => {
    const shown = await step();
    await next(shown);
    const [added] = mapping('Lead', [['Budget__c', 'field:1']]).fields;
    act(find(shown, 'c-mapping-table'), 'edit', [added]);
    await next(shown, 4);
    expect(jest.mocked(saveMapping).mock.calls[0]?.[0].mapping).toBe(
      JSON.stringify({ enabled: true, fields: [...lead.fields, added] }),
    );
  });

  it('does not lead on while the service finds an error', async () => {
    jest.mocked(checkMapping).mockResolvedValue({ problems: [problem] });
    const shown = await step();
    await next(shown);
    expect(current(shown)).toBe('standardLead');
    expect(textOf(shown)).toContain('No email.');
    await expect(shown).toBeAccessible();
  });

  it('leads on past a warning', async () => {
    jest.mocked(checkMapping).mockResolvedValue({ problems: [{ ...problem, severity: 'warning' }] });
    const shown = await step();
    await next(shown);
    expect(current(shown)).toBe('customLead');
  });

  it('does not lead on with a row that is half filled, and forgets one that is blank', async () => {
    const shown = await step();
    await next(shown);
    act(find(shown, 'c-mapping-table'), 'edit', mapping('Lead', [['', 'field:1']]).fields);
    await next(shown);
    expect(textOf(shown)).toContain('Choose both fields of each row');
    act(find(shown, 'c-mapping-table'), 'edit', mapping('Lead', [['', '']]).fields);
    await next(shown);
    expect(current(shown)).toBe('standardContact');
  });

  it('shows account fields once they are switched on', async () => {
    const shown = await step();
    await next(shown, 4);
    expect(findAll(shown, 'c-mapping-table')).toHaveLength(0);
    act(find(shown, 'lightning-input'), 'change', { checked: true });
    await settle();
    expect(property(find(shown, 'c-mapping-table'), 'objectName')).toBe('Account');
    expect(property(find(shown, 'c-mapping-table'), 'required')).toEqual(['name']);
  });

  describe('in a plan without accounts', () => {
    async function accountPage(): Promise<HTMLElement> {
      jest.mocked(getFields).mockResolvedValue(fields({ account: null }));
      const rows = mapping('Contact', [
        ['Email', 'email'],
        ['Phone', 'field:1'],
      ]);
      jest.mocked(getMappings).mockResolvedValue({ mappings: [lead, rows, account] });
      jest.mocked(getAccountNamePairs).mockResolvedValue({ pairs: [] });
      const shown = await step();
      await next(shown, 4);
      return shown;
    }

    async function switchOn(shown: HTMLElement): Promise<void> {
      act(find(shown, 'lightning-input'), 'change', { checked: true });
      await settle();
    }

    it('offers a contact field that is free for the account name', async () => {
      const shown = await accountPage();
      expect(textOf(shown)).toContain('Your ActiveCampaign plan has no accounts.');
      await switchOn(shown);
      expect(findAll(shown, 'c-mapping-table')).toHaveLength(0);
      expect(property(find(shown, 'c-account-name-field'), 'fields')).toEqual([
        expect.objectContaining({ key: 'firstName' }),
        expect.objectContaining({ key: 'field:2' }),
      ]);
      await expect(shown).toBeAccessible();
    });

    it('saves the one that was chosen, and not without one', async () => {
      const shown = await accountPage();
      const saves = record(shown, 'saved');
      await switchOn(shown);
      await next(shown);
      expect(textOf(shown)).toContain('Choose both fields of each row');
      act(find(shown, 'c-account-name-field'), 'edit', 'field:2');
      await next(shown);
      expect(saves).toHaveLength(1);
      expect(jest.mocked(saveMapping).mock.lastCall?.[0]).toEqual({
        objectName: 'Account',
        mapping: '{"enabled":true,"fields":[],"accountNameField":"field:2"}',
      });
    });

    it('says why the service does not take it', async () => {
      const shown = await accountPage();
      await switchOn(shown);
      act(find(shown, 'c-account-name-field'), 'edit', 'field:2');
      const message = 'It is mapped already.';
      jest
        .mocked(checkMapping)
        .mockResolvedValue({ problems: [{ ...problem, salesforce: 'Account.Name', message }] });
      await next(shown);
      expect(textOf(shown)).toContain(message);
      expect(saveMapping).not.toHaveBeenCalled();
    });
  });

  it('saves again what has changed alone, and nothing where nothing has', async () => {
    const mappings = [lead, contact, account].map((each) => ({ ...each, saved: true }));
    jest.mocked(getMappings).mockResolvedValue({ mappings });
    const shown = await step();
    const [saves, closes] = [record(shown, 'saved'), record(shown, 'close')];
    await next(shown, 5);
    expect(saveMapping).not.toHaveBeenCalled();
    expect([saves.length, closes.length]).toEqual([0, 1]);
    const again = await step();
    await next(again);
    act(find(again, 'c-mapping-table'), 'edit', mapping('Lead', [['Budget__c', 'field:1']]).fields);
    await next(again, 4);
    expect(jest.mocked(saveMapping).mock.calls.map(([{ objectName }]) => objectName)).toEqual(['Lead']);
  });

  it('goes back page by page, and out of the first', async () => {
    const shown = await step();
    const closed = record(shown, 'close');
    await next(shown);
    act(find(shown, 'c-wizard'), 'back');
    await settle();
    expect(current(shown)).toBe('standardLead');
    act(find(shown, 'c-wizard'), 'back');
    expect(closed).toHaveLength(1);
  });

  it('stays with the reason when it cannot save', async () => {
    jest.mocked(saveMapping).mockRejectedValue(apexError('X', 'Not now.'));
    const shown = await step();
    const saves = record(shown, 'saved');
    await next(shown, 5);
    expect(saves).toHaveLength(0);
    expect(textOf(shown)).toContain('Not now.');
  });

  it('cannot go on before the fields are read', () => {
    expect(property(find(show(StepMapping), 'c-wizard'), 'nextDisabled')).toBe(true);
  });
});
