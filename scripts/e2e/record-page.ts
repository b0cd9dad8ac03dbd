import type { Locator } from 'playwright-core';
import type { Person } from './person.ts';

/** A field of the record's sync card as it stands there. */
export interface ShownField {
  readonly salesforce: string;
  readonly agreed: string;
  readonly activecampaign: string;
  /** Who wrote last, in words. */
  readonly writer: string;
}

/** A record's page before an English-speaking user. */
export class RecordPage {
  readonly id: string;
  readonly #person: Person;
  readonly #path: string;

  constructor(person: Person, object: 'Lead' | 'Contact' | 'Account', id: string) {
    this.id = id;
    this.#person = person;
    this.#path = `/lightning/r/${object}/${id}/view`;
  }

  /** Opens the page, or takes it anew from the org. */
  async open(): Promise<void> {
    await this.#person.open(this.#path);
    await this.#person.page.getByRole('heading', { name: 'Details' }).waitFor();
  }

  /** A component by its title. */
  card(title: string): Locator {
    return this.#person.page.locator('.component').filter({ hasText: title });
  }

  /** Waits for what the field ActiveCampaign Sync Status says on this page. */
  async status(words: string): Promise<void> {
    await this.#person.page.locator('#details').getByText(words, { exact: true }).waitFor();
  }

  async changePhone(phone: string): Promise<void> {
    const { page } = this.#person;
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Phone', { exact: true }).fill(phone);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: phone }).waitFor();
  }

  async syncNow(): Promise<void> {
    await this.#person.page.getByRole('button', { name: 'Sync now' }).click();
    await this.#person.page.getByText('The sync has started.').waitFor();
  }

  /** Has the sync card read anew. */
  async refresh(): Promise<void> {
    await this.#person.page.getByRole('button', { name: 'Refresh' }).click();
    await this.#person.page
      .getByRole('button', { name: 'Refresh' })
      .and(this.#person.page.locator(':enabled'))
      .waitFor();
  }

  /** What the sync card says of a field. */
  async field(name: string): Promise<ShownField> {
    const { page } = this.#person;
    const field = page
      .locator('c-record-field')
      .filter({ has: page.getByRole('heading', { name, exact: true }) });
    const side = (title: string): Promise<string> =>
      field.locator('.value').filter({ hasText: title }).getByRole('definition').innerText();
    await field.waitFor();
    return {
      salesforce: await side('Salesforce'),
      agreed: await side('Last agreed'),
      activecampaign: await side('ActiveCampaign'),
      writer: (await field.locator('.writer').allInnerTexts()).join(' '),
    };
  }

  /** Chooses from a list of the page. */
  async choose(list: string, option: string): Promise<void> {
    await this.#person.page.getByRole('combobox', { name: list }).click();
    await this.#person.page.getByRole('option', { name: option }).click();
  }
}
