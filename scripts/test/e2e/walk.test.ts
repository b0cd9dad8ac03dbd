import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { createTestDatabase } from '../../../backend/test/support/database.ts';
import { launchBrowser } from '../../e2e/browser.ts';
import { Person } from '../../e2e/person.ts';
import { openStage } from '../../e2e/stage.ts';
import type { Stage } from '../../e2e/stage.ts';
import { seedActiveCampaign } from '../../demo/marketer.ts';
import { credentials } from '../../stack/vendors.ts';

const database = await createTestDatabase();
let stage: Stage;
let browser: Browser;
let admin: Person;

beforeAll(async () => {
  stage = await openStage(database);
  await seedActiveCampaign(stage.vendors);
  browser = await launchBrowser();
  admin = await Person.logIn(browser, stage.addresses.salesforce, credentials.admin);
});

afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** Asks for access to Salesforce; the window that opens shows what is asked for. */
async function openLoginWindow(): Promise<Page> {
  const opening = admin.page.waitForEvent('popup');
  await admin.page.getByRole('button', { name: 'Authorize' }).click();
  const window = await opening;
  await window.getByRole('button', { name: 'Allow' }).waitFor();
  return window;
}

/** Goes on to the next page of a step. */
async function next(title: string): Promise<void> {
  await admin.page.getByRole('button', { name: 'Next' }).click();
  await admin.page.getByRole('heading', { name: title }).waitFor();
}

/** Finds a field in the newest row of the mapping by typing its name. */
async function pick(side: string, field: string): Promise<void> {
  const box = admin.page.getByRole('combobox', { name: side }).last();
  await box.click();
  await box.fill(field);
  await admin.page.getByRole('option', { name: field }).first().click();
}

describe('an admin sets the sync up', () => {
  test('finds the Setup Assistant in the App Launcher', async () => {
    await admin.look('app-launcher');
    await admin.page.getByRole('link', { name: /ActiveCampaign Setup Assistant/ }).click();
    await admin.page.getByRole('button', { name: 'Get started' }).waitFor();
    await admin.look('setup-start');
  });

  test('is told why a wrong API key is refused', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: 'Get started' }).click();
    await page.getByLabel('ActiveCampaign account name or URL').fill(stage.addresses.activecampaign);
    await page.getByLabel('API key').fill('not-the-key');
    await page.getByRole('button', { name: 'Authorize' }).click();
    await page.getByRole('alert').filter({ hasText: 'SYNC_' }).waitFor();
    await admin.look('setup-wrong-key');
  });

  test('connects ActiveCampaign with the right key', async () => {
    const { page } = admin;
    await page.getByLabel('API key').fill(credentials.activecampaignKey);
    await page.getByRole('button', { name: 'Authorize' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: /^Connected/ })
      .waitFor();
    await admin.look('setup-activecampaign-connected');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('status').filter({ hasText: 'Not connected' }).waitFor();
  });

  test('is told when the login window was closed', async () => {
    const window = await openLoginWindow();
    await window.close();
    await admin.page.getByRole('alert').filter({ hasText: 'PACKAGE_LOGIN_CLOSED' }).waitFor();
  });

  test('is told when access was denied', async () => {
    const window = await openLoginWindow();
    await window.getByRole('button', { name: 'Deny' }).click();
    await admin.page.getByRole('alert').filter({ hasText: 'SYNC_OAUTH_DENIED' }).waitFor();
    await admin.look('setup-denied');
  });

  test('connects Salesforce by allowing access', async () => {
    const window = await openLoginWindow();
    await window.getByRole('button', { name: 'Allow' }).click();
    await admin.page
      .getByRole('status')
      .filter({ hasText: /^Connected/ })
      .waitFor();
    await admin.look('setup-salesforce-connected');
    await admin.page.getByRole('button', { name: 'Finish' }).click();
    await admin.page.getByText('Done', { exact: true }).first().waitFor();
    await admin.look('setup-overview');
  });
});

describe('an admin decides what is synced', () => {
  test('maps fields, a pair of their own among them, and sees real records pass through the mapping', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: /: Dynamic field mapping/ }).click();
    await page.getByRole('heading', { name: 'Standard lead fields' }).waitFor();
    await admin.look('mapping-standard-lead');
    await next('Custom lead fields');
    await page.getByRole('button', { name: 'Add mapping' }).click();
    await pick('ActiveCampaign field', 'Job Title');
    await pick('Salesforce field', 'Title');
    await page.getByRole('button', { name: 'Preview with ten records' }).click();
    await page.getByRole('cell', { name: 'Title → Job Title' }).first().waitFor();
    await admin.look('mapping-custom-lead');
    await next('Standard contact fields');
    await next('Custom contact fields');
    await next('Account fields');
    await admin.look('mapping-account');
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByRole('button', { name: 'Change: Dynamic field mapping' }).waitFor();
  });

  test('chooses leads in each of the four ways, with a count and samples of those that match', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: /: Outbound sync settings/ }).click();
    for (const way of ['Do not use leads', 'All leads created from now on', 'Leads flagged by a flow']) {
      await page.getByText(way).click();
      await expect(page.getByRole('radio', { name: way }).isChecked()).resolves.toBe(true);
    }
    await page.getByText('Records that match now: 0').waitFor();
    await page.getByText('Only leads that match criteria').click();
    await page.getByText(/Records that match now: [1-9]/).waitFor();
    await admin.look('selection-leads');
    await next('Contact sync selection');
    await page.getByText('Only contacts that match criteria').click();
    await page.getByText(/Records that match now: [1-9]/).waitFor();
    await next('Job scheduling');
  });

  test('schedules the job', async () => {
    const { page } = admin;
    await page.getByRole('combobox', { name: 'Job frequency' }).click();
    await page.getByRole('option', { name: 'Continuously' }).click();
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();
    await page.getByText('The job is scheduled.').waitFor();
    await admin.look('schedule');
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByRole('button', { name: 'Change: Outbound sync settings' }).waitFor();
  });

  test('offers the campaigns and automations that are named after Salesforce', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: /: ActiveCampaign CX Automation/ }).click();
    const offered = page.getByRole('checkbox', { name: 'Salesforce follow-up: pricing' });
    await offered.waitFor();
    expect(await offered.isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'Sensor launch' }).isChecked()).toBe(false);
    await admin.look('cx-automation');
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByText('4 of 4 steps are done').first().waitFor();
  });
});

test('nobody meets an error in the browser', () => {
  expect(admin.complaints).toEqual([]);
});
