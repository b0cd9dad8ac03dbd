import { expect, test } from '@jest/globals';
import { LiveApex } from '../../../sandbox/salesforce/apex/run/live.ts';
import { compilePackage } from '../../apex/package-tests.ts';

test('a rep gets "no access" from record components for what sharing hides, and nothing else does', async () => {
  const { apex, users } = compilePackage();
  const contextOf = (username: string) => {
    const user = users.byUsername(username);
    if (user === undefined) throw new Error(`No such user: ${username}`);
    return users.context(user);
  };
  const admin = contextOf('admin@sandbox.test');
  const rep = contextOf('rep@sandbox.test');
  const live = new LiveApex(apex, {
    clock: { now: () => Date.UTC(2026, 0, 1) },
    send: ({ endpoint }) => Promise.reject(new Error(`Nothing is to be called, but ${endpoint} was.`)),
  });
  const leadOf = (ownerId: string): string => {
    const [saved] = apex.org.insert(admin, 'Lead', [{ LastName: 'L', Company: 'C', OwnerId: ownerId }]);
    if (saved?.success !== true) throw new Error('The lead was not saved.');
    return saved.id;
  };
  const [hers, own] = [leadOf(admin.id), leadOf(rep.id)];
  const answer = async (recordId: string, user = rep): Promise<string> => {
    const outcome = await live.callAura('RecordController', 'getRecord', { recordId }, user);
    return outcome.ok ? 'answered' : outcome.message;
  };

  // Past the question whether the user sees the record, the org's set-up has not begun.
  expect(await answer(hers)).toContain('PACKAGE_NOT_STARTED');
  apex.org.sharing.set('Lead', 'private');
  expect(await answer(hers)).toContain('PACKAGE_RECORD_HIDDEN');
  expect(await answer(own)).toContain('PACKAGE_NOT_STARTED');
  expect(await answer(hers, admin)).toContain('PACKAGE_NOT_STARTED');
});
