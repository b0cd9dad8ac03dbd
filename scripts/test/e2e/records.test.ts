import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { runSchema } from '../../../backend/src/schemas/run.ts';
import { createTestDatabase } from '../../../backend/test/support/database.ts';
import { Assistant } from '../../e2e/assistant.ts';
import { launchBrowser } from '../../e2e/browser.ts';
import { askAbout } from '../../e2e/circumstances.ts';
import { Marketer } from '../../e2e/marketer.ts';
import { Person } from '../../e2e/person.ts';
import { RecordPage } from '../../e2e/record-page.ts';
import { openStage } from '../../e2e/stage.ts';
import type { Stage } from '../../e2e/stage.ts';
import { until } from '../../e2e/until.ts';
import { seedActiveCampaign, workInActiveCampaign } from '../../demo/marketer.ts';
import { createLeadUrl } from '../../demo/setup.ts';
import { credentials } from '../../stack/vendors.ts';

const WAITING = 'Waiting for next sync';
const SYNCED = 'Synced successfully';

const database = await createTestDatabase();
let stage: Stage;
let browser: Browser;
let marketer: Marketer;
let admin: Person;
let rep: Person;
/** A synced lead, as the sales rep sees it. */
let lead: RecordPage;
let email: string;

beforeAll(async () => {
  stage = await openStage(database);
  await seedActiveCampaign(stage.vendors);
  marketer = new Marketer(stage.vendors);
  browser = await launchBrowser();
  admin = await Person.logIn(browser, stage.addresses.salesforce, credentials.admin);
  rep = await Person.logIn(browser, stage.addresses.salesforce, credentials.rep);
});

afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** Waits for a batch to give the lead a status, then shows it to the sales rep. */
async function statusBecomes(status: string): Promise<void> {
  const field = 'ActiveCampaign_Sync_Status__c';
  // Not by the page: each of its loads would ask ActiveCampaign for the person's activities.
  await until(status, async () => {
    const [row] = await stage.vendors.query(`SELECT ${field} FROM Lead WHERE Id = '${lead.id}'`);
    return String(row?.[field]);
  });
  await lead.open();
  await lead.status(status);
}

/** Waits for a phone number to be in ActiveCampaign. */
async function phoneArrives(phone: string): Promise<void> {
  await until(phone, async () => (await marketer.contact(email)).phone);
}

test('from "Get started" to synced records an admin clicks at most 12 times and types 2 values', async () => {
  const assistant = new Assistant(admin, stage);
  await assistant.open();
  const before = { ...admin.acts };
  await assistant.goTheShortWay();
  expect(admin.acts.clicks - before.clicks).toBeLessThanOrEqual(12);
  expect(admin.acts.values - before.values).toBe(2);
  const [synced] = await stage.vendors.query(
    `SELECT Id, Email FROM Lead WHERE ActiveCampaign_Sync_Status__c = '${SYNCED}' ORDER BY CreatedDate LIMIT 1`,
  );
  email = String(synced?.['Email']);
  lead = new RecordPage(rep, 'Lead', String(synced?.Id));
});

describe('an edit in Salesforce', () => {
  test('of a sales rep is in ActiveCampaign soon, by itself', async () => {
    await lead.open();
    await lead.status(SYNCED);
    await rep.look('lead');
    await lead.changePhone('+34 600 600 700');
    await phoneArrives('+34 600 600 700');
    await statusBecomes(SYNCED);
    const api = await stage.orgApi();
    const { runs } = await api.get('/v1/runs?direction=outbound', z.object({ runs: z.array(runSchema) }));
    expect(runs[0]).toMatchObject({ trigger: 'notice', state: 'succeeded' });
  });

  test('within a minute of it waits, and is in ActiveCampaign after "Sync now"', async () => {
    await lead.changePhone('+34 600 700 800');
    await lead.status(WAITING);
    await rep.look('lead-waiting');
    await lead.syncNow();
    await phoneArrives('+34 600 700 800');
    await statusBecomes(SYNCED);
  });

  test('of an admin waits and travels, too', async () => {
    const page = new RecordPage(admin, 'Lead', lead.id);
    await page.open();
    await page.changePhone('+34 600 701 801');
    await page.status(WAITING);
    await page.syncNow();
    await phoneArrives('+34 600 701 801');
    await statusBecomes(SYNCED);
  });

  test('of a user without the permission set is not marked, and travels with the next batch', async () => {
    const guest = await Person.logIn(browser, stage.addresses.salesforce, credentials.guest);
    const page = new RecordPage(guest, 'Lead', lead.id);
    await page.open();
    expect(await guest.page.getByText('ActiveCampaign').count()).toBe(0);
    await page.changePhone('+34 600 900 900');
    await guest.look('lead-without-permission');
    expect(guest.complaints).toEqual([]);
    await guest.leave();
    await lead.open();
    await lead.status(SYNCED);
    await stage.runBatch('outbound');
    expect((await marketer.contact(email)).phone).toBe('+34 600 900 900');
  });
});

describe('an edit in ActiveCampaign', () => {
  test('shows on the record after the next batch, with who wrote last', async () => {
    await marketer.edit(email, { lastName: 'Renamed' });
    await stage.runBatch('inbound');
    await lead.open();
    await rep.page.getByRole('heading', { level: 1, name: /Renamed/ }).waitFor();
    await expect(lead.field('Last Name')).resolves.toMatchObject({
      salesforce: 'Renamed',
      agreed: 'Renamed',
      activecampaign: 'Renamed',
      writer: expect.stringContaining('Written last by: ActiveCampaign'),
    });
    await rep.look('record-sync', lead.card('ActiveCampaign sync'));
  });

  test('of a field that was edited in Salesforce too is decided by a person where the mapping asks', async () => {
    await askAbout(stage, 'Phone');
    await marketer.edit(email, { phone: '+34 600 222 222' });
    await lead.changePhone('+34 600 111 111');
    await lead.syncNow();
    await statusBecomes('Waiting for a decision');
    await lead.refresh();
    await expect(lead.field('Phone')).resolves.toMatchObject({
      salesforce: '+34 600 111 111',
      activecampaign: '+34 600 222 222',
    });
    await rep.look('conflict', lead.card('ActiveCampaign sync'));
    await rep.page.getByRole('button', { name: 'Keep the ActiveCampaign value' }).click();
    await rep.page
      .getByRole('button', { name: 'Keep the ActiveCampaign value' })
      .waitFor({ state: 'detached' });
    // One decides what becomes of the record, the other writes it.
    await stage.runBatch('outbound');
    await stage.runBatch('inbound');
    await statusBecomes(SYNCED);
    await lead.refresh();
    await expect(lead.field('Phone')).resolves.toMatchObject({
      salesforce: '+34 600 222 222',
      agreed: '+34 600 222 222',
      activecampaign: '+34 600 222 222',
      writer: expect.stringContaining('A person chose it.'),
    });
  });

  test('of two contacts that an automation sends to Salesforce makes leads of them', async () => {
    const leads = async () => (await stage.vendors.query('SELECT Id FROM Lead')).length;
    const before = await leads();
    const createLead = await createLeadUrl(await stage.orgApi());
    const { requested } = await workInActiveCampaign(stage.vendors, createLead);
    expect(requested).toBe(2);
    await stage.runBatch('inbound');
    expect(await leads()).toBe(before + requested);
    await rep.open('/lightning/o/Lead/list');
    await rep.look('lead-list');
  });
});

describe('what a person does with marketing', () => {
  test('stands on the record, each kind with its name, time and what is behind it', async () => {
    await marketer.letDoEverything(email);
    await lead.open();
    const activities = lead.card('ActiveCampaign CXA Activities');
    for (const kind of [
      'Campaign sent',
      'Campaign opened',
      'Campaign replied to',
      'Campaign link clicked',
      'Automation entered',
      'Automation completed',
      'Page visited',
      'Event',
    ])
      await activities.getByText(kind, { exact: true }).waitFor();
    await activities.getByText('Re: What we learned this spring').click();
    await activities.getByText('Could you call me on Thursday?').waitFor();
    await rep.look('activities', activities);
  });

  test('is shown from the newest on, twenty at first', async () => {
    await marketer.letVisitPages(email, 25);
    await lead.open();
    const activities = lead.card('ActiveCampaign CXA Activities');
    await activities.getByText('These are the 20 newest.').waitFor();
    expect(await activities.getByRole('listitem').count()).toBe(20);
    await activities.getByRole('button', { name: 'Show more actions for activities' }).click();
    await activities.getByRole('menuitem', { name: 'Show all' }).click();
    await activities.getByText('https://harbourfield.example/notes/25').waitFor();
  });
});

describe('a sales rep at the record', () => {
  test('sends a campaign, and is asked before sending it again within a minute', async () => {
    await lead.choose('Send a campaign', 'Salesforce follow-up: pricing');
    await rep.page.getByRole('button', { name: 'Send', exact: true }).click();
    await rep.page.getByText('The campaign was sent.').waitFor();
    await rep.page.getByRole('button', { name: 'Send', exact: true }).click();
    await rep.page.getByText('The same was done less than a minute ago.').waitFor();
    await rep.look('campaign-again', lead.card('ActiveCampaign CX Automation'));
    await rep.page.getByRole('button', { name: 'Do it again' }).click();
    await rep.page.getByText('The campaign was sent.').waitFor();
    await lead.open();
    const activities = lead.card('ActiveCampaign CXA Activities');
    await activities.getByText('Salesforce follow-up: pricing').nth(1).waitFor();
  });

  test('adds the person to an automation', async () => {
    const automation = 'Salesforce: nurture new leads';
    expect(await marketer.automationsOf(email)).not.toContain(automation);
    await lead.choose('Add to an automation', automation);
    await rep.page.getByRole('button', { name: 'Add', exact: true }).click();
    await rep.page.getByText('The person was added to the automation.').waitFor();
    await rep.look('automation-added', lead.card('ActiveCampaign CX Automation'));
    expect(await marketer.automationsOf(email)).toContain(automation);
  });
});

test('every screen can be used on a laptop and a telephone, and nobody meets an error', () => {
  expect([...admin.complaints, ...rep.complaints]).toEqual([]);
});
