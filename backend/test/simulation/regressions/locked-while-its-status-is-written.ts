import type { Story } from '../story.ts';

export const lockedWhileItsStatusIsWritten: Story = {
  seed: 0,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'ask',
      lastName: 'platform',
      phone: 'ask',
      title: 'ask',
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
    skew: { salesforce: 314, platform: -20435, database: 16536, one: 254, two: 423, web: 19650 },
  },
  plot: null,
  steps: [
    {
      at: -1000,
      tenant: 0,
      person: 0,
      serial: 1,
      deed: { kind: 'create', where: 'Lead', loud: false, optsOut: false },
    },
    {
      at: -999,
      tenant: 0,
      person: 0,
      serial: 2,
      deed: { kind: 'create', where: 'Contact', loud: false, optsOut: false },
    },
    { at: -998, tenant: 0, person: 0, serial: 3, deed: { kind: 'lock', times: 60 } },
  ],
  span: 85_000,
};
