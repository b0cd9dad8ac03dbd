import type { Story } from '../story.ts';

export const noOptInByAMerge: Story = {
  seed: 398,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'ask',
      lastName: 'salesforce',
      phone: 'platform',
      title: 'platform',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: true,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 2000,
    isSwift: false,
    ending: 'prompt',
    skew: { salesforce: 68195, platform: 397, database: -82309, one: -537, two: 561, web: 503 },
  },
  plot: 'hiccup',
  steps: [
    {
      at: -1000,
      tenant: 0,
      person: 0,
      serial: 1,
      deed: { kind: 'create', where: 'Lead', loud: true, optsOut: true },
    },
    {
      at: -999,
      tenant: 0,
      person: 0,
      serial: 2,
      deed: { kind: 'create', where: 'Lead', loud: true, optsOut: false },
    },
    { at: 78783, tenant: 0, person: 0, serial: 12, deed: { kind: 'merge' } },
  ],
  span: 162000,
};
