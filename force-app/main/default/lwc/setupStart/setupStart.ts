import ServerElement from 'c/serverElement';
import start from '@salesforce/apex/SetupController.start';
import getStarted from '@salesforce/label/c.Action_GetStarted';
import introduction from '@salesforce/label/c.App_Introduction';
import starting from '@salesforce/label/c.App_Starting';
import title from '@salesforce/label/c.App_Title';
import { setupSteps } from 'c/setupSteps';

/** The page before the set-up: what will be done, and the button that begins it. Fires `started`. */
export default class SetupStart extends ServerElement {
  labels = { getStarted, introduction, starting, title };
  steps = setupSteps;

  async handleStart(): Promise<void> {
    const isStarted = await this.attempt(async () => {
      await start();
    });
    if (isStarted) this.tell('started');
  }
}
