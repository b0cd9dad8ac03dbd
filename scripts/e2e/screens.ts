import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Where pictures go; without it none are taken. */
const FOLDER = process.env['SCREENS'];

/** Keeps a picture of the whole page for the guides. */
export async function keepScreen(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined || FOLDER === '') return;
  await mkdir(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true, animations: 'disabled' });
}
