import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { launchBrowser } from '../../../scripts/e2e/browser.ts';
import { Person } from '../../../scripts/e2e/person.ts';
import { openLightning } from './fixture.ts';
import type { LightningOrg } from './fixture.ts';

const PACKAGE = join(import.meta.dirname, '../../../force-app/main/default');
const PROBE = join(import.meta.dirname, 'probe');
const ADMIN = 'admin@sandbox.test';

/** A copy of the package whose lead page holds the probe in place of a component. */
let folder: string;
let lightning: LightningOrg;
let browser: Browser;
let admin: Person;
let probe: Locator;
let leadId: string;
const said: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'syncline-package-'));
  await cp(PACKAGE, folder, { recursive: true });
  await restoreProbe();
  const page = join(folder, 'flexipages/ActiveCampaign_Lead.flexipage-meta.xml');
  const text = await readFile(page, 'utf8');
  await writeFile(page, text.replace('<componentName>cxAutomation<', '<componentName>probe<'));
  lightning = await openLightning({ folder, say: (line) => said.push(line) });
  [leadId = ''] = lightning.org.bulkLoad('Lead', [
    { FirstName: 'Ada', LastName: 'Byron', Company: 'Engines', Title: 'Analyst' },
  ]);
  browser = await launchBrowser();
  admin = await Person.logIn(browser, lightning.url, ADMIN);
  probe = admin.page.locator('c-probe');
});

afterAll(async () => {
  await browser?.close();
  await lightning?.app.close();
  await rm(folder, { recursive: true, force: true });
});

const restoreProbe = (): Promise<void> => cp(PROBE, join(folder, 'lwc/probe'), { recursive: true });
const view = (): string => `/lightning/r/Lead/${leadId}/view`;
const press = (name: string): Promise<void> => probe.getByRole('button', { name }).click();

/** The page of a lead with that title, as far as the probe has it. */
async function showTitle(title: string): Promise<void> {
  lightning.org.systemWrite(leadId, { Title: title });
  await admin.open(view());
  await probe.getByText(title).waitFor();
}

beforeEach(async () => {
  await admin.open(view());
});

describe('a component on a page', () => {
  test('shows a toast that says what it was given, and that can be closed', async () => {
    await press('Toast');
    const toast = admin.page.getByRole('status').filter({ hasText: 'Saved' });
    await toast.waitFor();
    expect(await toast.innerText()).toContain('See the lead.');
    await toast.getByRole('button', { name: 'Close' }).click();
    await toast.waitFor({ state: 'detached' });
  });

  test('leads to another page', async () => {
    await press('Navigate');
    await admin.page.waitForURL('**/lightning/o/Contact/list');
    await admin.page.getByRole('heading', { level: 1, name: 'Contacts' }).waitFor();
  });

  test('saves a record: its own wire and the page’s details show the new value', async () => {
    await showTitle('Analyst');
    await press('Update');
    await probe.getByText('Countess').waitFor();
    await admin.page.locator('#details').getByText('Countess').waitFor();
    expect(lightning.org.table('Lead')?.get(leadId)?.['Title']).toBe('Countess');
  });

  test('shows what others saved once it says that there is something new', async () => {
    await showTitle('Analyst');
    lightning.org.systemWrite(leadId, { Title: 'Lady' });
    expect(await probe.locator('.title').innerText()).toBe('Analyst');
    await press('Notify');
    await probe.getByText('Lady').waitFor();
    await admin.page.locator('#details').getByText('Lady').waitFor();
  });

  test('speaks the user’s language', async () => {
    await probe.getByText('Try again').waitFor();
    const spanish = await Person.logIn(browser, lightning.url, 'rep@sandbox.test', 'es');
    await spanish.open(view());
    await spanish.page.locator('c-probe').getByText('Reintentar').waitFor();
    await spanish.leave();
  });
});

describe('a change of a component’s sources', () => {
  beforeEach(restoreProbe);

  const change = async (file: string, from: string, to: string): Promise<void> => {
    const path = join(folder, 'lwc/probe', file);
    await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
  };

  test('is on the page when it is loaded again', async () => {
    await change('probe.html', '{label}', 'Changed just now');
    said.length = 0;
    await admin.page.reload();
    await probe.getByText('Changed just now').waitFor();
    // How long it took, for whoever reads the log: it depends on the machine.
    expect(said).toEqual([expect.stringMatching(/modules of the package are built \(\d+\.\d s\)/)]);
    process.stdout.write(`${said.join('\n')}\n`);
  });

  test.each([
    [
      '@salesforce/messageChannel/Sync__c',
      /probe\.js\S* imports "@salesforce\/messageChannel\/Sync__c", which the sandbox does not have/,
    ],
    ['lightning/empApi', /The sandbox has no lightning\/empApi/],
    ['@salesforce/label/c.Nothing', /There is no custom label c\.Nothing/],
    ['@salesforce/apex/Nothing.at', /There is no @AuraEnabled method Nothing\.at/],
  ])('that imports %s, which is not there, is told by name', async (specifier, words) => {
    const original = "import retry from '@salesforce/label/c.Action_Retry';";
    const unknown = `import unknown from '${specifier}';\nexport { unknown };`;
    await change('probe.js', original, `${original}\n${unknown}`);
    const answer = await admin.page.reload();
    expect(answer?.status()).toBe(500);
    expect(await admin.page.locator('body').innerText()).toMatch(words);
  });
});
