import type { Story } from '../story.ts';

export const ownWritesAreNoNews: Story = {
  seed: 155,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'newest',
      lastName: 'salesforce',
      phone: 'ask',
      title: 'platform',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: true,
    hasAccounts: true,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 2000,
    isSwift: false,
    ending: 'prompt',
    skew: { salesforce: -63, platform: 70610, database: 282, one: 282, two: 282, web: 282 },
  },
  plot: 'logout',
  steps: [
    {
      at: -1000,
      tenant: 0,
      person: 0,
      serial: 1,
      deed: { kind: 'create', where: 'contact', loud: true, optsOut: false },
    },
    {
      at: 46084,
      tenant: 0,
      person: 0,
      serial: 11,
      deed: { kind: 'create', where: 'Lead', loud: true, optsOut: false },
    },
  ],
  span: 155000,
};
