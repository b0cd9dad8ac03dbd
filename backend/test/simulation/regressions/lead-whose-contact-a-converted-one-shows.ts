import type { Story } from '../story.ts';

export const leadWhoseContactAConvertedOneShows: Story = {
  seed: 346,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'newest',
      lastName: 'ask',
      phone: 'ask',
      title: 'platform',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: false,
    hasWebhooks: true,
    selection: 'created',
    batchSize: 2000,
    isSwift: false,
    ending: 'prompt',
    skew: { salesforce: -321, platform: -3315, database: -1920, one: -54645, two: 59793, web: 775 },
  },
  plot: 'hiccup',
  steps: [
    {
      at: -999,
      tenant: 0,
      person: 1,
      serial: 2,
      deed: { kind: 'create', where: 'Contact', loud: false, optsOut: true },
    },
    {
      at: -998,
      tenant: 0,
      person: 2,
      serial: 3,
      deed: { kind: 'create', where: 'Lead', loud: true, optsOut: false },
    },
    {
      at: -997,
      tenant: 0,
      person: 2,
      serial: 4,
      deed: { kind: 'create', where: 'Lead', loud: false, optsOut: false },
    },
    { at: 72088, tenant: 0, person: 2, serial: 9, deed: { kind: 'convert', isIntoContact: false } },
    { at: 72678, tenant: 0, person: 1, serial: 13, deed: { kind: 'merge' } },
  ],
  span: 151000,
};
