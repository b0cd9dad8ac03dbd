import { describe, expect, it } from '@jest/globals';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { dryRunDirection } from 'samples';
import type { DryRunSample } from 'service';
import { find, findAll, provide, show, textOf } from 'testing';
import DryRunResult from '../dryRunResult';

const sample: DryRunSample = {
  kind: 'update',
  object: 'Lead',
  salesforceId: '00Q1',
  platformId: '7',
  name: 'Ada',
  fields: [
    {
      salesforceField: 'Phone',
      salesforceLabel: 'Phone number',
      platformField: 'phone',
      platformLabel: 'Phone',
      from: null,
      to: '+34 1',
    },
    {
      salesforceField: 'Tags__c',
      salesforceLabel: null,
      platformField: 'field:1',
      platformLabel: null,
      from: ['a', 'b'],
      to: ['c'],
    },
  ],
  code: null,
};

describe('what a dry run found out', () => {
  it('is counted', async () => {
    const result = dryRunDirection({ create: 1200, update: 3, conflict: 2, skip: 1, unchanged: 40 });
    const shown = show(DryRunResult, { heading: 'To ActiveCampaign', result });
    expect(findAll(shown, 'dl > div').map((entry) => textOf(entry))).toEqual([
      'To create 1,200',
      'To update 3',
      'Conflicts 2',
      'Left out 1',
      'Already the same 40',
    ]);
    expect(findAll(shown, 'details')).toHaveLength(0);
    await expect(shown).toBeAccessible();
  });

  it('says why records are left out and what helps', () => {
    const skip = { code: 'SYNC_EMAIL_MISSING', meaning: 'No email.', remedy: 'Add one.', count: 5 };
    const shown = show(DryRunResult, { result: dryRunDirection({ skip: 5, skips: [skip] }) });
    expect(textOf(find(shown, 'c-cause-list'))).toContain('5: No email. Add one. SYNC_EMAIL_MISSING');
  });

  it('calls fields as the org does, in the user’s language', async () => {
    const shown = show(DryRunResult, { result: dryRunDirection({ update: 1, samples: [sample] }) });
    await provide(getObjectInfo, { fields: { Phone: { label: 'Teléfono' } } });
    expect(textOf(shown)).toContain('Teléfono: (empty) → +34 1');
  });

  it('has samples with what would change', async () => {
    const shown = show(DryRunResult, { result: dryRunDirection({ update: 1, samples: [sample] }) });
    const text = textOf(find(shown, 'details'));
    expect(text).toContain('To update: Ada');
    expect(text).toContain('Phone number: (empty) → +34 1');
    expect(text).toContain('Tags__c: a, b → c');
    await expect(shown).toBeAccessible();
  });

  it('names a record by its id where it has no name', () => {
    const samples = [{ ...sample, kind: 'create' as const, name: null }];
    const shown = show(DryRunResult, { result: dryRunDirection({ samples }) });
    expect(textOf(find(shown, 'details'))).toContain('To create: 00Q1');
  });
});
