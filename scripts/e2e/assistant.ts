import type { Page } from 'playwright-core';
import { credentials } from '../stack/vendors.ts';
import type { Person } from './person.ts';
import type { Stage } from './stage.ts';

/** How long a first sync of the seeded records may take. */
const SYNC_PATIENCE_MS = 120_000;

/** The Setup Assistant in an admin's hands, in the admin's language. */
export class Assistant {
  readonly admin: Person;
  readonly #stage: Stage;

  constructor(admin: Person, stage: Stage) {
    this.admin = admin;
    this.#stage = stage;
  }

  /** Presses the button of that label. */
  async press(name: string): Promise<void> {
    await this.admin.page.getByRole('button', { name: this.admin.word(name), exact: true }).click();
  }

  /** Opens the Assistant from the App Launcher. */
  async open(): Promise<void> {
    const { page } = this.admin;
    await page.getByRole('link', { name: this.admin.word('App_Title') }).click();
    await page.getByRole('button', { name: this.admin.word('Action_GetStarted') }).waitFor();
  }

  async enterKey(key: string): Promise<void> {
    await this.#type('Connect_ApiKey', key);
    await this.press('Action_Authorize');
  }

  async enterAccount(): Promise<void> {
    await this.#type('Connect_AccountName', this.#stage.addresses.activecampaign);
  }

  /** As people do: a click into the field, then the keys. */
  async #type(field: string, value: string): Promise<void> {
    const input = this.admin.page.getByLabel(this.admin.word(field));
    await input.click();
    await input.fill(value);
  }

  /** Asks for access to Salesforce; the window that opens shows what is asked for. */
  async openLoginWindow(): Promise<Page> {
    const opening = this.admin.page.waitForEvent('popup');
    await this.press('Action_Authorize');
    const window = await opening;
    await window.getByRole('button', { name: 'Allow' }).waitFor();
    return window;
  }

  /** Comes, logged out, to where the connection to Salesforce was made, and is told there that it is lost. */
  async meetLostConnection(): Promise<void> {
    const { admin } = this;
    await admin.open('/lightning/n/ActiveCampaign_Setup');
    await admin.answerLogin(admin.page, credentials.admin);
    await this.openStep('Step_Connections');
    await this.connected();
    await this.press('Action_Next');
    await admin.page.getByRole('alert').filter({ hasText: 'SYNC_' }).waitFor();
    await admin.look('connection-lost');
  }

  async allowAccess(): Promise<void> {
    const window = await this.openLoginWindow();
    await window.getByRole('button', { name: 'Allow' }).click();
    await this.connected();
  }

  /** Waits for the green bar. */
  async connected(): Promise<void> {
    await this.admin.page
      .getByRole('status')
      .filter({ hasText: new RegExp(`^${this.admin.word('State_Connected')}`) })
      .waitFor();
  }

  /** The shortest way from "Get started" to synced records: both connections, recommended settings, the first sync. */
  async goTheShortWay(): Promise<void> {
    await this.press('Action_GetStarted');
    await this.enterAccount();
    await this.enterKey(credentials.activecampaignKey);
    await this.connected();
    await this.press('Action_Next');
    await this.allowAccess();
    await this.press('Action_Finish');
    await this.press('Recommended_Use');
    await this.press('FirstSync_Start');
    await this.synced();
  }

  /** Waits for the end of the first sync. */
  async synced(): Promise<void> {
    await this.admin.page.getByText(this.admin.word('Run_Succeeded')).waitFor({ timeout: SYNC_PATIENCE_MS });
  }

  /** Opens a step from the overview. */
  async openStep(title: string): Promise<void> {
    await this.admin.page.getByRole('button', { name: new RegExp(`: ${this.admin.word(title)}$`) }).click();
    await this.admin.page.getByRole('heading', { name: this.admin.word(title) }).waitFor();
  }

  /** Goes on to the next page of a step. @param title label of that page's heading */
  async next(title: string): Promise<void> {
    const { page } = this.admin;
    const heading = page.getByRole('heading', { name: this.admin.word(title), exact: true });
    await this.press('Action_Next');
    await heading.waitFor().catch(async (cause: unknown) => {
      const told = await page.getByRole('alert').allInnerTexts();
      throw new Error(`The page "${title}" did not come. Alerts: ${told.join(' | ') || 'none'}`, { cause });
    });
  }

  /** Ends a step, which leads to the overview. */
  async finish(): Promise<void> {
    await this.press('Action_Finish');
    await this.overview();
  }

  /** Takes the row of an ActiveCampaign field off the mapping of leads and ends the step, which offers a dry run of it. */
  async stopMapping(field: string): Promise<void> {
    await this.openStep('Step_Mapping');
    const remove = this.admin.word('Mapping_RemoveNamed').replace('{0}', field);
    await this.admin.page.getByRole('button', { name: remove, exact: true }).click();
    for (const title of ['CustomLead', 'StandardContact', 'CustomContact', 'Account'])
      await this.next(`Mapping_${title}`);
    await this.press('Action_Finish');
    await this.admin.page.getByRole('heading', { name: this.admin.word('Mapping_Saved') }).waitFor();
  }

  async overview(): Promise<void> {
    await this.admin.page
      .getByRole('button', { name: new RegExp(`: ${this.admin.word('Step_Connections')}$`) })
      .waitFor();
  }
}
