import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { createTestDatabase } from '../../../backend/test/support/database.ts';
import { Assistant } from '../../e2e/assistant.ts';
import { launchBrowser } from '../../e2e/browser.ts';
import { askAbout, giveAccess, revokeAccess } from '../../e2e/circumstances.ts';
import { Marketer } from '../../e2e/marketer.ts';
import { Person } from '../../e2e/person.ts';
import { openStage } from '../../e2e/stage.ts';
import type { Stage } from '../../e2e/stage.ts';
import { seedActiveCampaign } from '../../demo/marketer.ts';
import { credentials } from '../../stack/vendors.ts';

// Each look also tells where an English text is left.
const database = await createTestDatabase();
let stage: Stage;
let browser: Browser;
let admin: Person;
let assistant: Assistant;

beforeAll(async () => {
  stage = await openStage(database);
  await seedActiveCampaign(stage.vendors);
  browser = await launchBrowser();
  admin = await Person.logIn(browser, stage.addresses.salesforce, credentials.admin, 'es');
  assistant = new Assistant(admin, stage);
});

afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

describe('a Spanish-speaking admin', () => {
  test('starts and connects both systems', async () => {
    await admin.page.getByRole('link', { name: 'Configuración', exact: true }).click();
    await admin.look('permission-sets');
    await admin.page.getByRole('link', { name: 'Iniciador de aplicaciones' }).click();
    await admin.look('app-launcher');
    await assistant.open();
    await admin.look('setup-start');
    await assistant.press('Action_GetStarted');
    await assistant.enterAccount();
    await assistant.enterKey('not-the-key');
    await admin.page.getByRole('alert').filter({ hasText: 'SYNC_' }).waitFor();
    await admin.look('setup-wrong-key');
    await assistant.enterKey(credentials.activecampaignKey);
    await assistant.connected();
    await assistant.press('Action_Next');
    await assistant.allowAccess();
    await admin.look('setup-salesforce-connected');
    await assistant.finish();
    await admin.look('setup-overview');
  });

  test('uses the recommended settings, and sees what the first sync would do and does', async () => {
    const { page } = admin;
    await assistant.press('Recommended_Use');
    await page
      .getByRole('button', { name: admin.word('FirstSync_Start') })
      .and(page.locator(':enabled'))
      .waitFor();
    await admin.look('dry-run');
    // So slow an account that somebody can watch.
    await stage.vendors.door('activecampaign', 'limits', { importDelayMs: 4000 }, z.unknown());
    await assistant.press('FirstSync_Start');
    await page
      .getByText(/\d+ de \d+ registros/)
      .first()
      .waitFor();
    await admin.look('first-sync-running');
    await assistant.synced();
    await admin.look('first-sync-done');
  });

  test('finds every setting in its step', async () => {
    await assistant.openStep('Step_Mapping');
    await admin.page.getByRole('heading', { name: admin.word('Mapping_StandardLead') }).waitFor();
    await admin.look('mapping-standard-lead');
    await assistant.press('Preview_Show');
    await admin.page.getByRole('cell').first().waitFor();
    await admin.look('mapping-preview');
    for (const title of ['CustomLead', 'StandardContact', 'CustomContact', 'Account'])
      await assistant.next(`Mapping_${title}`);
    await admin.look('mapping-account');
    await assistant.finish();
    await assistant.openStep('Step_Outbound');
    await admin.page.getByRole('radiogroup').first().waitFor();
    await admin.look('selection-leads');
    await assistant.next('Selection_Contacts');
    await assistant.next('Schedule_Title');
    await admin.page.getByRole('cell', { name: 'Weekly Data Export' }).waitFor();
    await admin.look('schedule');
    await assistant.finish();
    await assistant.openStep('Step_Automation');
    await admin.page.getByRole('checkbox', { name: 'Salesforce follow-up: pricing' }).waitFor();
    await admin.look('cx-automation-offer');
    await assistant.finish();
  });

  test('can try a changed mapping without writing, where it was changed', async () => {
    await assistant.stopMapping('Nombre');
    await admin.look('mapping-saved');
    await assistant.press('Action_NotNow');
    await assistant.overview();
    expect(admin.complaints).toEqual([]);
  });
});

describe('a Spanish-speaking sales rep', () => {
  let rep: Person;
  let lead: string;
  let email: string;
  let marketer: Marketer;

  beforeAll(async () => {
    const [synced] = await stage.vendors.query(
      "SELECT Id, Email FROM Lead WHERE ActiveCampaign_Sync_Status__c = 'Synced successfully' ORDER BY CreatedDate LIMIT 1",
    );
    lead = String(synced?.Id);
    email = String(synced?.['Email']);
    marketer = new Marketer(stage.vendors);
    await marketer.letDoEverything(email);
    rep = await Person.logIn(browser, stage.addresses.salesforce, credentials.rep, 'es');
  });

  const open = () => rep.open(`/lightning/r/Lead/${lead}/view`);

  test('reads how the sync of a record stands, and what the person did', async () => {
    await open();
    await rep.page.getByText('Sincronizado correctamente').nth(2).waitFor();
    await rep.page.getByText(rep.word('Activity_AutomationEntered')).waitFor();
    await rep.page.getByRole('combobox', { name: rep.word('Automation_SendCampaign') }).waitFor();
    await rep.look('lead');
    await rep.look('record-sync', rep.page.locator('c-record-sync'));
    await rep.look('activities', rep.page.locator('c-cxa-activities'));
    expect(rep.complaints).toEqual([]);
  });

  test('is told what is wrong with a value', async () => {
    await marketer.edit(email, { lastName: 'A'.repeat(81) });
    await stage.runBatch('inbound');
    await open();
    await rep.page.getByText(/tiene 81 caracteres; “.+”, en Salesforce, admite 80\./).waitFor();
    await rep.look('record-problem', rep.page.locator('c-record-sync'));
    await marketer.edit(email, { lastName: 'Ortega' });
    await stage.runBatch('inbound');
    expect(rep.complaints).toEqual([]);
  });

  test('decides what stays where both sides changed a field', async () => {
    await askAbout(stage, 'Phone');
    await marketer.edit(email, { phone: '+34 600 222 222' });
    await stage.vendors.salesforce.send(
      'PATCH',
      `/services/data/v67.0/sobjects/Lead/${lead}`,
      { Phone: '+34 600 111 111' },
      z.unknown(),
    );
    await stage.runBatch('outbound');
    await open();
    const keep = rep.page.getByRole('button', { name: rep.word('Record_KeepPlatform') });
    await keep.waitFor();
    await rep.look('conflict', rep.page.locator('c-record-sync'));
    await keep.click();
    await keep.waitFor({ state: 'detached' });
    expect(rep.complaints).toEqual([]);
  });
});

test('a Spanish-speaking admin sees that a connection is lost, and makes it again', async () => {
  await revokeAccess(stage);
  await expect(stage.runBatch('outbound')).rejects.toThrow(/SYNC_/);
  // The end of all access tokens was the end of the admin's session, too.
  await assistant.meetLostConnection();
  await giveAccess(stage);
  await assistant.allowAccess();
  await assistant.finish();
  expect(admin.complaints).toEqual([]);
});
