import type { Connection } from 'service';
import ServerElement from 'c/serverElement';
import type { Page } from 'c/wizard';
import getConnections from '@salesforce/apex/SetupController.getConnections';
import apiAccess from '@salesforce/label/c.Connect_ApiAccess';
import salesforceAccess from '@salesforce/label/c.Connect_SalesforceAccess';
import heading from '@salesforce/label/c.Step_Connections';
import reading from '@salesforce/label/c.Connect_Reading';

/** Step 1: the API key of ActiveCampaign, then Salesforce's consent. Fires `close` at its end and on the way back. */
export default class StepConnections extends ServerElement {
  labels = { heading, reading };
  pages: readonly Page[] = [
    { id: 'platform', label: apiAccess },
    { id: 'salesforce', label: salesforceAccess },
  ];
  current = 'platform';
  private connections: readonly Connection[] = [];

  override connectedCallback(): void {
    void this.handleChanged();
  }

  /** Reads how the connections stand now. */
  async handleChanged(): Promise<void> {
    await this.attempt(async () => {
      ({ connections: this.connections } = await getConnections());
    });
  }

  get isPlatform(): boolean {
    return this.current === 'platform';
  }

  get shown(): Connection | undefined {
    return this.connections.find(({ platform }) => (platform === 'salesforce') !== this.isPlatform);
  }

  get isDisconnectShown(): boolean {
    return this.shown !== undefined && this.shown.state !== 'disconnected';
  }

  get isNextDisabled(): boolean {
    return this.shown?.state !== 'connected';
  }

  handleBack(): void {
    if (this.isPlatform) this.tell('close');
    else this.current = 'platform';
  }

  handleNext(): void {
    if (this.isPlatform) this.current = 'salesforce';
    else this.tell('close');
  }
}
