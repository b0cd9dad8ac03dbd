import type { Story } from '../story.ts';

export const askedForAgainWhileItIsOpen: Story = {
  seed: 21332,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'platform',
      lastName: 'newest',
      phone: 'newest',
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
    skew: { salesforce: -543, platform: 597, database: 336, one: 700, two: -406, web: -358 },
  },
  plot: 'soon',
  steps: [
    {
      at: -1000,
      tenant: 0,
      person: 0,
      serial: 1,
      deed: { kind: 'create', where: 'contact', loud: true, optsOut: false },
    },
    { at: 10666, tenant: 0, person: 0, serial: 10, deed: { kind: 'ask', want: 'create_lead', byTag: false } },
    { at: 22418, tenant: 0, person: 0, serial: 4, deed: { kind: 'run', direction: 'outbound', role: 'two' } },
    {
      at: 25609,
      tenant: 0,
      person: 0,
      serial: 9,
      deed: { kind: 'edit', side: 'platform', field: 'phone', isCleared: false, late: 0 },
    },
    { at: 53187, tenant: 0, person: 0, serial: 11, deed: { kind: 'ask', want: 'create_lead', byTag: false } },
    { at: 99400, tenant: 0, person: 0, serial: 13, deed: { kind: 'run', direction: 'inbound', role: 'one' } },
  ],
  span: 131000,
};
