import type { Story } from '../story.ts';

export const requestWhoseLeadWasSeenFirst: Story = {
  seed: 1180,
  settings: {
    policies: {
      email: 'salesforce',
      firstName: 'ask',
      lastName: 'newest',
      phone: 'newest',
      title: 'salesforce',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: true,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 2000,
    isSwift: true,
    ending: 'calm',
    skew: { salesforce: -112, platform: -669, database: -215, one: -86, two: 421, web: -498 },
  },
  plot: 'tags',
  steps: [
    {
      at: 1347,
      tenant: 0,
      person: 0,
      serial: 24,
      deed: { kind: 'fault', vendor: 'salesforce', fault: 'error_after', writesOnly: true, times: 6 },
    },
    {
      at: 69677,
      tenant: 0,
      person: 76,
      serial: 17,
      deed: { kind: 'create', where: 'contact', loud: false, optsOut: false },
    },
    {
      at: 69687,
      tenant: 0,
      person: 76,
      serial: 18,
      deed: { kind: 'ask', want: 'create_lead', byTag: false },
    },
    { at: 70177, tenant: 0, person: 0, serial: 20, deed: { kind: 'run', direction: 'inbound', role: 'one' } },
  ],
  span: 360000,
};
