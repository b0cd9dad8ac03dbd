import type { SetupState, SetupStep } from 'service';
import automation from '@salesforce/label/c.Step_Automation';
import automationHelp from '@salesforce/label/c.Step_AutomationHelp';
import connections from '@salesforce/label/c.Step_Connections';
import connectionsHelp from '@salesforce/label/c.Step_ConnectionsHelp';
import mapping from '@salesforce/label/c.Step_Mapping';
import mappingHelp from '@salesforce/label/c.Step_MappingHelp';
import outbound from '@salesforce/label/c.Step_Outbound';
import outboundHelp from '@salesforce/label/c.Step_OutboundHelp';

export type StepId = SetupStep['id'];

/** The four steps of the Setup Assistant in words, in their order. */
export const setupSteps: readonly { readonly id: StepId; readonly title: string; readonly help: string }[] = [
  { id: 'connect', title: connections, help: connectionsHelp },
  { id: 'mapping', title: mapping, help: mappingHelp },
  { id: 'selection', title: outbound, help: outboundHelp },
  { id: 'automation', title: automation, help: automationHelp },
];

export function isStepDone(setup: SetupState | undefined, id: StepId): boolean {
  return setup?.steps.some((step) => step.id === id && step.done) ?? false;
}
