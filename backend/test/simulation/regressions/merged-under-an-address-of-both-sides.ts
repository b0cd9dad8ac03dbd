import type { Story } from '../story.ts';

export const mergedUnderAnAddressOfBothSides: Story = {
  seed: 1745,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'newest',
      lastName: 'platform',
      phone: 'newest',
      title: 'newest',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: true,
    hasAccounts: false,
    hasWebhooks: false,
    selection: 'flagged',
    batchSize: 2000,
    isSwift: true,
    ending: 'calm',
    skew: { salesforce: 288, platform: 427, database: 635, one: 65, two: 16626, web: 180 },
  },
  plot: 'outage',
  steps: [
    {
      at: -978,
      tenant: 1,
      person: 0,
      serial: 23,
      deed: { kind: 'create', where: 'Contact', loud: false, optsOut: false },
    },
    {
      at: -974,
      tenant: 1,
      person: 2,
      serial: 27,
      deed: { kind: 'create', where: 'Contact', loud: false, optsOut: false },
    },
    {
      at: -972,
      tenant: 1,
      person: 2,
      serial: 29,
      deed: { kind: 'create', where: 'contact', loud: false, optsOut: false },
    },
    { at: -500, tenant: 1, person: 2, serial: 28, deed: { kind: 'flag' } },
    { at: 612081, tenant: 1, person: 2, serial: 36, deed: { kind: 'merge' } },
  ],
  span: 660000,
};
