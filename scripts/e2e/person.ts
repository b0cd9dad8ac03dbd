import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { credentials } from '../stack/vendors.ts';
import { keepScreen } from './screens.ts';

/** Widths at which every screen must work, in pixels: a laptop and a telephone. */
const WIDTHS = [1280, 400];
const HEIGHT = 800;
/** How long a page may take for anything it was asked for. */
const PATIENCE_MS = 30_000;

/** Somebody at a browser of their own, logged in to the org, who notices what is wrong with a page. */
export class Person {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #org: string;
  /** What pages complained about so far. */
  readonly complaints: string[] = [];

  private constructor(context: BrowserContext, page: Page, org: string) {
    this.#context = context;
    this.page = page;
    this.#org = org;
    context.setDefaultTimeout(PATIENCE_MS);
    context.on('console', (message) => {
      // The service's own window says with its status that access was denied.
      const isOrg = message.page()?.url().startsWith(org) === true;
      if (message.type() === 'error' && isOrg) this.complaints.push(`console: ${message.text()}`);
    });
    context.on('weberror', (error) => this.complaints.push(`script: ${error.error().message}`));
  }

  /** Opens a browser window and logs in. @param org the address of the Salesforce sandbox */
  static async logIn(browser: Browser, org: string, username: string): Promise<Person> {
    const context = await browser.newContext({
      viewport: { width: WIDTHS[0] ?? 0, height: HEIGHT },
      locale: 'en-US',
      reducedMotion: 'reduce',
    });
    const person = new Person(context, await context.newPage(), org);
    await person.open('/lightning');
    await person.answerLogin(person.page, username);
    await person.page.waitForURL('**/lightning/page/home');
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

  /**
   * Looks at the screen as it is: at each width nothing sticks out sideways and axe finds no serious barrier.
   * @param name of its picture, where pictures are kept
   * @throws Error that lists what is wrong
   */
  async look(name: string): Promise<void> {
    await this.page.waitForLoadState('networkidle');
    const wrong: string[] = [];
    for (const width of WIDTHS) {
      await this.page.setViewportSize({ width, height: HEIGHT });
      const found = [...(await this.#overflow()), ...(await this.#barriers())];
      wrong.push(...found.map((problem) => `${name} at ${width} px: ${problem}`));
      await keepScreen(this.page, `${name}-${width}`);
    }
    await this.page.setViewportSize({ width: WIDTHS[0] ?? 0, height: HEIGHT });
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  }

  async #overflow(): Promise<string[]> {
    const [content, window] = await this.page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    );
    return content > window ? [`the content is ${content} px wide`] : [];
  }

  async #barriers(): Promise<string[]> {
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate((): Promise<AxeResults> => globalThis.axe.run());
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, help, nodes }) =>
          `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')})`,
      );
  }
}

declare global {
  var axe: { run(): Promise<AxeResults> };
}
