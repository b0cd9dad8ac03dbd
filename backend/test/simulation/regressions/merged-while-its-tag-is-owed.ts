import type { Story } from '../story.ts';

export const mergedWhileItsTagIsOwed: Story = {
  seed: 40633,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'salesforce',
      lastName: 'salesforce',
      phone: 'salesforce',
      title: 'newest',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: true,
    hasAccounts: false,
    hasWebhooks: true,
    selection: 'created',
    batchSize: 2000,
    isSwift: false,
    ending: 'calm',
    skew: { salesforce: -35, platform: 494, database: 79493, one: -438, two: 43978, web: -98 },
  },
  plot: 'tags',
  steps: [
    {
      at: -997,
      tenant: 0,
      person: 2,
      serial: 4,
      deed: { kind: 'create', where: 'Contact', loud: true, optsOut: false },
    },
    {
      at: 18006,
      tenant: 0,
      person: 1,
      serial: 18,
      deed: { kind: 'create', where: 'Contact', loud: true, optsOut: false },
    },
    {
      at: 42677,
      tenant: 0,
      person: 0,
      serial: 25,
      deed: {
        kind: 'fault',
        vendor: 'platform',
        fault: 'error_before',
        writesOnly: true,
        path: 'contactTags',
        times: 60,
      },
    },
    {
      at: 619991,
      tenant: 0,
      person: 0,
      serial: 11,
      deed: { kind: 'run', direction: 'outbound', role: 'two' },
    },
    { at: 624828, tenant: 0, person: 2, serial: 15, deed: { kind: 'merge' } },
  ],
  span: 1140000,
};
