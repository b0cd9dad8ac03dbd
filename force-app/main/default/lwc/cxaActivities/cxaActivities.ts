import { api } from 'lwc';
import type { Activities } from 'service';
import ServerElement from 'c/serverElement';
import { fill } from 'c/text';
import getActivities from '@salesforce/apex/RecordController.getActivities';
import missing from '@salesforce/label/c.Activities_Missing';
import none from '@salesforce/label/c.Activities_None';
import reading from '@salesforce/label/c.Activities_Reading';
import refresh from '@salesforce/label/c.Action_Refresh';
import showAll from '@salesforce/label/c.Action_ShowAll';
import title from '@salesforce/label/c.Activities_Title';

const NEWEST = 20;
/** The most that can be asked for. */
const ALL = 100;

/** What a lead or contact did lately in ActiveCampaign, and what was sent to them. */
export default class CxaActivities extends ServerElement {
  @api recordId = '';

  labels = { none, reading, refresh, showAll, heading: title };
  private howMany = NEWEST;
  private found: Activities | undefined;

  override connectedCallback(): void {
    void this.handleRead();
  }

  get activities() {
    return (this.found?.activities ?? []).map((activity, index) => ({ key: `${index}`, activity }));
  }

  get isEmpty(): boolean {
    return this.found?.activities.length === 0;
  }

  get isMoreOffered(): boolean {
    return this.howMany === NEWEST && this.found?.activities.length === NEWEST;
  }

  get missing(): string {
    const sources = this.found?.missing ?? [];
    return sources.length === 0 ? '' : fill(missing, sources.join(', '));
  }

  async handleRead(): Promise<void> {
    await this.attempt(async () => {
      this.found = await getActivities({ recordId: this.recordId, howMany: this.howMany });
    });
  }

  async handleAll(): Promise<void> {
    this.howMany = ALL;
    await this.handleRead();
  }
}
