import { createHash } from 'node:crypto';
import type { Campaign } from '../state/campaigns.ts';

/** What names a campaign's message in public: the campaign's number as MD5, a dot, the message's number. */
export function publicHash({ id, message }: Pick<Campaign, 'id' | 'message'>): string {
  return `${createHash('md5').update(String(id)).digest('hex')}.${message}`;
}

/** The address of a mail's "view in browser", which needs no key. */
export function webCopyUrl(base: string, campaign: Pick<Campaign, 'id' | 'message'>): string {
  return `${base}/index.php?action=social&chash=${publicHash(campaign)}`;
}
