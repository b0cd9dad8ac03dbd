import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openLightning } from './fixture.ts';
import type { LightningOrg, LoggedIn } from './fixture.ts';

let lightning: LightningOrg;
let admin: LoggedIn;
let rep: LoggedIn;
let guest: LoggedIn;
let contactId: string;

beforeAll(async () => {
  lightning = await openLightning();
});
afterAll(() => lightning.app.close());

beforeEach(async () => {
  await lightning.reset();
  [admin, rep, guest] = await Promise.all([
    lightning.logIn('admin@sandbox.test'),
    lightning.logIn('rep@sandbox.test'),
    lightning.logIn('guestrep@sandbox.test'),
  ]);
  const [accountId = ''] = lightning.org.bulkLoad('Account', [{ Name: 'Engines' }]);
  const [id = ''] = lightning.org.bulkLoad('Contact', [
    { FirstName: 'Ada', LastName: 'Byron', AccountId: accountId, ActiveCampaign_ID__c: '4711' },
  ]);
  contactId = id;
});

describe('Apex methods', () => {
  const status = '/lightning/apex/SetupController.getStatus';

  test('answer what they return to a user whose permission set opens their class', async () => {
    expect((await admin.send('POST', status, {})).json()).toEqual({ returnValue: { started: false } });
  });

  test('are closed to a user whose permission sets do not, by the platform’s own words', async () => {
    const answer = await rep.send('POST', status, {});
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      error: { message: "You do not have access to the Apex class named 'SetupController'." },
    });
    const record = await guest.send('POST', '/lightning/apex/RecordController.getOffers', {});
    expect(record.json()).toEqual({
      error: { message: "You do not have access to the Apex class named 'RecordController'." },
    });
  });

  test('are called by a page of this org alone, with a session', async () => {
    expect((await admin.send('POST', status, {}, 'http://127.0.0.1:9')).status).toBe(403);
    expect((await lightning.stranger.send('POST', status, {})).status).toBe(401);
  });

  test('that throw give the error’s type and what its message says', async () => {
    const answer = await rep.send('POST', '/lightning/apex/RecordController.getRecord', {
      recordId: '00QSb0000000009MAA',
    });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      error: {
        exceptionType: 'System.AuraHandledException',
        message: expect.stringContaining('PACKAGE_'),
        isUserDefinedException: false,
      },
    });
  });

  test('that are not for components do not exist for them', async () => {
    for (const name of ['SetupController.tellNamespace', 'SetupAccess.require', 'Nothing.at']) {
      const answer = await admin.send('POST', `/lightning/apex/${name}`, {});
      expect(answer.status).toBe(404);
      expect(answer.json()).toEqual({ message: `There is no @AuraEnabled method ${name}.` });
    }
  });
});

describe('records for components', () => {
  const path = (query: Record<string, string>): string =>
    `/lightning/records/${contactId}?${new URLSearchParams(query).toString()}`;

  test('come with values, parents and formatted values', async () => {
    const answer = await rep.get(
      path({ fields: 'Contact.Name,Contact.Account.Name,Contact.HasOptedOutOfEmail' }),
    );
    expect(answer.json()).toEqual({
      apiName: 'Contact',
      id: contactId,
      fields: {
        Name: { value: 'Ada Byron', displayValue: null },
        Account: {
          value: {
            apiName: 'Account',
            id: expect.any(String),
            fields: { Name: { value: 'Engines', displayValue: null } },
          },
          displayValue: 'Engines',
        },
        HasOptedOutOfEmail: { value: false, displayValue: 'No' },
      },
    });
  });

  test('lack what a user may not see where it is optional, and are refused where it is not', async () => {
    const field = 'Contact.ActiveCampaign_ID__c';
    const optional = await guest.get(path({ fields: 'Contact.Name', optionalFields: field }));
    expect(optional.json()).toMatchObject({ fields: { Name: { value: 'Ada Byron' } } });
    expect(optional.text).not.toContain('4711');
    const demanded = await guest.get(path({ fields: field }));
    expect(demanded.status).toBe(400);
    expect(demanded.json()).toEqual({ message: `Field does not exist or is not accessible: ${field}.` });
    expect((await rep.get(path({ fields: field }))).text).toContain('4711');
  });

  test('are saved with the user’s rights', async () => {
    const allowed = await guest.send('PATCH', `/lightning/records/${contactId}`, {
      fields: { Title: 'Countess' },
    });
    expect(allowed.status).toBe(200);
    expect(lightning.org.table('Contact')?.get(contactId)?.['Title']).toBe('Countess');
    const refused = await rep.send('PATCH', `/lightning/records/${contactId}`, {
      fields: { ActiveCampaign_ID__c: '1' },
    });
    expect(refused.status).toBe(400);
    expect(refused.json()).toMatchObject({
      output: { errors: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] },
    });
    expect(lightning.org.table('Contact')?.get(contactId)?.['ActiveCampaign_ID__c']).toBe('4711');
  });

  test('that do not exist are not found', async () => {
    const answer = await rep.get(`/lightning/records/003Sb00000000ZZMAA?fields=Contact.Name`);
    expect(answer.status).toBe(404);
  });
});

describe('objects for components', () => {
  const status = '/lightning/object-info/Lead/picklist-values/ActiveCampaign_Sync_Status__c';

  test('are described in the language of the user', async () => {
    expect((await rep.get('/lightning/object-info/Lead')).json()).toMatchObject({
      apiName: 'Lead',
      fields: { FirstName: { label: 'First Name' } },
    });
    await rep.submit('/lightning/language', { language: 'es', path: '/' });
    expect((await rep.get('/lightning/object-info/Lead')).json()).toMatchObject({
      fields: { FirstName: { label: 'Nombre' } },
    });
  });

  test('tell the values of a picklist with their words', async () => {
    await rep.submit('/lightning/language', { language: 'es', path: '/' });
    expect((await rep.get(status)).json()).toEqual({
      values: expect.arrayContaining([{ value: 'Synced successfully', label: 'Sincronizado correctamente' }]),
    });
  });

  test('lack what a user may not see', async () => {
    expect((await guest.get('/lightning/object-info/Lead')).text).not.toContain('ActiveCampaign');
    expect((await guest.get(status)).status).toBe(404);
    expect((await rep.get('/lightning/object-info/Nothing')).status).toBe(404);
  });
});
