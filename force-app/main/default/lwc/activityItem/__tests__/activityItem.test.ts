import { describe, expect, it } from '@jest/globals';
import type { Activity } from 'service';
import { find, findAll, property, show, textOf } from 'testing';
import ActivityItem from '../activityItem';

const at = '2026-01-02T03:04:05.000Z';
const campaign = { id: '1', name: 'Spring' };
const automation = { id: '2', name: 'Welcome', url: 'https://acme.test/automation/2' };

const tellings: readonly (readonly [activity: Activity, text: string, link: string | null])[] = [
  [{ type: 'campaign_sent', at, campaign, subject: 'Hi' }, 'Campaign sent Spring Hi', null],
  [
    { type: 'campaign_opened', at, campaign, webCopyUrl: 'https://acme.test/copy' },
    'Campaign opened Spring Open the link',
    'https://acme.test/copy',
  ],
  [
    { type: 'campaign_replied', at, campaign: null, subject: 'Re: Hi', body: 'Thanks!' },
    'Campaign replied to Re: Hi Thanks!',
    null,
  ],
  [
    { type: 'link_clicked', at, campaign, url: 'https://acme.test/offer' },
    'Campaign link clicked Spring https://acme.test/offer Open the link',
    'https://acme.test/offer',
  ],
  [
    { type: 'automation_entered', at, automation },
    'Automation entered Welcome Open the link',
    automation.url,
  ],
  [
    { type: 'automation_completed', at, automation },
    'Automation completed Welcome Open the link',
    automation.url,
  ],
  [
    { type: 'site_visit', at, url: 'https://acme.test/prices' },
    'Page visited https://acme.test/prices Open the link',
    'https://acme.test/prices',
  ],
  [{ type: 'event', at, name: 'Demo booked', data: 'Tuesday' }, 'Event Demo booked Tuesday', null],
];

const icons: Readonly<Record<Activity['type'], string>> = {
  campaign_sent: 'email',
  campaign_opened: 'email_open',
  campaign_replied: 'reply',
  link_clicked: 'link',
  automation_entered: 'flow',
  automation_completed: 'success',
  site_visit: 'world',
  event: 'event',
};

describe('an activity', () => {
  for (const [activity, text, link] of tellings) {
    it(`of the kind ${activity.type} is told with its time`, async () => {
      const item = show(ActivityItem, { activity });
      expect(textOf(item)).toBe(text);
      expect(findAll(item, 'a').map((anchor) => anchor.getAttribute('href'))).toEqual(
        link === null ? [] : [link],
      );
      expect(property(find(item, 'c-date-time'), 'value')).toBe(at);
      expect(property(find(item, 'lightning-icon'), 'iconName')).toBe(`utility:${icons[activity.type]}`);
      await expect(item).toBeAccessible();
    });
  }

  it('is no way to run a script', () => {
    const item = show(ActivityItem, { activity: { type: 'site_visit', at, url: 'javascript:alert(1)' } });
    expect(findAll(item, 'a')).toHaveLength(0);
    expect(textOf(item)).toBe('Page visited javascript:alert(1)');
  });
});
