import { existsSync } from 'node:fs';
import packed from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** An installed Chromium or Chrome instead of the one from npm. */
const CHROME_PATH = 'CHROME_PATH';

/**
 * A headless Chromium: the one at CHROME_PATH, else the one that npm brought, which runs on 64-bit Linux.
 * @throws Error that says what to do where there is none
 */
export async function launchBrowser(environment: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  const installed = environment[CHROME_PATH];
  if (installed !== undefined && installed !== '') {
    if (!existsSync(installed)) throw new Error(`${CHROME_PATH} is "${installed}", where there is no file.`);
    return chromium.launch({ executablePath: installed, args: ['--no-sandbox'] });
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The Chromium from npm runs on 64-bit Linux only. Set ${CHROME_PATH} to an installed Chrome or Chromium.`,
    );
  }
  const executablePath = await packed.executablePath();
  // Its own list is made for a machine without a screen, a GPU or a sandbox, which is what a test has.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'] });
}
