import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Row } from '../../salesforce/org/types.ts';
import { inputValue, openLightning } from './fixture.ts';
import type { LightningOrg, LoggedIn } from './fixture.ts';

const WAITING = 'Waiting for next sync';
const STRANGER_ORIGIN = 'http://127.0.0.1:9';

let lightning: LightningOrg;
let admin: LoggedIn;
let rep: LoggedIn;
let guest: LoggedIn;
let leadId: string;

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
  const [id = ''] = lightning.org.bulkLoad('Lead', [
    {
      FirstName: 'Ada',
      LastName: `O'Brien <b>`,
      Company: 'Analytical Engines',
      Email: 'ada@engines.example',
      Phone: '+44 20 7946 0000',
      Status: 'Open - Not Contacted',
      ActiveCampaign_Sync_Status__c: 'Synced successfully',
      ActiveCampaign_ID__c: '4711',
    },
  ]);
  leadId = id;
  // What the Setup Assistant leaves behind: which fields' edits matter.
  lightning.org.bulkLoad('ActiveCampaign_Settings__c', [
    { SetupOwnerId: lightning.org.id, Lead_Fields_1__c: 'Phone,LastName' },
  ]);
});

const lead = (): Row => {
  const row = lightning.org.table('Lead')?.get(leadId);
  if (row === undefined) throw new Error('The lead is gone.');
  return row;
};
const view = (): string => `/lightning/r/Lead/${leadId}/view`;
const edit = (): string => `/lightning/r/Lead/${leadId}/edit`;

/** The form as its page has it, with some of its fields changed. */
async function filledIn(user: LoggedIn, changes: Record<string, string>): Promise<Record<string, string>> {
  const { text } = await user.get(edit());
  const names = [...text.matchAll(/<input[^>]*\bname="(\w+)"[^>]*>/g)]
    .filter(([tag]) => !tag.includes('hidden') && !tag.includes('checkbox'))
    .map(([, name = '']) => name)
    .filter((name) => name !== 'path');
  const values = names.map((name): [string, string] => [name, unescape(inputValue(text, name) ?? '')]);
  return { Status: 'Open - Not Contacted', ...Object.fromEntries(values), ...changes };
}

function unescape(text: string): string {
  return text
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

describe('who comes in', () => {
  test('nobody without a session: pages lead to the login, which leads back', async () => {
    const answer = await lightning.stranger.get(view());
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(`/login?startURL=${encodeURIComponent(view())}`);
    const login = await lightning.stranger.submit('/login', {
      username: 'rep@sandbox.test',
      pw: 'sandbox1234',
      startURL: view(),
    });
    expect(login.headers.get('location')).toBe(view());
    expect(login.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
  });

  test('a form that a page of another origin sends is refused, and nothing is saved', async () => {
    const fields = await filledIn(admin, { Phone: '666' });
    const answer = await admin.submit(edit(), fields, STRANGER_ORIGIN);
    expect(answer.status).toBe(403);
    expect(lead()['Phone']).toBe('+44 20 7946 0000');
    expect((await admin.submit(edit(), fields, 'null')).status).toBe(403);
  });

  test('the App Launcher shows the Setup Assistant to those alone who may set the sync up', async () => {
    const home = '/lightning/page/home';
    expect((await admin.get(home)).text).toContain('ActiveCampaign Setup Assistant');
    expect((await rep.get(home)).text).not.toContain('ActiveCampaign Setup Assistant');
    expect((await rep.get('/lightning/n/ActiveCampaign_Setup')).status).toBe(404);
  });

  test('Setup is the administrator’s: others neither see nor change who holds what', async () => {
    const path = '/lightning/setup/PermSets';
    expect((await rep.get(path)).status).toBe(404);
    const grant = { user: '005000000000003AAA', assigned: 'true' };
    expect((await guest.submit(`${path}/ActiveCampaign_Package_Manager`, grant)).status).toBe(404);
    expect((await guest.get('/lightning/page/home')).text).not.toContain('ActiveCampaign Setup Assistant');
  });
});

describe('what a record shows', () => {
  test('values as text, whatever they look like', async () => {
    const { text } = await admin.get(view());
    expect(text).toContain('O&#39;Brien &lt;b&gt;');
    expect(text).not.toContain('O&#39;Brien <b>');
  });

  test('the package’s fields to whom a permission set shows them, from the moment it is assigned', async () => {
    expect((await rep.get(view())).text).toContain('4711');
    expect((await guest.get(view())).text).not.toContain('4711');
    const path = '/lightning/setup/PermSets/ActiveCampaign_Standard_User';
    await admin.submit(path, { user: '005000000000003AAA', assigned: 'true' });
    expect((await guest.get(view())).text).toContain('4711');
    await admin.submit(path, { user: '005000000000003AAA', assigned: 'false' });
    expect((await guest.get(view())).text).not.toContain('4711');
  });

  test('the package’s components to whom a permission set opens them', async () => {
    const components = async (user: LoggedIn): Promise<string[]> =>
      [...(await user.get(view())).text.matchAll(/data-component="(\w+)"/g)].map(([, name = '']) => name);
    await expect(components(rep)).resolves.toEqual(['recordSync', 'cxaActivities', 'cxAutomation']);
    await expect(components(admin)).resolves.toEqual(['recordSync', 'cxaActivities', 'cxAutomation']);
    await expect(components(guest)).resolves.toEqual([]);
  });

  test('the user’s language, and leaves that of others', async () => {
    const chosen = await rep.submit('/lightning/language', { language: 'es', path: view() });
    expect(chosen.headers.get('location')).toBe(view());
    const { text } = await rep.get(view());
    expect(text).toContain('<html lang="es">');
    expect(text).toContain('Estado de sincronización de ActiveCampaign');
    expect(text).toContain('Sincronizado correctamente');
    expect((await admin.get(view())).text).toContain('ActiveCampaign Sync Status');
  });

  test('the language switch leads nowhere but into the shell', async () => {
    const chosen = await rep.submit('/lightning/language', { language: 'es', path: '//elsewhere.example/' });
    expect(chosen.headers.get('location')).toBe('/lightning/page/home');
  });

  test('a page of its own where there is no such record, object or tab', async () => {
    for (const path of [
      '/lightning/r/Lead/00Q000000000000AAA/view',
      '/lightning/o/Order/list',
      '/lightning/n/Nothing',
    ]) {
      const answer = await admin.get(path);
      expect(answer.status).toBe(404);
      expect(answer.text).toContain('This page does not exist');
    }
    // A lead's id under another object's address is no such record either.
    expect((await admin.get(`/lightning/r/Contact/${leadId}/view`)).status).toBe(404);
  });
});

describe('saving', () => {
  test('an edit of a user with the permission set makes the record wait for the next sync', async () => {
    const answer = await rep.submit(edit(), await filledIn(rep, { Phone: '+44 20 7946 1111' }));
    expect(answer.headers.get('location')).toBe(view());
    expect(lead()).toMatchObject({
      Phone: '+44 20 7946 1111',
      ActiveCampaign_Sync_Status__c: WAITING,
      LastModifiedById: '005000000000002AAA',
    });
  });

  test('an edit of a user without it is saved and does not', async () => {
    await guest.submit(edit(), await filledIn(guest, { Phone: '+44 20 7946 2222' }));
    expect(lead()).toMatchObject({
      Phone: '+44 20 7946 2222',
      ActiveCampaign_Sync_Status__c: 'Synced successfully',
    });
  });

  test('a form that was not changed saves nothing', async () => {
    const before = lead();
    const answer = await rep.submit(edit(), await filledIn(rep, {}));
    expect(answer.headers.get('location')).toBe(view());
    expect(lead()).toEqual(before);
  });

  test('fields that the user may only read are not taken from the form, even a forged one', async () => {
    const { text } = await rep.get(edit());
    expect(inputValue(text, 'ActiveCampaign_ID__c')).toBeUndefined();
    await rep.submit(edit(), await filledIn(rep, { ActiveCampaign_ID__c: '1', Phone: '1' }));
    expect(lead()).toMatchObject({ ActiveCampaign_ID__c: '4711', Phone: '1' });
  });

  test('what the org refuses stands beside its field, and what was typed stays', async () => {
    const answer = await rep.submit(edit(), await filledIn(rep, { Email: 'no address', Phone: '77' }));
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/id="Email-error">[^<]*invalid email address/);
    expect(inputValue(answer.text, 'Phone')).toBe('77');
    expect(lead()['Email']).toBe('ada@engines.example');
  });

  test('a new record is made with the org’s own rules', async () => {
    const incomplete = await rep.submit('/lightning/o/Lead/new', { LastName: 'Babbage' });
    expect(incomplete.status).toBe(400);
    expect(incomplete.text).toContain('id="Company-error"');
    const made = await rep.submit('/lightning/o/Lead/new', { LastName: 'Babbage', Company: 'Engines' });
    expect(made.status).toBe(303);
    const page = await rep.get(String(made.headers.get('location')));
    expect(page.text).toContain('Babbage');
  });
});

describe('a list', () => {
  test('finds what is searched for, quotes and wildcards taken literally', async () => {
    lightning.org.bulkLoad('Lead', [{ LastName: 'Plain', Company: '100% Wool' }]);
    const find = async (text: string): Promise<string> =>
      (await rep.get(`/lightning/o/Lead/list?q=${encodeURIComponent(text)}`)).text;
    expect(await find("o'brien")).toContain('Analytical Engines');
    expect(await find("x' OR Name != '")).toContain('Nothing to display.');
    expect(await find('100%')).toContain('100% Wool');
    expect(await find('1%l')).toContain('Nothing to display.');
  });

  test('goes by pages', async () => {
    const many = Array.from({ length: 30 }, (_, at) => ({
      LastName: `Person ${String(at).padStart(2, '0')}`,
      Company: 'Crowd',
    }));
    lightning.org.bulkLoad('Lead', many);
    const first = await rep.get('/lightning/o/Lead/list?q=Crowd');
    expect(first.text).toContain('Person 24');
    expect(first.text).not.toContain('Person 25');
    expect(first.text).toContain('q=Crowd&amp;page=2');
    expect((await rep.get('/lightning/o/Lead/list?q=Crowd&page=2')).text).toContain('Person 29');
  });
});
