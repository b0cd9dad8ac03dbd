import { api } from 'lwc';
import type { AutomationOffer } from 'service';
import type { OfferItem } from 'c/offerList';
import ServerElement from 'c/serverElement';
import type { Page } from 'c/wizard';
import getAutomations from '@salesforce/apex/SetupController.getAutomations';
import getCampaigns from '@salesforce/apex/SetupController.getCampaigns';
import getOffer from '@salesforce/apex/SetupController.getOffer';
import saveOffer from '@salesforce/apex/SetupController.saveOffer';
import automations from '@salesforce/label/c.Offer_Automations';
import campaigns from '@salesforce/label/c.Offer_Campaigns';
import enable from '@salesforce/label/c.Offer_Enable';
import help from '@salesforce/label/c.Offer_Help';
import off from '@salesforce/label/c.State_Off';
import on from '@salesforce/label/c.State_On';
import reading from '@salesforce/label/c.Offer_Reading';
import saving from '@salesforce/label/c.State_Saving';
import title from '@salesforce/label/c.Step_Automation';

/** Campaigns or automations with those of them that are offered. */
interface Choice {
  readonly items: readonly OfferItem[];
  readonly chosen: readonly string[];
  /** Whether somebody chose; otherwise the names decide, those of tomorrow too. */
  readonly isOwn: boolean;
}

const nothing: Choice = { items: [], chosen: [], isOwn: false };

/** Step 4: whether record pages offer campaigns and automations, and which. Fires `close`. */
export default class StepAutomation extends ServerElement {
  /** Whether it was done before; the first time the component is on. */
  @api done = false;

  labels = { automations, campaigns, enable, help, off, on, heading: title };
  pages: readonly Page[] = [{ id: 'offer', label: title }];
  isReady = false;
  isEnabled = true;
  campaigns = nothing;
  automations = nothing;

  override connectedCallback(): void {
    void this.handleRead();
  }

  get busyText(): string {
    return this.isReady ? saving : reading;
  }

  get isBlocked(): boolean {
    return this.busy || !this.isReady;
  }

  get isListShown(): boolean {
    return this.isReady && this.isEnabled;
  }

  async handleRead(): Promise<void> {
    await this.attempt(async () => {
      const [offer, listed, running] = await Promise.all([getOffer(), getCampaigns(), getAutomations()]);
      this.campaigns = choiceOf(listed.campaigns, offer.campaignIds);
      this.automations = choiceOf(running.automations, offer.automationIds);
      this.isEnabled = offer.enabled || !this.done;
      this.isReady = true;
    });
  }

  handleEnable({ detail }: CustomEvent<{ checked: boolean }>): void {
    this.isEnabled = detail.checked;
  }

  handleCampaigns({ detail }: CustomEvent<readonly string[]>): void {
    this.campaigns = { ...this.campaigns, chosen: detail, isOwn: true };
  }

  handleAutomations({ detail }: CustomEvent<readonly string[]>): void {
    this.automations = { ...this.automations, chosen: detail, isOwn: true };
  }

  handleBack(): void {
    this.tell('close');
  }

  async handleNext(): Promise<void> {
    const offer: AutomationOffer = {
      enabled: this.isEnabled,
      campaignIds: idsOf(this.campaigns),
      automationIds: idsOf(this.automations),
    };
    const isSaved = await this.attempt(async () => {
      await saveOffer({ offer: JSON.stringify(offer) });
    });
    if (isSaved) this.tell('close');
  }
}

function choiceOf(
  items: readonly (OfferItem & { readonly offered: boolean })[],
  ids: readonly string[] | null,
): Choice {
  const chosen = items.filter(({ offered }) => offered).map(({ id }) => id);
  return { items, chosen, isOwn: ids !== null };
}

function idsOf({ chosen, isOwn }: Choice): string[] | null {
  return isOwn ? [...chosen] : null;
}
