import axe from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Language } from '../../sandbox/lightning/metadata/translations.ts';
import { credentials } from '../stack/vendors.ts';
import { pageScript } from './page-script.ts';
import { keepScreen } from './screens.ts';
import { label, untranslated } from './words.ts';

/** Widths at which every screen must work, in pixels: a laptop and a telephone. */
const WIDTHS = [1280, 400];
const HEIGHT = 800;
/** How long a page may take for anything it was asked for. */
const PATIENCE_MS = 30_000;

const LAYOUT = await pageScript('layout', 'layoutFlaws');
const TEXTS = await pageScript('layout', 'shownTexts');
const ACTS = await pageScript('acts', 'tellActs');

/** Somebody at a browser of their own, logged in to the org, who notices what is wrong with a page. */
export class Person {
  readonly page: Page;
  readonly language: Language;
  /** What went wrong on pages so far: errors of their scripts, and flaws that a look found. */
  readonly complaints: string[] = [];
  /** What the person did so far in any window: clicks, and fields that got a value. */
  readonly acts = { clicks: 0, values: 0 };
  readonly #context: BrowserContext;
  readonly #org: string;

  private constructor(context: BrowserContext, page: Page, org: string, language: Language) {
    this.#context = context;
    this.page = page;
    this.#org = org;
    this.language = language;
    context.setDefaultTimeout(PATIENCE_MS);
    context.on('console', (message) => {
      // The service's own window says with its status that access was denied.
      const isOrg = message.page()?.url().startsWith(org) === true;
      if (message.type() === 'error' && isOrg) this.complaints.push(`console: ${message.text()}`);
    });
    context.on('weberror', (error) => this.complaints.push(`script: ${error.error().message}`));
  }

  /** Opens a browser window and logs in. @param org the address of the Salesforce sandbox */
  static async logIn(
    browser: Browser,
    org: string,
    username: string,
    language: Language = 'en',
  ): Promise<Person> {
    const context = await browser.newContext({
      viewport: { width: WIDTHS[0] ?? 0, height: HEIGHT },
      locale: 'en-US',
      reducedMotion: 'reduce',
    });
    const person = new Person(context, await context.newPage(), org, language);
    await context.exposeFunction('tellAct', (act: 'click' | 'value') => {
      person.acts[act === 'click' ? 'clicks' : 'values'] += 1;
    });
    await context.addInitScript(ACTS);
    await person.open('/lightning');
    await person.answerLogin(person.page, username);
    await person.page.waitForURL('**/lightning/page/home');
    if (language === 'es') {
      await person.page.getByRole('button', { name: 'Español' }).click();
      await person.page.locator('html[lang=es]').waitFor({ state: 'attached' });
    }
    return person;
  }

  /** Fills in the org's login page. */
  async answerLogin(page: Page, username: string): Promise<void> {
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill(credentials.password);
    await page.getByRole('button', { name: 'Log In' }).click();
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.#org + path);
  }

  async leave(): Promise<void> {
    await this.#context.close();
  }

  /** What the package calls something in this person's language. */
  word(name: string): string {
    return label(this.language, name);
  }

  /**
   * Looks at the screen as it is: at each width everything can be seen without scrolling sideways, axe finds no serious
   * barrier, and the package speaks the person's language.
   * What is wrong becomes a complaint.
   * @param name of its picture, where pictures are kept
   * @param part what the picture shows, where it is not the whole page
   */
  async look(name: string, part?: Locator): Promise<void> {
    await this.page.waitForLoadState('networkidle');
    const shown = await this.page.evaluate<string[]>(TEXTS);
    const english = untranslated(this.language, shown).map((text) => `${name}: "${text}" is English`);
    this.complaints.push(...english);
    for (const width of WIDTHS) {
      await this.page.setViewportSize({ width, height: HEIGHT });
      const found = [...(await this.page.evaluate<string[]>(LAYOUT)), ...(await this.#barriers())];
      this.complaints.push(...found.map((problem) => `${name} at ${width} px: ${problem}`));
      await keepScreen({ page: this.page, name, width, language: this.language, part });
    }
    await this.page.setViewportSize({ width: WIDTHS[0] ?? 0, height: HEIGHT });
  }

  async #barriers(): Promise<string[]> {
    const isThere = await this.page.evaluate(() => 'axe' in globalThis);
    if (!isThere) await this.page.evaluate(axe.source);
    // What is all right is most of what it finds, and would be described element by element.
    const violations = await this.page.evaluate(async (): Promise<AxeResults['violations']> => {
      const results = await globalThis.axe.run({ resultTypes: ['violations'] });
      return results.violations;
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, help, nodes }) =>
          `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')})`,
      );
  }
}

declare global {
  var axe: { run(options: RunOptions): Promise<AxeResults> };
}
