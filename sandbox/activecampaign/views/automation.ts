import type { Automation, Entry } from '../state/automations.ts';
import { isoTime } from '../state/time.ts';
import { links } from './links.ts';

export function automationView(automation: Automation, base: string) {
  return {
    name: automation.name,
    cdate: isoTime(automation.createdAt),
    mdate: isoTime(automation.createdAt),
    userid: '1',
    status: String(automation.status),
    entered: String(automation.entered),
    exited: String(automation.exited),
    hidden: '0',
    defaultscreenshot: '',
    screenshot: null,
    links: links(base, `automations/${automation.id}`, [
      'campaigns',
      'contactGoals',
      'contactAutomations',
      'blocks',
      'goals',
      'sms',
      'sitemessages',
    ]),
    id: String(automation.id),
  };
}

/** Status "1" while the contact is on its way, "2" with a `remdate` once it is through. */
export function contactAutomationView(entry: Entry, automation: Automation | undefined, base: string) {
  const total = automation?.steps.length ?? 0;
  const done = entry.completedAt !== null;
  return {
    contact: String(entry.contact),
    seriesid: String(entry.automation),
    startid: '0',
    status: done ? '2' : '1',
    batchid: null,
    adddate: isoTime(entry.addedAt),
    remdate: entry.completedAt === null ? null : isoTime(entry.completedAt),
    timespan:
      entry.completedAt === null ? null : String(Math.round((entry.completedAt - entry.addedAt) / 1000)),
    lastblock: String(entry.stepsDone),
    lastlogid: '0',
    lastdate: isoTime(entry.lastAt),
    in_als: '0',
    completedElements: String(entry.stepsDone),
    totalElements: String(total),
    completed: done ? 1 : 0,
    completeValue: total === 0 || done ? 100 : Math.round((100 * entry.stepsDone) / total),
    links: links(base, `contactAutomations/${entry.id}`, ['automation', 'contact', 'contactGoals']),
    id: String(entry.id),
    automation: String(entry.automation),
  };
}
