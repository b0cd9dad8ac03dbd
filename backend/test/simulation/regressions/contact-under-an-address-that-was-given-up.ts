import type { Story } from '../story.ts';

export const contactUnderAnAddressThatWasGivenUp: Story = {
  seed: 1465,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'platform',
      lastName: 'newest',
      phone: 'platform',
      title: 'ask',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: true,
    hasAccounts: true,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 2,
    isSwift: false,
    ending: 'calm',
    skew: { salesforce: 701, platform: 81589, database: 15880, one: -172, two: -85323, web: -44359 },
  },
  plot: 'ambush',
  steps: [
    { at: 47328, tenant: 0, person: 0, serial: 4, deed: { kind: 'run', direction: 'outbound', role: 'one' } },
    {
      at: 48048,
      tenant: 0,
      person: 0,
      serial: 7,
      deed: { kind: 'create', where: 'Lead', loud: true, optsOut: false },
    },
    {
      at: 84189,
      tenant: 0,
      person: 0,
      serial: 8,
      deed: { kind: 'rename', side: 'salesforce', to: 'fresh', somebody: 0 },
    },
    {
      at: 599794,
      tenant: 0,
      person: 0,
      serial: 11,
      deed: { kind: 'create', where: 'Contact', loud: false, optsOut: true },
    },
  ],
  span: 900000,
};
