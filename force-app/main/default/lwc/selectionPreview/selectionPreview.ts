import { api } from 'lwc';
import type { Person, Selection, SelectionPreview as Preview } from 'service';
import { isComplete } from 'c/rules';
import ServerElement from 'c/serverElement';
import { fill } from 'c/text';
import previewSelection from '@salesforce/apex/SetupController.previewSelection';
import counting from '@salesforce/label/c.Selection_Counting';
import email from '@salesforce/label/c.Selection_Email';
import matching from '@salesforce/label/c.Selection_Matching';
import name from '@salesforce/label/c.Selection_Name';
import sample from '@salesforce/label/c.Selection_Sample';

/** How long nobody changes anything before records are counted. */
const PAUSE_MILLISECONDS = 600;

/** How many records a selection matches now, and some of them; follows the selection by itself. */
export default class SelectionPreview extends ServerElement {
  @api objectName: Person = 'Lead';

  @api get selection(): Selection {
    return this.shownSelection;
  }
  set selection(selection: Selection) {
    const isNew = JSON.stringify(selection) !== JSON.stringify(this.shownSelection);
    this.shownSelection = selection;
    if (isNew) this.countSoon();
  }

  labels = { counting, email, name, sample };
  private shownSelection: Selection = { mode: 'none' };
  private preview: Preview | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    clearTimeout(this.timer);
  }

  get count(): string {
    return this.preview === undefined ? '' : fill(matching, this.preview.count);
  }

  get people() {
    return (this.preview?.sample ?? []).map((person) => ({
      id: person.id,
      name: person.name ?? person.id,
      email: person.email ?? '',
    }));
  }

  get hasPeople(): boolean {
    return this.people.length > 0;
  }

  get problems(): readonly string[] {
    return (this.preview?.problems ?? []).map(({ message }) => message);
  }

  async handleRetry(): Promise<void> {
    await this.countNow();
  }

  private countSoon(): void {
    clearTimeout(this.timer);
    this.preview = undefined;
    if (this.shownSelection.mode === 'none' || !isComplete(this.shownSelection)) return;
    this.timer = setTimeout(() => void this.countNow(), PAUSE_MILLISECONDS);
  }

  private async countNow(): Promise<void> {
    const asked = this.shownSelection;
    await this.attempt(async () => {
      const preview = await previewSelection({
        objectName: this.objectName,
        selection: JSON.stringify(asked),
      });
      // An answer about what was chosen before is of no interest.
      if (asked === this.shownSelection) this.preview = preview;
    });
  }
}
