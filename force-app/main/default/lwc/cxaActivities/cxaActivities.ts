import type { Activities, Activity } from 'service';
import RecordElement from 'c/recordElement';
import { fill } from 'c/text';
import getActivities from '@salesforce/apex/RecordController.getActivities';
import menu from '@salesforce/label/c.Activities_Menu';
import missing from '@salesforce/label/c.Activities_Missing';
import missingAutomations from '@salesforce/label/c.Activities_MissingAutomations';
import missingCampaigns from '@salesforce/label/c.Activities_MissingCampaigns';
import missingClicks from '@salesforce/label/c.Activities_MissingClicks';
import missingOpens from '@salesforce/label/c.Activities_MissingOpens';
import missingOthers from '@salesforce/label/c.Activities_MissingOthers';
import missingReplies from '@salesforce/label/c.Activities_MissingReplies';
import missingSent from '@salesforce/label/c.Activities_MissingSent';
import missingVisits from '@salesforce/label/c.Activities_MissingVisits';
import newest from '@salesforce/label/c.Activities_Newest';
import noMore from '@salesforce/label/c.Activities_NoMore';
import none from '@salesforce/label/c.Activities_None';
import notSynced from '@salesforce/label/c.Record_NotSynced';
import olderExist from '@salesforce/label/c.Activities_OlderExist';
import reading from '@salesforce/label/c.Activities_Reading';
import refresh from '@salesforce/label/c.Action_Refresh';
import showAll from '@salesforce/label/c.Action_ShowAll';
import showMore from '@salesforce/label/c.Action_ShowMore';
import title from '@salesforce/label/c.Activities_Title';

/** How many are shown at first, and how many more at a time. */
const STEP = 20;
/** The most that the service reads. */
const MOST = 500;

/** What each of the service's sources of activities tells. */
const missingNames: Readonly<Record<string, string>> = {
  activities: missingReplies,
  emailActivities: missingSent,
  messageActivities: missingOpens,
  linkData: missingClicks,
  trackingLogs: missingVisits,
  campaigns: missingCampaigns,
  automations: missingAutomations,
};

/** What a lead or contact did lately in ActiveCampaign, and what was sent to them. */
export default class CxaActivities extends RecordElement<Activities> {
  labels = { menu, none, noMore, notSynced, reading, refresh, showAll, showMore, heading: title };
  private wanted = STEP;

  get activities(): { key: string; activity: Activity }[] {
    return (this.answer?.activities ?? []).map((activity, index) => ({ key: `${index}`, activity }));
  }

  get isEmpty(): boolean {
    return this.answer?.activities.length === 0;
  }

  get hasMore(): boolean {
    return this.answer?.more === true && this.wanted < MOST;
  }

  get isAllShown(): boolean {
    return !this.hasMore;
  }

  /** Said once somebody asked for more; those who did not are not told the obvious. */
  get isEndReached(): boolean {
    return this.answer?.more === false && this.wanted > STEP;
  }

  get newest(): string {
    if (this.answer?.more !== true) return '';
    return fill(this.hasMore ? newest : olderExist, this.activities.length);
  }

  get missing(): string {
    const names = (this.answer?.missing ?? []).map((source) => missingNames[source] ?? missingOthers);
    return names.length === 0 ? '' : fill(missing, [...new Set(names)].join(', '));
  }

  handleMenu({ detail }: CustomEvent<{ value: string }>): void {
    if (detail.value === 'all') this.wanted = MOST;
    void this.handleRead();
  }

  handleMore(): void {
    this.wanted = Math.min(this.wanted + STEP, MOST);
    void this.handleRead();
  }

  protected override read(recordId: string): Promise<Activities> {
    return getActivities({ recordId, howMany: this.wanted });
  }

  protected override forget(): void {
    super.forget();
    this.wanted = STEP;
  }
}
