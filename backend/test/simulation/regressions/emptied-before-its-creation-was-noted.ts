import type { Story } from '../story.ts';

export const emptiedBeforeItsCreationWasNoted: Story = {
  seed: 91788,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'salesforce',
      lastName: 'platform',
      phone: 'ask',
      title: 'salesforce',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: false,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 2000,
    isSwift: false,
    ending: 'calm',
    skew: { salesforce: -336, platform: 558, database: -318, one: -71, two: -601, web: 57 },
  },
  plot: null,
  steps: [
    {
      at: -1000,
      tenant: 0,
      person: 0,
      serial: 1,
      deed: { kind: 'create', where: 'contact', loud: false, optsOut: false },
    },
    {
      at: 348595,
      tenant: 0,
      person: 0,
      serial: 11,
      deed: { kind: 'ask', want: 'create_contact', byTag: false },
    },
    { at: 468122, tenant: 0, person: 0, serial: 7, deed: { kind: 'run', direction: 'inbound', role: 'two' } },
    { at: 471213, tenant: 0, person: 0, serial: 13, deed: { kind: 'crash', role: 'two' } },
    {
      at: 650764,
      tenant: 0,
      person: 0,
      serial: 9,
      deed: { kind: 'edit', side: 'salesforce', field: 'phone', isCleared: true, late: 0 },
    },
  ],
  span: 840000,
};
