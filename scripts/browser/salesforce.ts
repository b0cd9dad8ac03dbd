import { credentials } from '../stack/vendors.ts';
import { Browser, type Page } from './browser.ts';

export type Decision = 'allow' | 'deny';

/** A person at Salesforce's pages: opens the address, logs in, allows or denies. Gives the last page. */
export async function answerSalesforce(
  browser: Browser,
  authorizeUrl: string,
  { username, decision }: { username: string; decision: Decision },
): Promise<Page> {
  const loginPage = await browser.open(authorizeUrl);
  const approvalPage = await browser.submit(loginPage, { username, pw: credentials.password });
  return browser.submit(approvalPage, { decision });
}

/** The same up to the address, not opened, that Salesforce leads the browser back to. */
export async function decideInBrowser(
  authorizeUrl: string,
  decision: Decision,
  username: string = credentials.admin,
): Promise<URL> {
  const browser = new Browser({ stayAt: new URL(authorizeUrl).origin });
  const page = await answerSalesforce(browser, authorizeUrl, { username, decision });
  return new URL(page.url);
}
