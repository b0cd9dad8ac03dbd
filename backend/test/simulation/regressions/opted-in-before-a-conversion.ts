import type { Story } from '../story.ts';

export const optedInBeforeAConversion: Story = {
  seed: 74325,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'platform',
      lastName: 'newest',
      phone: 'ask',
      title: 'newest',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: true,
    hasAccounts: true,
    hasWebhooks: true,
    selection: 'created',
    batchSize: 1,
    isSwift: false,
    ending: 'prompt',
    skew: { salesforce: -16800, platform: -14, database: 109, one: 24066, two: -451, web: -60713 },
  },
  plot: 'outage',
  steps: [
    {
      at: -976,
      tenant: 1,
      person: 3,
      serial: 25,
      deed: { kind: 'create', where: 'Lead', loud: false, optsOut: true },
    },
    {
      at: 46179,
      tenant: 1,
      person: 3,
      serial: 34,
      deed: { kind: 'consent', side: 'platform', optOut: false },
    },
    { at: 46678, tenant: 1, person: 3, serial: 30, deed: { kind: 'convert', isIntoContact: false } },
  ],
  span: 179000,
};
