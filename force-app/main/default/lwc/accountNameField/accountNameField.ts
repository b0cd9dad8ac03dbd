import { api } from 'lwc';
import type { FieldPair, PlatformField } from 'service';
import type { PickerOption } from 'c/fieldPicker';
import { typeWord } from 'c/fieldWords';
import { allowedFirst } from 'c/pairing';
import ServerElement from 'c/serverElement';
import getAccountNamePairs from '@salesforce/apex/SetupController.getAccountNamePairs';
import accountName from '@salesforce/label/c.Mapping_AccountName';
import platformField from '@salesforce/label/c.Mapping_ActiveCampaignField';
import reading from '@salesforce/label/c.Mapping_ReadingPairs';
import salesforceField from '@salesforce/label/c.Mapping_SalesforceField';
import select from '@salesforce/label/c.Mapping_SelectActiveCampaignField';

/**
 * The one contact field of ActiveCampaign that holds the Account Name, in a plan without accounts. Fires `edit` with
 * its key.
 */
export default class AccountNameField extends ServerElement {
  /** The key of the field that is chosen; null for none. */
  @api value: string | null = null;
  /** ActiveCampaign's contact fields. */
  @api fields: readonly PlatformField[] = [];

  labels = { accountName, platformField, reading, salesforceField, select };
  private pairs: readonly FieldPair[] = [];

  override connectedCallback(): void {
    void this.handleRead();
  }

  get key(): string {
    return this.value ?? '';
  }

  get isWaiting(): boolean {
    return this.pairs.length === 0;
  }

  get options(): PickerOption[] {
    return allowedFirst(
      this.fields.map(({ key, label, type }) => {
        const pair = this.pairs.find(({ platform }) => platform === key);
        return {
          value: key,
          label,
          hint: typeWord(type),
          refusal: pair?.allowed === false ? (pair.reason ?? '') : null,
        };
      }),
    );
  }

  async handleRead(): Promise<void> {
    await this.attempt(async () => {
      ({ pairs: this.pairs } = await getAccountNamePairs());
    });
  }

  handlePick({ detail }: CustomEvent<string>): void {
    this.tell('edit', detail);
  }
}
