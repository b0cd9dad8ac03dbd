import type { Story } from '../story.ts';

export const leadSeenWhileItsContactTakesOver: Story = {
  seed: 542,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'newest',
      lastName: 'newest',
      phone: 'ask',
      title: 'newest',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: false,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 2000,
    isSwift: false,
    ending: 'prompt',
    skew: { salesforce: 33, platform: 25557, database: 747, one: 747, two: 747, web: 747 },
  },
  plot: 'logout',
  steps: [
    {
      at: -1000,
      tenant: 0,
      person: 0,
      serial: 1,
      deed: { kind: 'create', where: 'Lead', loud: false, optsOut: false },
    },
    {
      at: 20510,
      tenant: 0,
      person: 0,
      serial: 16,
      deed: { kind: 'create', where: 'Contact', loud: false, optsOut: false },
    },
    {
      at: 37267,
      tenant: 0,
      person: 0,
      serial: 18,
      deed: { kind: 'run', direction: 'outbound', role: 'one' },
    },
    { at: 37297, tenant: 0, person: 0, serial: 19, deed: { kind: 'run', direction: 'inbound', role: 'two' } },
  ],
  span: 77000,
};
