import type { Story } from '../story.ts';

export const lookedAtWheneverItIsTried: Story = {
  seed: 86167,
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
    hasAccounts: false,
    hasWebhooks: false,
    selection: 'flagged',
    batchSize: 2000,
    isSwift: true,
    ending: 'prompt',
    skew: { salesforce: 69344, platform: 299, database: -175, one: -447, two: -164, web: 95 },
  },
  plot: 'heir',
  steps: [
    {
      at: -996,
      tenant: 0,
      person: 3,
      serial: 5,
      deed: { kind: 'create', where: 'Contact', loud: false, optsOut: true },
    },
    {
      at: -994,
      tenant: 0,
      person: 3,
      serial: 7,
      deed: { kind: 'create', where: 'Lead', loud: false, optsOut: false },
    },
    { at: -500, tenant: 0, person: 3, serial: 8, deed: { kind: 'flag' } },
    { at: 50201, tenant: 0, person: 0, serial: 27, deed: { kind: 'run', direction: 'inbound', role: 'two' } },
    {
      at: 50453,
      tenant: 0,
      person: 3,
      serial: 32,
      deed: { kind: 'ask', want: 'create_contact', byTag: false },
    },
    {
      at: 51030,
      tenant: 0,
      person: 0,
      serial: 28,
      deed: { kind: 'run', direction: 'outbound', role: 'one' },
    },
  ],
  span: 180000,
};
