import type { Story } from '../story.ts';

export const twoParkedDirections: Story = {
  seed: 167,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'ask',
      lastName: 'salesforce',
      phone: 'salesforce',
      title: 'newest',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: false,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 3,
    isSwift: false,
    ending: 'prompt',
    skew: { salesforce: 35853, platform: -759, database: -439, one: -439, two: -439, web: -439 },
  },
  plot: 'farewell',
  steps: [
    {
      at: -999,
      tenant: 0,
      person: 1,
      serial: 2,
      deed: { kind: 'create', where: 'Lead', loud: false, optsOut: false },
    },
    { at: 14917, tenant: 0, person: 0, serial: 4, deed: { kind: 'run', direction: 'outbound', role: 'one' } },
    {
      at: 15106,
      tenant: 0,
      person: 1,
      serial: 12,
      deed: { kind: 'create', where: 'Contact', loud: true, optsOut: false },
    },
    {
      at: 17938,
      tenant: 0,
      person: 1,
      serial: 7,
      deed: { kind: 'rename', side: 'salesforce', to: 'nothing', somebody: 0 },
    },
  ],
  span: 75000,
};
