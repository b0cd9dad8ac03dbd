import type { Story } from '../story.ts';

export const contactUnderTheAddressOfADeletedOne: Story = {
  seed: 21721,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'newest',
      lastName: 'salesforce',
      phone: 'platform',
      title: 'newest',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: false,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 1,
    isSwift: false,
    ending: 'prompt',
    skew: { salesforce: -61689, platform: -593, database: 338, one: -13193, two: 106, web: -22572 },
  },
  plot: 'heir',
  steps: [
    {
      at: -999,
      tenant: 0,
      person: 1,
      serial: 2,
      deed: { kind: 'create', where: 'Lead', loud: true, optsOut: false },
    },
    { at: 10632, tenant: 0, person: 1, serial: 5, deed: { kind: 'delete', side: 'platform' } },
    {
      at: 11648,
      tenant: 0,
      person: 1,
      serial: 8,
      deed: { kind: 'create', where: 'contact', loud: true, optsOut: false },
    },
    {
      at: 12765,
      tenant: 0,
      person: 1,
      serial: 10,
      deed: { kind: 'create', where: 'Contact', loud: false, optsOut: false },
    },
  ],
  span: 130000,
};
