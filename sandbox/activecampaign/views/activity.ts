import { createHash } from 'node:crypto';
import type { Activity } from '../state/activities.ts';
import type { Campaign, CampaignLink, Message } from '../state/campaigns.ts';
import type { Contact } from '../state/contacts.ts';
import { isoTime, wallTime } from '../state/time.ts';
import type { TrackingLog } from '../state/tracking.ts';
import { links } from './links.ts';

/** One page visit or tracked event. */
export function trackingLogView(log: TrackingLog, base: string) {
  return {
    subscriberid: String(log.contact),
    tstamp: isoTime(log.at),
    type: log.event,
    value: log.value,
    links: links(base, `trackingLogs/${log.id}`, ['contact']),
    hash: createHash('md5').update(`${log.contact} ${log.id}`).digest('hex'),
    id: String(log.id),
    contact: String(log.contact),
  };
}

/** One sending of a campaign to a contact: the vendor's "log". */
export function contactLogView(activity: Activity, base: string) {
  return {
    subscriberid: String(activity.contact),
    campaignid: String(activity.campaign),
    messageid: String(activity.message),
    tstamp: isoTime(activity.at),
    successful: '1',
    comments: '',
    links: links(base, `contactLogs/${activity.id}`, ['contact', 'campaign', 'message']),
    id: String(activity.id),
    contact: String(activity.contact),
    campaign: String(activity.campaign),
    message: String(activity.message),
  };
}

export function bounceLogView(activity: Activity, contact: Contact, base: string) {
  return {
    tstamp: isoTime(activity.at),
    bounceid: String(activity.id),
    subscriberid: String(activity.contact),
    campaignid: String(activity.campaign),
    messageid: String(activity.message),
    codeid: '1',
    email: contact.email,
    error: '',
    source: '',
    created_timestamp: wallTime(activity.at),
    updated_timestamp: wallTime(activity.at),
    created_by: null,
    updated_by: null,
    links: links(base, `bounceLogs/${activity.id}`, ['bounce', 'contact', 'campaign', 'message', 'code']),
    id: String(activity.id),
    bounce: String(activity.id),
    contact: String(activity.contact),
    campaign: String(activity.campaign),
    message: String(activity.message),
    code: '1',
  };
}

/** One click (or, beside an activity of the stream, one opening). */
export function linkDataView(activity: Activity, email: string, base: string) {
  return {
    subscriberid: String(activity.contact),
    campaignid: String(activity.campaign),
    messageid: String(activity.message),
    linkid: String(activity.link),
    email,
    tstamp: isoTime(activity.at),
    times: '1',
    ip: '0',
    ua: '',
    links: links(base, `linkData/${activity.id}`, ['contact', 'campaign', 'message', 'link']),
    id: String(activity.id),
    contact: String(activity.contact),
    campaign: String(activity.campaign),
    message: String(activity.message),
    link: String(activity.link),
  };
}

export function messageActivityView(activity: Activity, email: string, base: string) {
  return {
    event: activity.kind,
    contact: String(activity.contact),
    campaign: String(activity.campaign),
    message: String(activity.message),
    link: activity.link === 0 ? null : String(activity.link),
    email,
    tstamp: isoTime(activity.at),
    links: links(base, `messageActivities/${activity.id}`, ['contact', 'campaign', 'message', 'link']),
    id: String(activity.id),
  };
}

/** A sending, with what was sent. The automation's name is always null, even for an automation's mail. */
export function emailActivityView(activity: Activity, message: Message | undefined, base: string) {
  return {
    subscriberid: String(activity.contact),
    campaignid: String(activity.campaign),
    messageid: String(activity.message),
    subject: message?.subject ?? '',
    fromname: message?.fromName ?? '',
    fromemail: message?.fromEmail ?? '',
    automation_name: null,
    tstamp: isoTime(activity.at),
    links: links(base, `emailActivities/${activity.id}`, ['contact', 'campaign', 'message']),
    id: String(activity.id),
    contact: String(activity.contact),
    campaign: String(activity.campaign),
    message: String(activity.message),
  };
}

/** A contact's mail to the sender: here a reply to a campaign. */
export function contactEmailView(activity: Activity, base: string) {
  return {
    subscriberid: String(activity.contact),
    campaignid: String(activity.campaign),
    messageid: String(activity.message),
    subject: activity.subject,
    message: activity.body,
    tstamp: isoTime(activity.at),
    links: links(base, `contactEmails/${activity.id}`, ['contact', 'campaign', 'message']),
    id: String(activity.id),
    contact: String(activity.contact),
    campaign: String(activity.campaign),
  };
}

export function messageView(message: Message, base: string) {
  return {
    userid: '1',
    ed_instanceid: '0',
    ed_version: '1',
    cdate: isoTime(message.createdAt),
    mdate: isoTime(message.createdAt),
    name: '',
    fromname: message.fromName,
    fromemail: message.fromEmail,
    reply2: message.fromEmail,
    priority: '3',
    charset: 'utf-8',
    encoding: 'quoted-printable',
    format: 'mime',
    subject: message.subject,
    preheader_text: '',
    text: message.text,
    html: message.html,
    htmlfetch: '',
    textfetch: '',
    hidden: '0',
    preview_mime: null,
    links: links(base, `messages/${message.id}`, ['user']),
    id: String(message.id),
    user: '1',
  };
}

export function campaignLinkView(link: CampaignLink, base: string) {
  return {
    campaignid: String(link.campaign),
    messageid: String(link.message),
    link: link.url,
    name: link.name,
    ref: '',
    tracked: '1',
    links: links(base, `links/${link.id}`, ['campaign', 'message']),
    id: String(link.id),
    campaign: String(link.campaign),
    message: String(link.message),
  };
}

export function campaignMessageView(campaign: Campaign, message: Message | undefined, base: string) {
  return {
    campaignid: String(campaign.id),
    messageid: String(campaign.message),
    percentage: '100',
    sourcesize: '0',
    initial_split_percentage: '100',
    subject: message?.subject ?? '',
    send_amt: String(campaign.sends),
    opens: String(campaign.opens),
    linkclicks: String(campaign.linkClicks),
    replies: String(campaign.replies),
    links: links(base, `campaignMessages/${campaign.id}`, ['campaign', 'message']),
    id: String(campaign.id),
    campaign: String(campaign.id),
    message: String(campaign.message),
  };
}

/** What a campaign carries beside what it is and did: analytics, split tests, reminders, feeds. All of it text or null. */
const UNUSED_CAMPAIGN_SETTINGS = {
  bounceid: '-1',
  realcid: '0',
  sendid: '0',
  threadid: '0',
  basetemplateid: '0',
  mail_transfer: '0',
  mail_send: '0',
  mail_cleanup: '0',
  mailer_log_file: '0',
  tracklinksanalytics: '0',
  trackreadsanalytics: '0',
  analytics_campaign_name: '',
  tweet: '0',
  facebook: '0',
  survey: '',
  embed_images: '0',
  htmlunsub: '0',
  textunsub: '0',
  htmlunsubdata: null,
  textunsubdata: null,
  recurring: '',
  willrecur: '0',
  split_type: '',
  split_content: '0',
  split_offset: '0',
  split_offset_type: '',
  split_winner_messageid: '0',
  split_winner_awaiting: '0',
  responder_offset: '0',
  responder_type: 'subscribe',
  responder_existing: '0',
  reminder_field: '',
  reminder_format: null,
  reminder_type: '',
  reminder_offset: '0',
  reminder_offset_type: '',
  reminder_offset_sign: '',
  reminder_last_cron_run: null,
  activerss_interval: '',
  activerss_url: null,
  activerss_items: '0',
  ip4: '0',
  laststep: '',
  managetext: '0',
  schedule: '0',
  scheduleddate: null,
  waitpreview: '0',
  deletestamp: null,
  replysys: '0',
};

export function campaignView(campaign: Campaign, base: string) {
  const moment = (at: number | null) => (at === null ? null : isoTime(at));
  return {
    ...UNUSED_CAMPAIGN_SETTINGS,
    type: campaign.type,
    userid: '1',
    segmentid: '0',
    seriesid: String(campaign.automation),
    formid: '0',
    basemessageid: '0',
    addressid: '0',
    source: 'web',
    name: campaign.name,
    cdate: isoTime(campaign.createdAt),
    mdate: isoTime(campaign.createdAt),
    sdate: moment(campaign.sentAt),
    ldate: moment(campaign.lastSentAt),
    send_amt: String(campaign.sends),
    total_amt: String(campaign.sends),
    opens: String(campaign.opens),
    uniqueopens: String(campaign.opens),
    linkclicks: String(campaign.linkClicks),
    uniquelinkclicks: String(campaign.linkClicks),
    subscriberclicks: String(campaign.linkClicks),
    forwards: '0',
    uniqueforwards: '0',
    hardbounces: String(campaign.hardBounces),
    softbounces: String(campaign.softBounces),
    unsubscribes: '0',
    unsubreasons: '0',
    updates: '0',
    socialshares: '0',
    replies: String(campaign.replies),
    uniquereplies: String(campaign.replies),
    status: String(campaign.status),
    public: '1',
    tracklinks: 'all',
    trackreads: '1',
    links: links(base, `campaigns/${campaign.id}`, [
      'user',
      'automation',
      'campaignMessage',
      'campaignMessages',
      'links',
      'aggregateRevenues',
    ]),
    id: String(campaign.id),
    user: '1',
    automation: campaign.automation === 0 ? null : String(campaign.automation),
  };
}
