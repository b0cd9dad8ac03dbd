import type { Story } from '../story.ts';

export const answeredRequestOfALead: Story = {
  seed: 243,
  settings: {
    policies: {
      email: 'newest',
      firstName: 'salesforce',
      lastName: 'ask',
      phone: 'newest',
      title: 'platform',
      optOut: 'most_restrictive',
      account: 'salesforce',
    },
    emptyWins: false,
    hasAccounts: false,
    hasWebhooks: false,
    selection: 'created',
    batchSize: 1,
    isSwift: true,
    ending: 'calm',
    skew: { salesforce: 24, platform: -33297, database: -173, one: -173, two: -173, web: -173 },
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
      at: 180072,
      tenant: 0,
      person: 0,
      serial: 19,
      deed: { kind: 'fault', vendor: 'platform', fault: 'rate_limit', writesOnly: false, times: 1 },
    },
    { at: 280351, tenant: 0, person: 0, serial: 6, deed: { kind: 'run', direction: 'inbound', role: 'one' } },
    {
      at: 280557,
      tenant: 0,
      person: 0,
      serial: 16,
      deed: { kind: 'ask', want: 'create_contact', byTag: false },
    },
    {
      at: 284510,
      tenant: 0,
      person: 0,
      serial: 21,
      deed: { kind: 'fault', vendor: 'salesforce', fault: 'late_answer', writesOnly: true, times: 3 },
    },
    {
      at: 469932,
      tenant: 0,
      person: 0,
      serial: 8,
      deed: { kind: 'run', direction: 'outbound', role: 'one' },
    },
  ],
  span: 540000,
};
