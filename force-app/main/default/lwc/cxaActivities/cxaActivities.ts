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
import none from '@salesforce/label/c.Activities_None';
import notSynced from '@salesforce/label/c.Record_NotSynced';
import reading from '@salesforce/label/c.Activities_Reading';
import refresh from '@salesforce/label/c.Action_Refresh';
import showAll from '@salesforce/label/c.Action_ShowAll';
import title from '@salesforce/label/c.Activities_Title';

const NEWEST = 20;
/** The most that can be asked for. */
const ALL = 100;

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
  labels = { menu, none, notSynced, reading, refresh, showAll, heading: title };
  private isAllWanted = false;

  get activities(): { key: string; activity: Activity }[] {
    const found = this.answer?.activities ?? [];
    return found
      .slice(0, this.isAllWanted ? ALL : NEWEST)
      .map((activity, index) => ({ key: `${index}`, activity }));
  }

  get isEmpty(): boolean {
    return this.answer?.activities.length === 0;
  }

  /** Whether there are more than are shown; of as many as can be asked for, there may be. */
  get isCut(): boolean {
    const shown = this.activities.length;
    return shown === ALL || shown < (this.answer?.activities.length ?? 0);
  }

  get isAllShown(): boolean {
    return this.isAllWanted || !this.isCut;
  }

  get newest(): string {
    return fill(newest, this.activities.length);
  }

  get missing(): string {
    const names = (this.answer?.missing ?? []).map((source) => missingNames[source] ?? missingOthers);
    return names.length === 0 ? '' : fill(missing, [...new Set(names)].join(', '));
  }

  handleMenu({ detail }: CustomEvent<{ value: string }>): void {
    this.isAllWanted ||= detail.value === 'all';
    void this.handleRead();
  }

  /** One more than is shown at first tells whether there are more. */
  protected override read(recordId: string): Promise<Activities> {
    return getActivities({ recordId, howMany: this.isAllWanted ? ALL : NEWEST + 1 });
  }

  protected override forget(): void {
    super.forget();
    this.isAllWanted = false;
  }
}
