import type { Story } from '../story.ts';

export const requestOfALeadThatIsRestored: Story = {
  seed: 78706,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'salesforce',
      lastName: 'salesforce',
      phone: 'platform',
      title: 'salesforce',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: true,
    hasAccounts: true,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 3,
    isSwift: false,
    ending: 'calm',
    skew: { salesforce: 87, platform: 695, database: -558, one: -342, two: 17457, web: 493 },
  },
  plot: null,
  steps: [
    {
      at: -988,
      tenant: 0,
      person: 9,
      serial: 13,
      deed: { kind: 'create', where: 'Lead', loud: false, optsOut: false },
    },
    { at: 306078, tenant: 0, person: 9, serial: 25, deed: { kind: 'delete', side: 'salesforce' } },
    {
      at: 764290,
      tenant: 0,
      person: 0,
      serial: 24,
      deed: { kind: 'run', direction: 'inbound', role: 'two' },
    },
    {
      at: 765936,
      tenant: 0,
      person: 9,
      serial: 30,
      deed: { kind: 'ask', want: 'create_lead', byTag: false },
    },
    { at: 766926, tenant: 0, person: 1, serial: 33, deed: { kind: 'restore' } },
  ],
  span: 960000,
};
