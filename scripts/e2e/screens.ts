import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import upng from 'upng-js';
import type { Locator, Page } from 'playwright-core';

/** Where pictures go; without it none are taken. */
const FOLDER = process.env['SCREENS'];
/** Screens that are kept as a telephone shows them, too, in English. */
const ON_TELEPHONE = new Set(['setup-start', 'mapping-standard-lead', 'dry-run', 'lead', 'record-sync']);
const LAPTOP = 1280;
/** Pixels. A longer page shows nothing more that a guide needs. */
const MAX_HEIGHT = 1600;
/** As many as a page of text on plain colours has; a third of the bytes. */
const COLOURS = 48;

/** What a picture shows. */
export interface Picture {
  readonly page: Page;
  /** Also its file's name. */
  readonly name: string;
  /** Pixels. */
  readonly width: number;
  readonly language: string;
  /** The part of the page that it is about; without it, the whole page. */
  readonly part: Locator | undefined;
}

/** Keeps a picture for the guides: `NAME-WIDTH.png`, those in other languages than English in a folder of their own. */
export async function keepScreen({ page, name, width, language, part }: Picture): Promise<void> {
  if (FOLDER === undefined || FOLDER === '') return;
  if (width !== LAPTOP && !(language === 'en' && ON_TELEPHONE.has(name))) return;
  const file = join(FOLDER, language === 'en' ? '' : language, `${name}-${width}.png`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, smaller(await take(page, part)));
}

async function take(page: Page, part: Locator | undefined): Promise<Buffer> {
  if (part !== undefined) return part.screenshot({ animations: 'disabled' });
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const content = Number(await page.evaluate('document.documentElement.scrollHeight'));
  const clip = { x: 0, y: 0, width, height: Math.min(MAX_HEIGHT, Math.max(height, content)) };
  return page.screenshot({ fullPage: true, clip, animations: 'disabled' });
}

function smaller(png: Buffer): Buffer {
  const image = upng.decode(Uint8Array.from(png).buffer);
  return Buffer.from(upng.encode(upng.toRGBA8(image), image.width, image.height, COLOURS));
}
