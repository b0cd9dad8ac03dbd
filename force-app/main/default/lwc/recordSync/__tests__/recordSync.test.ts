import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { getObjectInfo, getPicklistValues } from 'lightning/uiObjectInfoApi';
import chooseConflict from '@salesforce/apex/RecordController.chooseConflict';
import getRecord from '@salesforce/apex/RecordController.getRecord';
import syncNow from '@salesforce/apex/RecordController.syncNow';
import { recordField, syncedRecord } from 'samples';
import {
  act,
  apexError,
  button,
  editRecord,
  find,
  findAll,
  property,
  provide,
  refreshPage,
  settle,
  show,
  textOf,
} from 'testing';
import RecordSync from '../recordSync';

async function component(): Promise<HTMLElement> {
  const shown = show(RecordSync, { recordId: '00Q1', objectApiName: 'Lead' });
  await settle();
  return shown;
}

describe('the sync of a record', () => {
  beforeEach(() => void jest.mocked(getRecord).mockResolvedValue(syncedRecord()));

  it('is told in words and field by field', async () => {
    const shown = await component();
    expect(textOf(shown)).toContain('Synced successfully');
    expect(findAll(shown, 'c-record-field')).toHaveLength(1);
    await expect(shown).toBeAccessible();
  });

  it('is told in the org’s words, which are in the user’s language', async () => {
    const shown = await component();
    const label = 'Sincronizado correctamente';
    await provide(getPicklistValues, { values: [{ value: 'Synced successfully', label }] });
    await provide(getObjectInfo, { fields: { Phone: { label: 'Teléfono' } } });
    expect(textOf(shown)).toContain(label);
    expect(textOf(shown)).not.toContain('Synced successfully');
    expect(property(find(shown, 'c-record-field'), 'label')).toBe('Teléfono');
  });

  it('calls fields that the user may not see what the sync calls them', async () => {
    const field = recordField({
      salesforceField: 'Secret__c',
      salesforceLabel: null,
      platformField: 'field:1',
    });
    jest.mocked(getRecord).mockResolvedValue(syncedRecord({ fields: [recordField(), field] }));
    const shown = await component();
    await provide(getObjectInfo, { fields: {} });
    expect(findAll(shown, 'c-record-field').map((each) => property(each, 'label'))).toEqual([
      'Phone number',
      'Secret__c',
    ]);
  });

  it('says why the record is not in step and what helps', async () => {
    const problem = {
      code: 'SYNC_VALUE_X',
      message: 'The phone is no number.',
      meaning: 'A value does not fit.',
      action: 'It was left out.',
      remedy: 'Correct it.',
      side: 'platform' as const,
      field: 'phone',
    };
    jest.mocked(getRecord).mockResolvedValue(syncedRecord({ problem }));
    expect(textOf(await component())).toContain(
      'A value does not fit. Correct it. Details: The phone is no number. Code: SYNC_VALUE_X',
    );
  });

  it('says so when the record is not synced, which is no error', async () => {
    jest.mocked(getRecord).mockRejectedValue(apexError('SYNC_RECORD_NOT_SYNCED'));
    const shown = await component();
    expect(textOf(shown)).toBe('This record is not synced with ActiveCampaign.');
    await expect(shown).toBeAccessible();
  });

  it('is told anew when the record is edited on the page, and when the page is refreshed', async () => {
    const shown = await component();
    await editRecord('2026-01-01T00:00:00.000Z');
    expect(getRecord).toHaveBeenCalledTimes(1);
    jest.mocked(getRecord).mockResolvedValue(syncedRecord({ status: 'Waiting for next sync' }));
    await editRecord('2026-01-01T00:05:00.000Z');
    expect(textOf(shown)).toContain('Waiting for next sync');
    jest.mocked(getRecord).mockResolvedValue(syncedRecord({ status: 'Synced successfully' }));
    await refreshPage();
    expect(textOf(shown)).toContain('Synced successfully');
  });

  it('is that of the record that the page shows', async () => {
    const shown = await component();
    jest.mocked(getRecord).mockRejectedValue(apexError('SYNC_RECORD_NOT_SYNCED'));
    Object.assign(shown, { recordId: '00Q2' });
    await settle();
    expect(getRecord).toHaveBeenLastCalledWith({ recordId: '00Q2' });
    expect(textOf(shown)).toBe('This record is not synced with ActiveCampaign.');
  });

  it('starts a sync now and says so', async () => {
    jest.mocked(syncNow).mockResolvedValue(null);
    const shown = await component();
    act(button(shown, 'Sync now'), 'click');
    await settle();
    expect(syncNow).toHaveBeenCalledWith({ recordId: '00Q1' });
    expect(textOf(shown)).toContain('The sync has started.');
  });

  it('says why it cannot start', async () => {
    jest.mocked(syncNow).mockRejectedValue(apexError('X', 'Not now.'));
    const shown = await component();
    act(button(shown, 'Sync now'), 'click');
    await settle();
    expect(textOf(shown)).toContain('Not now.');
    expect(textOf(shown)).not.toContain('The sync has started.');
  });

  it('takes a person’s decision and shows the record as it is then', async () => {
    jest.mocked(chooseConflict).mockResolvedValue(null);
    jest.mocked(getRecord).mockResolvedValue(syncedRecord({ fields: [recordField({ conflictId: 5 })] }));
    const shown = await component();
    jest.mocked(getRecord).mockResolvedValue(syncedRecord({ status: 'Waiting for next sync' }));
    act(find(shown, 'c-record-field'), 'choose', { conflictId: 5, winner: 'platform' });
    await settle();
    expect(chooseConflict).toHaveBeenCalledWith({ recordId: '00Q1', conflictId: 5, winner: 'platform' });
    expect(textOf(shown)).toContain('Your choice is saved. The next sync carries it out.');
    expect(textOf(shown)).toContain('Waiting for next sync');
  });
});
