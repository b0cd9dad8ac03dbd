import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { z } from 'zod';
import { createTestDatabase } from '../../../backend/test/support/database.ts';
import { Assistant } from '../../e2e/assistant.ts';
import { launchBrowser } from '../../e2e/browser.ts';
import { giveAccess, revokeAccess } from '../../e2e/circumstances.ts';
import { Person } from '../../e2e/person.ts';
import { openStage } from '../../e2e/stage.ts';
import type { Stage } from '../../e2e/stage.ts';
import { seedActiveCampaign } from '../../demo/marketer.ts';
import { credentials } from '../../stack/vendors.ts';

const database = await createTestDatabase();
let stage: Stage;
let browser: Browser;
let admin: Person;
let assistant: Assistant;

beforeAll(async () => {
  stage = await openStage(database);
  await seedActiveCampaign(stage.vendors);
  browser = await launchBrowser();
  admin = await Person.logIn(browser, stage.addresses.salesforce, credentials.admin);
  assistant = new Assistant(admin, stage);
});

afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

describe('after the installation', () => {
  const ASSISTANT = 'ActiveCampaign Setup Assistant';
  const assignment = (action: 'Add' | 'Remove', who: string) =>
    admin.page.getByRole('button', { name: `${action} assignment: ${who}` });

  test('a sales rep has the components from the moment the admin assigns the permission set', async () => {
    const [lead] = await stage.vendors.query('SELECT Id FROM Lead WHERE Email != null LIMIT 1');
    const path = `/lightning/r/Lead/${String(lead?.Id)}/view`;
    const rep = await Person.logIn(browser, stage.addresses.salesforce, credentials.rep);
    expect(await rep.page.getByText(ASSISTANT).count()).toBe(0);

    await admin.page.getByRole('link', { name: 'Setup', exact: true }).click();
    await assignment('Remove', 'Robin Rep, ActiveCampaign Standard User').click();
    await assignment('Add', 'Robin Rep, ActiveCampaign Standard User').waitFor();
    await rep.open(path);
    await rep.page.getByRole('heading', { name: 'Details' }).waitFor();
    expect(await rep.page.getByText('ActiveCampaign').count()).toBe(0);

    await assignment('Add', 'Robin Rep, ActiveCampaign Standard User').click();
    await assignment('Remove', 'Robin Rep, ActiveCampaign Standard User').waitFor();
    await admin.look('permission-sets');
    await rep.page.reload();
    await rep.page.getByText('ActiveCampaign Sync Status').first().waitFor();
    await rep.page.getByText('ActiveCampaign CX Automation').waitFor();
    expect(rep.complaints).toEqual([]);
    await rep.leave();
  });

  test('an admin finds the Setup Assistant in the App Launcher', async () => {
    await admin.page.getByRole('link', { name: 'App Launcher' }).click();
    await admin.look('app-launcher');
    await assistant.open();
    await admin.look('setup-start');
  });
});

describe('an admin connects both systems', () => {
  test('is told why a wrong API key is refused', async () => {
    await assistant.press('Action_GetStarted');
    await assistant.enterAccount();
    await assistant.enterKey('not-the-key');
    await admin.page.getByRole('alert').filter({ hasText: 'SYNC_' }).waitFor();
    await admin.look('setup-wrong-key');
  });

  test('connects ActiveCampaign with the right key', async () => {
    await assistant.enterKey(credentials.activecampaignKey);
    await assistant.connected();
    await admin.look('setup-activecampaign-connected');
    await assistant.press('Action_Next');
    await admin.page.getByRole('status').filter({ hasText: 'Not connected' }).waitFor();
  });

  test('is told when the login window was closed', async () => {
    const window = await assistant.openLoginWindow();
    await window.close();
    await admin.page.getByRole('alert').filter({ hasText: 'PACKAGE_LOGIN_CLOSED' }).waitFor();
  });

  test('is told when access was denied', async () => {
    const window = await assistant.openLoginWindow();
    await window.getByRole('button', { name: 'Deny' }).click();
    await admin.page.getByRole('alert').filter({ hasText: 'SYNC_OAUTH_DENIED' }).waitFor();
    await admin.look('setup-denied');
  });

  test('connects Salesforce by allowing access', async () => {
    await assistant.allowAccess();
    await admin.look('setup-salesforce-connected');
    await assistant.finish();
    await admin.page.getByText('1 of 4 steps are done').first().waitFor();
    await admin.look('setup-overview');
  });
});

describe('an admin decides what is synced', () => {
  /** Finds a field in the newest row of the mapping by typing its name. */
  async function pick(side: string, field: string): Promise<void> {
    const box = admin.page.getByRole('combobox', { name: side }).last();
    await box.click();
    await box.fill(field);
    await admin.page.getByRole('option', { name: field }).first().click();
  }

  /** Takes each way of selecting in turn; the last one stays. */
  async function choose(ways: readonly string[]): Promise<void> {
    for (const way of ways) {
      await admin.page.getByText(way).click();
      expect(await admin.page.getByRole('radio', { name: way }).isChecked()).toBe(true);
    }
  }

  test('maps fields, a pair of their own among them, and sees real records pass through the mapping', async () => {
    const { page } = admin;
    await assistant.openStep('Step_Mapping');
    await page.getByRole('heading', { name: 'Standard lead fields' }).waitFor();
    await admin.look('mapping-standard-lead');
    await assistant.next('Mapping_CustomLead');
    await page.getByRole('button', { name: 'Add mapping' }).click();
    await pick('ActiveCampaign field', 'Job Title');
    await pick('Salesforce field', 'Title');
    await page.getByRole('button', { name: 'Preview with ten records' }).click();
    await page.getByRole('cell', { name: 'Title → Job Title' }).first().waitFor();
    await admin.look('mapping-custom-lead');
    await assistant.next('Mapping_StandardContact');
    await assistant.next('Mapping_CustomContact');
    await assistant.next('Mapping_Account');
    await admin.look('mapping-account');
    await assistant.finish();
  });

  test('chooses leads and contacts in each of the four ways, and sees how many match', async () => {
    const { page } = admin;
    await assistant.openStep('Step_Outbound');
    await choose(['Do not use leads', 'All leads created from now on', 'Leads flagged by a flow']);
    await page.getByText('Records that match now: 0').waitFor();
    await choose(['Only leads that match criteria']);
    await page.getByText(/Records that match now: [1-9]/).waitFor();
    await admin.look('selection-leads');
    await assistant.next('Selection_Contacts');
    await choose(['Do not use contacts', 'All contacts created from now on', 'Contacts flagged by a flow']);
    await choose(['Only contacts that match criteria']);
    await page.getByText(/Records that match now: [1-9]/).waitFor();
    await assistant.next('Schedule_Title');
  });

  test('schedules the job', async () => {
    const { page } = admin;
    await page.getByRole('combobox', { name: 'Job frequency' }).click();
    await page.getByRole('option', { name: 'Continuously' }).click();
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByText('The job is scheduled.').waitFor();
    await page.getByRole('cell', { name: 'Weekly Data Export' }).waitFor();
    await admin.look('schedule');
    await assistant.finish();
  });

  test('offers the campaigns and automations that are named after Salesforce', async () => {
    const { page } = admin;
    await assistant.openStep('Step_Automation');
    const offered = page.getByRole('checkbox', { name: 'Salesforce follow-up: pricing' });
    await offered.waitFor();
    expect(await offered.isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'Sensor launch' }).isChecked()).toBe(false);
    await admin.look('cx-automation-offer');
    await assistant.finish();
    await page.getByText('4 of 4 steps are done').first().waitFor();
  });
});

describe('the first sync', () => {
  test('is tried without writing anything', async () => {
    const { page } = admin;
    const writes = async (): Promise<[string, number][]> => {
      const { byRoute } = (await stage.vendors.stats()).activecampaign.calls;
      return Object.entries(byRoute).filter(([route]) => !route.startsWith('GET '));
    };
    const before = await writes();
    await page.getByRole('button', { name: 'Try without writing' }).click();
    await page.getByRole('button', { name: 'Start the first sync' }).and(page.locator(':enabled')).waitFor();
    await admin.look('dry-run');
    expect(await writes()).toEqual(before);
  });

  test('shows how far it is while it goes on', async () => {
    // So slow an account that somebody can watch.
    await stage.vendors.door('activecampaign', 'limits', { importDelayMs: 4000 }, z.unknown());
    await assistant.press('FirstSync_Start');
    await admin.page
      .getByText(/\d+ of \d+ records done/)
      .first()
      .waitFor();
    await admin.look('first-sync-running');
  });

  test('writes the selected people to ActiveCampaign and their status to Salesforce', async () => {
    await assistant.synced();
    await admin.look('first-sync-done');
    const synced = await stage.vendors.query(
      "SELECT Id FROM Lead WHERE ActiveCampaign_Sync_Status__c = 'Synced successfully'",
    );
    expect(synced.length).toBeGreaterThan(100);
  });
});

describe('a change of the mapping', () => {
  const changed = (): Locator => admin.page.getByText(admin.word('DryRun_MappingChanged'));

  test('can be tried without writing where it was made, or later', async () => {
    await admin.open('/lightning/n/ActiveCampaign_Setup');
    await assistant.stopMapping('Phone');
    await admin.look('mapping-saved');
    await assistant.press('Action_NotNow');
    await assistant.overview();
    await admin.page.reload();
    await admin.page.getByText(admin.word('FirstSync_UnderWay')).waitFor();
    expect(await changed().count()).toBe(0);

    await assistant.stopMapping('First name');
    await assistant.press('DryRun_Run');
    await admin.page.getByRole('heading', { name: admin.word('DryRun_Outbound') }).waitFor();
    await assistant.press('Action_Continue');
    await assistant.overview();
    expect(await changed().count()).toBe(0);
  });
});

describe('a connection that breaks', () => {
  test('says so where it was made, and is whole again after access was given anew', async () => {
    await revokeAccess(stage);
    await expect(stage.runBatch('outbound')).rejects.toThrow(/SYNC_/);
    // The end of all access tokens was the end of the admin's session, too.
    await assistant.meetLostConnection();
    await giveAccess(stage);
    await assistant.allowAccess();
    await assistant.finish();
    await stage.runBatch('outbound');
  });
});

test('every screen can be used on a laptop and a telephone, and nobody meets an error', () => {
  expect(admin.complaints).toEqual([]);
});
