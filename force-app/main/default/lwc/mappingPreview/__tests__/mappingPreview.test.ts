import { describe, expect, it, jest } from '@jest/globals';
import previewMapping from '@salesforce/apex/SetupController.previewMapping';
import { fields, mapping } from 'samples';
import { act, apexError, button, findAll, property, settle, show, textOf } from 'testing';
import MappingPreview from '../mappingPreview';

const { salesforce, platform } = fields();
const rows = mapping('Lead', [['Budget__c', 'field:1']]).fields;
const properties = {
  objectName: 'Lead',
  rows,
  salesforceFields: salesforce.Lead,
  platformFields: platform.contact,
};
const problem = {
  code: 'SYNC_VALUE_X',
  message: 'It is no number.',
  meaning: 'A value does not fit.',
  remedy: 'Correct it.',
};

async function preview(): Promise<HTMLElement> {
  const shown = show(MappingPreview, properties);
  act(button(shown, 'Preview with ten records'), 'click');
  await settle();
  return shown;
}

describe('the preview of a mapping', () => {
  it('shows records with both values, and what is wrong with a value', async () => {
    const value = { salesforceField: 'Budget__c', platformField: 'field:1' };
    jest.mocked(previewMapping).mockResolvedValue({
      records: [
        {
          salesforceId: '00Q1',
          name: 'Ada',
          values: [
            { ...value, salesforceValue: 12.5, platformValue: '12.50', problem: null },
            {
              ...value,
              platformField: 'field:2',
              salesforceValue: 'a;b',
              platformValue: ['a', 'b'],
              problem,
            },
          ],
        },
      ],
    });
    const shown = await preview();
    const cells = findAll(shown, 'tbody tr').map((line) =>
      [...line.querySelectorAll('td')].map((cell) => textOf(cell)),
    );
    expect(cells).toEqual([
      ['Ada', 'Budget__c → Size', '12.5', '12.50'],
      ['', 'Budget__c → Colour', 'a;b', 'a, b A value does not fit. It is no number. Correct it.'],
    ]);
    expect(previewMapping).toHaveBeenCalledWith({
      objectName: 'Lead',
      mapping: JSON.stringify({ fields: rows }),
    });
    await expect(shown).toBeAccessible();
  });

  it('shows nothing any more when the mapping has changed', async () => {
    jest.mocked(previewMapping).mockResolvedValue({
      records: [
        {
          salesforceId: '00Q1',
          name: null,
          values: [
            {
              salesforceField: 'A',
              salesforceValue: 'x',
              platformField: 'b',
              platformValue: 'x',
              problem: null,
            },
          ],
        },
      ],
    });
    const shown = await preview();
    expect(findAll(shown, 'table')).toHaveLength(1);
    Object.assign(shown, { rows: mapping('Lead', [['Email', 'email']]).fields });
    await settle();
    expect(findAll(shown, 'table')).toHaveLength(0);
  });

  it('says so when there are no records', async () => {
    jest.mocked(previewMapping).mockResolvedValue({ records: [] });
    expect(textOf(await preview())).toContain('There are no records to show.');
  });

  it('says why it cannot be shown', async () => {
    jest.mocked(previewMapping).mockRejectedValue(apexError('X', 'Not now.'));
    expect(textOf(await preview())).toContain('Not now.');
  });

  it('needs a row', () => {
    const shown = show(MappingPreview, { ...properties, rows: [] });
    expect(property(button(shown, 'Preview with ten records'), 'disabled')).toBe(true);
  });
});
