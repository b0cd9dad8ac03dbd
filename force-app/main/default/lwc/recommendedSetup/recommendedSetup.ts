import { api } from 'lwc';
import type { SetupState } from 'service';
import { everybodyWithAnAddress } from 'c/rules';
import ServerElement from 'c/serverElement';
import getMappings from '@salesforce/apex/SetupController.getMappings';
import getSchedules from '@salesforce/apex/SetupController.getSchedules';
import saveMapping from '@salesforce/apex/SetupController.saveMapping';
import saveOffer from '@salesforce/apex/SetupController.saveOffer';
import saveSchedule from '@salesforce/apex/SetupController.saveSchedule';
import saveSelection from '@salesforce/apex/SetupController.saveSelection';
import automation from '@salesforce/label/c.Recommended_Automation';
import help from '@salesforce/label/c.Recommended_Help';
import mapping from '@salesforce/label/c.Recommended_Mapping';
import saving from '@salesforce/label/c.State_Saving';
import schedule from '@salesforce/label/c.Recommended_Schedule';
import selection from '@salesforce/label/c.Recommended_Selection';
import title from '@salesforce/label/c.Recommended_Title';
import use from '@salesforce/label/c.Recommended_Use';

const people = ['Lead', 'Contact'] as const;

/** Settings that suit most orgs, for the steps that nobody has done yet, with one click. Fires `done`. */
export default class RecommendedSetup extends ServerElement {
  @api setup: SetupState | undefined;

  labels = { help, saving, heading: title, use };
  points = [mapping, selection, schedule, automation];

  async handleUse(): Promise<void> {
    const isSaved = await this.attempt(async () => {
      if (!this.isDone('mapping', 'mapping')) await useDefaultMapping();
      if (!this.isDone('selection', 'selection')) await selectEverybody();
      if (!this.isDone('selection', 'schedule')) await scheduleContinuously();
      if (!this.isDone('automation', 'automation')) await offerByName();
    });
    if (isSaved) this.tell('done');
  }

  private isDone(id: SetupState['steps'][number]['id'], part: string): boolean {
    return this.setup?.steps.find((step) => step.id === id)?.parts[part] === true;
  }
}

async function useDefaultMapping(): Promise<void> {
  const { mappings } = await getMappings();
  for (const { object, enabled, fields } of mappings) {
    await saveMapping({ objectName: object, mapping: JSON.stringify({ enabled, fields }) });
  }
}

async function selectEverybody(): Promise<void> {
  for (const objectName of people) {
    await saveSelection({ objectName, selection: JSON.stringify(everybodyWithAnAddress) });
  }
}

/** The job waits for the first sync, as one does that the schedule page makes. */
async function scheduleContinuously(): Promise<void> {
  const { schedules } = await getSchedules();
  const outbound = schedules.find(({ direction }) => direction === 'outbound');
  await saveSchedule({
    direction: 'outbound',
    schedule: JSON.stringify({ kind: 'continuous' }),
    paused: outbound?.lastRunAt === null,
  });
}

async function offerByName(): Promise<void> {
  await saveOffer({ offer: JSON.stringify({ enabled: true, campaignIds: null, automationIds: null }) });
}
