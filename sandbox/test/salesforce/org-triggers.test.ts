import { describe, expect, test } from '@jest/globals';
import { createOrg } from '../../salesforce/org/org.ts';
import type { SandboxOrg } from '../../salesforce/org/org.ts';
import { createSchema } from '../../salesforce/org/schema.ts';
import type { TriggerEvent, Triggers } from '../../salesforce/org/triggers.ts';
import type { UserContext } from '../../salesforce/org/types.ts';
import { START } from './rest-fixture.ts';

const USER: UserContext = {
  id: '005000000000001AAA',
  username: 'admin@sandbox.test',
  isAdmin: true,
  timeZone: 'utc',
  fieldAccess: () => 'edit',
};

function orgWith(triggers: Partial<Triggers>): SandboxOrg {
  const nothing = (): void => undefined;
  return createOrg({
    clock: { now: () => START },
    schema: createSchema(),
    id: '00D000000000001EAA',
    userById: () => undefined,
    triggers: { before: nothing, after: nothing, ...triggers },
  });
}

function leads(count: number): { LastName: string; Company: string }[] {
  return Array.from({ length: count }, (_, index) => ({ LastName: `P${index}`, Company: 'C' }));
}

describe('triggers', () => {
  test('see every write path in chunks of at most 200', () => {
    const events: string[] = [];
    const note =
      (timing: string) =>
      ({ operation, rows }: TriggerEvent): void => {
        events.push(`${timing} ${operation} ${rows.length}`);
      };
    const org = orgWith({ before: note('before'), after: note('after') });
    const ids = org.insert(USER, 'Lead', leads(250)).map((result) => result.id ?? '');
    org.update(USER, 'Lead', [{ Id: ids[0], City: 'x' }]);
    org.upsert(USER, 'Lead', 'Id', [{ Id: ids[1], City: 'x' }]);
    org.delete(USER, ids.slice(0, 1));
    org.undelete(USER, ids.slice(0, 1));
    expect(events).toEqual([
      'before insert 200',
      'after insert 200',
      'before insert 50',
      'after insert 50',
      'before update 1',
      'after update 1',
      'before update 1',
      'after update 1',
      'before delete 1',
      'after delete 1',
      'after undelete 1',
    ]);
  });

  test('before a save may change the row, and what they change is validated', () => {
    const org = orgWith({
      before: ({ rows }) => {
        for (const { next } of rows) if (next) next['Title'] = String(next['LastName']).repeat(60);
      },
    });
    const [short, long] = org.insert(USER, 'Lead', [
      { LastName: 'A', Company: 'C' },
      { LastName: 'ABC', Company: 'C' },
    ]);
    expect(org.table('Lead')?.get(short?.id ?? '')?.['Title']).toBe('A'.repeat(60));
    expect(long).toMatchObject({
      success: false,
      errors: [{ statusCode: 'STRING_TOO_LONG', fields: ['Title'] }],
    });
  });

  test('after a save may refuse a row: it is taken back, with what they saved for it, and the others stand', () => {
    const org: SandboxOrg = orgWith({
      after: ({ object, rows }) => {
        if (object !== 'Lead') return;
        for (const row of rows) {
          org.insert(USER, 'Task', [{ Subject: 'Call', WhoId: row.next?.Id }]);
          if (row.next?.['LastName'] === 'P1') row.addError('not this one');
        }
      },
    });
    const results = org.insert(USER, 'Lead', leads(3));
    expect(results.map((result) => result.success)).toEqual([true, false, true]);
    expect(results[1]).toMatchObject({
      errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'not this one' }],
    });
    expect([...(org.table('Lead')?.rows() ?? [])].map((row) => row['LastName'])).toEqual(['P0', 'P2']);
    expect(org.table('Task')?.size).toBe(2);
  });

  test('may refuse deletes: refused rows stay, with everything that hangs on them', () => {
    const org = orgWith({
      after: ({ operation, rows }) => {
        if (operation !== 'delete') return;
        for (const row of rows) if (row.old?.['Name'] === 'Keep') row.addError('kept');
      },
    });
    const [keep, drop] = org.insert(USER, 'Account', [{ Name: 'Keep' }, { Name: 'Drop' }]);
    const [contact] = org.insert(USER, 'Contact', [{ LastName: 'A', AccountId: keep?.id }]);
    const results = org.delete(USER, [keep?.id ?? '', drop?.id ?? '']);
    expect(results.map((result) => result.success)).toEqual([false, true]);
    const isDeleted = (id: string | undefined): unknown => org.table('Account')?.get(id ?? '')?.['IsDeleted'];
    expect([isDeleted(keep?.id), isDeleted(drop?.id)]).toEqual([false, true]);
    expect(org.table('Contact')?.get(contact?.id ?? '')?.['IsDeleted']).toBe(false);
  });

  test('run for merges and conversions, which they may refuse as a whole', () => {
    const events: string[] = [];
    let refuse = false;
    const org = orgWith({
      after: ({ operation, object, rows }) => {
        events.push(`${object} ${operation}`);
        if (refuse) rows[0]?.addError('refused');
      },
    });
    const [one, two] = org.insert(USER, 'Lead', leads(2)).map((result) => result.id ?? '');
    events.length = 0;
    refuse = true;
    expect(org.merge(USER, 'Lead', { Id: one }, [two ?? ''])).toMatchObject({ success: false });
    expect(() => org.convertLead(USER, one ?? '')).toThrow('refused');
    expect(
      [...(org.table('Lead')?.rows() ?? [])].map((row) => [row['IsDeleted'], row['IsConverted']]),
    ).toEqual([
      [false, false],
      [false, false],
    ]);
    refuse = false;
    events.length = 0;
    org.merge(USER, 'Lead', { Id: one }, [two ?? '']);
    org.convertLead(USER, one ?? '');
    expect(events).toEqual(['Lead delete', 'Lead update', 'Account insert', 'Contact insert', 'Lead update']);
  });
});
