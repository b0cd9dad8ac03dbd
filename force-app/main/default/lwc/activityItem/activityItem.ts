import { LightningElement, api } from 'lwc';
import type { Activity } from 'service';
import completed from '@salesforce/label/c.Activity_AutomationCompleted';
import entered from '@salesforce/label/c.Activity_AutomationEntered';
import event from '@salesforce/label/c.Activity_Event';
import linkClicked from '@salesforce/label/c.Activity_LinkClicked';
import openLink from '@salesforce/label/c.Activity_OpenLink';
import opened from '@salesforce/label/c.Activity_CampaignOpened';
import replied from '@salesforce/label/c.Activity_CampaignReplied';
import sent from '@salesforce/label/c.Activity_CampaignSent';
import siteVisit from '@salesforce/label/c.Activity_SiteVisit';

/** An activity in words: what happened, with what, and what there is to see about it. */
interface Telling {
  readonly icon: string;
  readonly what: string;
  readonly name: string;
  readonly link: string;
  readonly details: string;
}

/** One activity of a person with its time; a link or a text behind it can be opened. */
export default class ActivityItem extends LightningElement {
  @api activity: Activity | undefined;

  labels = { openLink };

  get telling(): Telling | undefined {
    return this.activity && tell(this.activity);
  }

  get hasMore(): boolean {
    return this.telling !== undefined && (this.telling.link !== '' || this.telling.details !== '');
  }
}

function tell(activity: Activity): Telling {
  switch (activity.type) {
    case 'campaign_sent':
      return {
        icon: 'utility:email',
        what: sent,
        name: activity.campaign.name,
        link: '',
        details: activity.subject,
      };
    case 'campaign_opened':
      return {
        icon: 'utility:email_open',
        what: opened,
        name: activity.campaign.name,
        link: safe(activity.webCopyUrl),
        details: '',
      };
    case 'campaign_replied':
      return {
        icon: 'utility:reply',
        what: replied,
        name: activity.subject,
        link: '',
        details: activity.body,
      };
    case 'link_clicked':
      return {
        icon: 'utility:link',
        what: linkClicked,
        name: activity.campaign.name,
        link: safe(activity.url),
        details: activity.url,
      };
    case 'automation_entered':
      return {
        icon: 'utility:flow',
        what: entered,
        name: activity.automation.name,
        link: safe(activity.automation.url),
        details: '',
      };
    case 'automation_completed':
      return {
        icon: 'utility:success',
        what: completed,
        name: activity.automation.name,
        link: safe(activity.automation.url),
        details: '',
      };
    case 'site_visit':
      return {
        icon: 'utility:world',
        what: siteVisit,
        name: activity.url,
        link: safe(activity.url),
        details: '',
      };
    case 'event':
      return { icon: 'utility:event', what: event, name: activity.name, link: '', details: activity.data };
  }
}

/** What people visited or were sent is no reason to run a script of theirs. */
function safe(url: string): string {
  return /^https?:\/\//i.test(url) ? url : '';
}
