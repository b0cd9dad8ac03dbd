import type { Deed, Step, Story } from './story.ts';

/** A story in plain lines, one for each step that was done. */
export function narrate(story: Story, undone: ReadonlySet<number> = new Set()): string[] {
  const { settings, steps } = story;
  const { skew } = settings;
  return [
    `${story.plot === null ? 'No plot' : `Plot: ${story.plot}`}.`,
    `Policies: ${Object.entries(settings.policies)
      .map(([field, policy]) => `${field} ${policy}`)
      .join(', ')}${settings.emptyWins ? '; empty values win' : ''}.`,
    `Selection: ${settings.selection}; accounts ${settings.hasAccounts ? 'synced' : 'not synced'}; webhooks ${settings.hasWebhooks ? 'on' : 'off'}; ${settings.batchSize} people at a time; ${settings.isSwift ? 'swift vendors; ' : ''}${settings.ending} end; clocks ahead by ${Object.entries(
      skew,
    )
      .map(([whose, ahead]) => `${ahead} ms (${whose})`)
      .join(', ')}.`,
    ...steps.map(
      (step) => `${when(step)}  ${words(step)}${undone.has(step.serial) ? ' (nothing to do it to)' : ''}`,
    ),
  ];
}

function when({ at }: Step): string {
  return at < 0 ? '  before ' : `${(at / 1_000).toFixed(3).padStart(9)}`;
}

function words({ deed, person, serial, tenant, cue }: Step): string {
  const who = `person ${person}${tenant === 0 ? '' : ` of customer ${tenant + 1}`}`;
  const moment =
    cue === undefined
      ? ''
      : `, ${cue.moment} the service's ${cue.skip === 0 ? 'next' : `next but ${cue.skip}`} ${cue.call} in ${cue.vendor}`;
  return `${sentence(deed, who)}${moment} #${serial}`;
}

function sentence(deed: Deed, who: string): string {
  switch (deed.kind) {
    case 'create':
      return `somebody creates a ${deed.where === 'contact' ? 'platform contact' : deed.where} for ${who}${deed.loud ? ', address in capitals' : ''}${deed.optsOut ? ', opted out' : ''}`;
    case 'edit':
      return `somebody ${deed.isCleared ? 'clears' : 'sets'} ${deed.field} of ${who} in ${deed.side}${deed.late > 0 ? `, in a transaction of ${deed.late} ms` : ''}`;
    case 'rename':
      return `somebody changes the address of ${who} in ${deed.side} to ${deed.to === 'somebody' ? `that of person ${deed.somebody}` : deed.to}`;
    case 'consent':
      return `${who} ${deed.optOut ? 'opts out' : 'opts in'} in ${deed.side}`;
    case 'delete':
      return `somebody deletes ${who} in ${deed.side}`;
    case 'restore':
      return 'somebody restores the last deleted Salesforce record';
    case 'merge':
      return 'somebody merges two Salesforce records';
    case 'convert':
      return `somebody converts the Lead of ${who}${deed.isIntoContact ? ' into their Contact' : ''}`;
    case 'employ':
      return `${who} comes to company ${deed.company} in ${deed.side}`;
    case 'ask':
      return `an automation asks to ${deed.want} ${who}${deed.byTag ? ' by a tag' : ''}`;
    case 'look':
      return `somebody has the contact of ${who} looked at`;
    case 'flag':
      return `somebody sets ${who} to wait for the next sync`;
    case 'choose':
      return `somebody chooses ${deed.winner} in the oldest open conflict`;
    case 'remap':
      return `the admin ${deed.isMapped ? `sets the policy of ${deed.field} to ${deed.policy}` : `takes ${deed.field} out of the mapping`}`;
    case 'hide':
      return `the Title fields are ${deed.isHidden ? 'hidden from' : 'shown to'} the integration user`;
    case 'lock':
      return `another transaction holds ${who} for ${deed.times} attempts`;
    case 'run':
      return `worker ${deed.role} starts an ${deed.direction} run`;
    case 'crash':
      return `worker ${deed.role} dies and is started anew`;
    case 'freeze':
      return `worker ${deed.role} stands still for ${deed.milliseconds} ms`;
    case 'log_out':
      return "Salesforce ends the service's session";
    case 'fault':
      return `${deed.vendor}: ${deed.fault} for the next ${deed.times} ${deed.writesOnly ? 'writes' : 'calls'}${deed.path === undefined ? '' : ` of ${deed.path}`}`;
  }
}
