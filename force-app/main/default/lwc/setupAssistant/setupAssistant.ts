import type { SetupState } from 'service';
import { dismiss, dismissed } from 'c/dismissal';
import ServerElement from 'c/serverElement';
import { isStepDone, type StepId } from 'c/setupSteps';
import getStatus from '@salesforce/apex/SetupController.getStatus';
import loading from '@salesforce/label/c.State_Loading';
import title from '@salesforce/label/c.App_Title';

type Screen = 'loading' | 'start' | 'overview' | 'mappingSaved' | StepId;

/** The Setup Assistant: the start page, the overview of the four steps, and each step. */
export default class SetupAssistant extends ServerElement {
  labels = { loading, title };
  screen: Screen = 'loading';
  setup: SetupState | undefined;
  /** Whether the recommended settings were just made. */
  private isNew = false;
  /** The change of the mapping that the user does not want to look at now. */
  private seenLater = dismissed();

  override connectedCallback(): void {
    void this.handleOverview();
  }

  /** Shows the overview as the service has it now. */
  async handleOverview(): Promise<void> {
    this.isNew = false;
    await this.showOverview();
  }

  async handleRecommended(): Promise<void> {
    this.isNew = true;
    await this.showOverview();
  }

  /** Once a sync is set up, a changed mapping is looked at before one goes on. */
  async handleMappingSaved(): Promise<void> {
    await this.handleOverview();
    if (this.isOverview && this.isReady && this.isMappingChanged) this.screen = 'mappingSaved';
  }

  handleLater(): void {
    this.seenLater = this.setup?.mappingUnseenSince ?? null;
    if (this.seenLater !== null) dismiss(this.seenLater);
    this.screen = 'overview';
  }

  private async showOverview(): Promise<void> {
    this.screen = 'loading';
    await this.attempt(async () => {
      const status = await getStatus();
      this.setup = status.started ? status.setup : undefined;
      this.screen = status.started ? 'overview' : 'start';
    });
  }

  handleStarted(): void {
    this.screen = 'connect';
  }

  handleOpen({ detail }: CustomEvent<StepId>): void {
    this.screen = detail;
  }

  /** Both systems are connected and something is left to be set. */
  get isRecommendable(): boolean {
    return this.isDone('connect') && !this.isReady;
  }

  /** Everything is set that a sync needs; the fourth step is for record pages alone. */
  get isReady(): boolean {
    return this.isDone('connect') && this.isDone('mapping') && this.isDone('selection');
  }

  /** Until a dry run has shown, or a sync has used, what was saved, or the user wants to see it later. */
  get isMappingChanged(): boolean {
    const since = this.setup?.mappingUnseenSince ?? null;
    return since !== null && since !== this.seenLater;
  }

  /** Nobody asked for each of the settings, so the dry run tells by itself what they come to. */
  get isEverythingNew(): boolean {
    return this.isNew;
  }

  get isAutomationDone(): boolean {
    return this.isDone('automation');
  }

  private isDone(id: StepId): boolean {
    return isStepDone(this.setup, id);
  }

  get isStart(): boolean {
    return this.screen === 'start';
  }

  get isOverview(): boolean {
    return this.screen === 'overview';
  }

  get isConnect(): boolean {
    return this.screen === 'connect';
  }

  get isMapping(): boolean {
    return this.screen === 'mapping';
  }

  get isMappingSaved(): boolean {
    return this.screen === 'mappingSaved';
  }

  get isSelection(): boolean {
    return this.screen === 'selection';
  }

  get isAutomation(): boolean {
    return this.screen === 'automation';
  }
}
